// Forms that keep themselves: what is typed is saved within five seconds and put back after a reload or on another device. Without script
// the form is sent as always, and a form sent after a sign-out is kept by the server.
const wait = 1500, again = 4000;

for (const line of document.querySelectorAll("[data-keeps]")) {
  const form = line.closest("form");
  if (!form || form.dataset.kept) continue;
  form.dataset.kept = "yes";
  const said = line.querySelector("[data-saved]");
  const address = line.dataset.keeps;
  const version = form.elements.namedItem("_keptVersion");
  let timer = 0, sending = null, unsent = false, over = false;

  const visible = () => [...form.elements].filter((e) => e.name && !["hidden", "file", "submit", "button"].includes(e.type));
  if (line.dataset.fields) {
    const fields = JSON.parse(line.dataset.fields);
    for (const input of visible()) {
      const values = fields.filter(([name]) => name === input.name).map(([, value]) => value);
      if (input.type === "radio" || input.type === "checkbox") input.checked = values.includes(input.value);
      else if (values.length > 0) input.value = values[0];
    }
    form.closest("details")?.setAttribute("open", "");
    said.textContent = `${said.textContent} We put it back.`;
    form.dispatchEvent(new Event("input", { bubbles: true }));
  }

  const later = (ms) => {
    clearTimeout(timer);
    timer = setTimeout(save, ms);
  };

  async function save() {
    if (over || !unsent) return;
    if (sending) { later(wait); return; }
    sending = new AbortController();
    unsent = false;
    try {
      const answer = await fetch(address, { method: "POST", body: new FormData(form), redirect: "manual", credentials: "same-origin", signal: sending.signal });
      if (answer.type === "opaqueredirect" || answer.status === 400 || answer.status === 401 || answer.status === 403) {
        said.textContent = "This page is signed out. What you typed is still here. Send the form: it is kept until you are back.";
        over = true;
        return;
      }
      if (answer.status === 409) {
        said.textContent = (await answer.json()).said;
        over = true;
        return;
      }
      if (!answer.ok) throw new Error(String(answer.status));
      const saved = await answer.json();
      version.value = saved.version;
      if (!unsent) said.textContent = saved.said;
    } catch {
      if (over) return;
      unsent = true;
      said.textContent = "Not saved: the practice cannot be reached. What you typed is still here; it is tried again.";
      later(again);
    } finally {
      sending = null;
    }
  }

  const changed = () => {
    if (over) return;
    unsent = true;
    said.textContent = "Not saved yet.";
    later(wait);
  };
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", () => { over = true; clearTimeout(timer); sending?.abort(); });
  addEventListener("online", () => { if (unsent) later(0); });
  addEventListener("pagehide", () => { if (unsent && !over) navigator.sendBeacon?.(address, new FormData(form)); });
  // The back button shows the page as it was left: it may save again.
  addEventListener("pageshow", (event) => { if (event.persisted) over = false; });
}
