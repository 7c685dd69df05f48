// A note saves itself while it is written, and says so; it is never signed by itself. Without script the buttons do the same.
const form = document.querySelector("form[data-autosave]");
const said = form?.querySelector("[data-saved]");
const every = 4000;
let changed = false;
let saving = false;

async function save() {
  if (!changed || saving) return;
  saving = true;
  changed = false;
  try {
    const response = await fetch(form.dataset.autosave, { method: "POST", body: new FormData(form), redirect: "error" });
    if (response.ok || response.status === 409) {
      const answer = await response.json();
      said.textContent = answer.saved;
      if (answer.version) form.elements.Version.value = answer.version;
    } else {
      throw new Error(String(response.status));
    }
  } catch {
    changed = true;
    said.textContent = "Not saved: the practice cannot be reached. What you typed is still here; it is tried again.";
  } finally {
    saving = false;
  }
}

if (form) {
  let last = form.querySelector("textarea");
  form.addEventListener("input", () => { changed = true; said.textContent = "Not saved yet."; });
  form.addEventListener("focusin", (event) => { if (event.target.matches("textarea")) last = event.target; });
  form.addEventListener("submit", () => { changed = false; });
  form.addEventListener("click", (event) => {
    const phrase = event.target.closest("[data-phrase]");
    if (!phrase || !last) return;
    const before = last.value.slice(0, last.selectionStart);
    const space = before === "" || /\s$/.test(before) ? "" : " ";
    last.setRangeText(space + phrase.textContent, last.selectionStart, last.selectionEnd, "end");
    last.focus();
    last.dispatchEvent(new Event("input", { bubbles: true }));
  });
  setInterval(save, every);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") save(); });
}
