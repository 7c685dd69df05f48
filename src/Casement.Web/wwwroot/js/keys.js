// Single letters for people who live on the keyboard. Off while typing, and with any modifier held.
// j and k walk the findings and rows; / goes to the search; a letter in data-key presses that control.
const typing = (element) => element?.closest("input, textarea, select, [contenteditable]");

const walk = (step) => {
  const stops = [...document.querySelectorAll("details.finding > summary, [data-row]")];
  if (stops.length === 0) return;
  const here = stops.indexOf(document.activeElement);
  const next = here < 0 ? (step > 0 ? 0 : stops.length - 1) : Math.min(Math.max(here + step, 0), stops.length - 1);
  stops[next].focus();
};

// WCAG 2.1.4: single keys can be switched off, and stay off in this browser.
const setting = "casement-keys";
let on = localStorage.getItem(setting) !== "off";
const toggle = document.querySelector("[data-keys-toggle]");
const say = () => {
  if (!toggle) return;
  toggle.hidden = false;
  toggle.setAttribute("aria-pressed", String(on));
  document.documentElement.classList.toggle("keys-off", !on);
};
toggle?.addEventListener("click", () => {
  on = !on;
  localStorage.setItem(setting, on ? "on" : "off");
  say();
});
say();

document.addEventListener("keydown", (event) => {
  if (!on || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (event.key === "j") return walk(1);
  if (event.key === "k") return walk(-1);
  const control = event.key === "/" ? document.querySelector("input[type=search]") : document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!control) return;
  event.preventDefault();
  control.focus();
  if (event.key !== "/") control.click();
});
