// One question of the health form. Help is shown the moment a dangerous answer is chosen, without any network; what is typed is
// kept on the server within five seconds, and in this tab alone while it cannot be sent.
const page = document.querySelector("[data-intake]");
const form = page?.querySelector("form[data-answer]");

if (form) {
  const said = form.querySelector("[data-saved]");
  const address = page.dataset.draft;
  const key = `casement-intake ${address}`;
  const wait = 1500, again = 4000;
  let timer = 0, sending = false, unsent = false;

  // Help first: nothing below may keep it from showing.
  const cards = [...form.querySelectorAll("[data-danger-card]")];
  const help = () => {
    for (const card of cards) {
      card.hidden = !form.querySelector(`[data-card="${CSS.escape(card.dataset.dangerCard)}"]:checked`);
    }
  };

  const typed = () => [...new FormData(form)].filter(([name]) => !["__RequestVerificationToken", "_handler", "Seen", "Drafted", "Open"].includes(name));
  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

  const restore = (fields) => {
    for (const input of form.querySelectorAll("input[type=radio], input[type=checkbox]")) {
      input.checked = fields.some(([name, value]) => name === input.name && value === input.value);
    }
    for (const [name, value] of fields) {
      const input = form.elements.namedItem(name);
      if (input instanceof HTMLElement && !["radio", "checkbox"].includes(input.type)) input.value = value;
    }
    help();
  };

  const hold = () => {
    try { sessionStorage.setItem(key, JSON.stringify(typed())); } catch { /* A full or closed store: the page still holds it. */ }
  };
  const release = () => {
    try { sessionStorage.removeItem(key); } catch { /* Nothing was held. */ }
  };

  const later = (ms) => {
    clearTimeout(timer);
    timer = setTimeout(send, ms);
  };

  async function send() {
    if (sending) return later(wait);
    sending = true;
    const sent = typed();
    try {
      const answer = await fetch(address, { method: "POST", body: new FormData(form), redirect: "manual", credentials: "same-origin" });
      if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 400) {
        said.textContent = "You were signed out. What you wrote is kept on this device; sign in again to go on.";
        return;
      }
      if (!answer.ok) throw new Error(String(answer.status));
      const saved = await answer.json();
      form.elements.namedItem("Drafted").value = "yes";
      if (same(sent, typed())) {
        unsent = false;
        release();
        said.textContent = `Saved at ${saved.at}`;
      }
    } catch {
      said.textContent = "Not saved yet - trying again";
      later(again);
    } finally {
      sending = false;
    }
  }

  const changed = () => {
    help();
    if (!address) return;
    unsent = true;
    hold();
    later(wait);
  };

  form.addEventListener("change", changed);
  form.addEventListener("input", (event) => { if (!["radio", "checkbox"].includes(event.target.type)) changed(); });
  form.addEventListener("submit", () => { clearTimeout(timer); });
  addEventListener("online", () => { if (unsent) later(0); });
  addEventListener("pagehide", () => { if (unsent && address) navigator.sendBeacon?.(address, new FormData(form)); });

  // What could not be sent before, here in this tab.
  let held = null;
  if (address) try { held = JSON.parse(sessionStorage.getItem(key) ?? "null"); } catch { /* Nothing usable. */ }
  if (Array.isArray(held) && !same(held, typed())) {
    restore(held);
    said.textContent = "We put back what you had written here.";
    unsent = true;
    later(wait);
  } else {
    release();
  }
  help();
}
