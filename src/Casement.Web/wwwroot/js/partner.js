// A page that stays open keeps up: when a reading becomes due it says so, and when the clearance changes it says that, too.
// Without script the page says as of when it speaks, and a link loads it again.
const live = document.querySelector("[data-live]");
const due = document.querySelector("[data-due]");
const every = 20000;

function watchDue() {
  const late = Date.now() >= Date.parse(due.dataset.due);
  if (late && !due.classList.contains("due-late")) {
    due.classList.add("due-late");
    due.querySelector("[data-due-words]").textContent = due.dataset.late;
  }
}

async function watchClearance() {
  let told;
  try {
    const response = await fetch(live.dataset.live, { redirect: "error", cache: "no-store" });
    if (!response.ok) throw new Error(String(response.status));
    told = await response.json();
  } catch {
    told = { key: "unreachable", says: live.dataset.unreachable, line: live.dataset.again, kind: "defer" };
  }
  if (told.key === live.dataset.key) return;
  live.dataset.key = told.key;
  live.className = `live live-${told.kind}`;
  live.querySelector("[data-live-says]").textContent = told.says;
  const line = live.querySelector("[data-live-line]");
  line.textContent = told.line;
  live.setAttribute("role", "alert");
}

if (due) setInterval(watchDue, 1000);
if (live) setInterval(watchClearance, every);
