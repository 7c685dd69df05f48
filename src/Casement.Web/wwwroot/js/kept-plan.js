// A copy of the safety plan on this phone: made only when asked for, brought up to date when the plan is opened, taken away when asked, on signing out,
// and when somebody else signs in here.
const shelf = "casement-safety-plan";
const kept = "/my/safety-plan/kept";
const mark = "/my/safety-plan/kept-for";
const scope = "/my/safety-plan";
const person = document.querySelector("script[data-person]")?.dataset.person;
const supported = "serviceWorker" in navigator && "caches" in window;

const forget = async () => {
  await caches.delete(shelf);
  for (const worker of await navigator.serviceWorker.getRegistrations()) if (new URL(worker.scope).pathname === scope) await worker.unregister();
};

const keep = async (box) => {
  const answer = await fetch(kept, { cache: "no-store" });
  if (!answer.ok || answer.redirected) throw new Error("The plan did not come.");
  const cache = await caches.open(shelf);
  await cache.put(kept, answer);
  await cache.put(mark, new Response(person));
  for (const part of box.dataset.parts.split(" ")) await cache.add(part);
  await navigator.serviceWorker.register(box.dataset.worker, { scope });
  await navigator.serviceWorker.ready;
};

const keptFor = async () => (await caches.has(shelf)) ? (await (await (await caches.open(shelf)).match(mark))?.text()) : undefined;

if (supported) {
  const owner = await keptFor();
  if (owner !== undefined && owner !== person) await forget();

  for (const leave of document.querySelectorAll("form[action='/my/sign-out']")) {
    leave.addEventListener("submit", async (event) => {
      if (leave.dataset.cleared) return;
      event.preventDefault();
      try { await forget(); } finally {
        leave.dataset.cleared = "yes";
        leave.requestSubmit();
      }
    });
  }

  const box = document.querySelector("[data-keep]");
  if (box) {
    const [yes, no, state, trouble] = ["yes", "no", "state", "trouble"].map((part) => box.querySelector(`[data-keep-${part}]`));
    const show = (isKept) => {
      box.hidden = false;
      yes.hidden = isKept;
      no.hidden = !isKept;
      state.hidden = !isKept;
    };
    const attempt = (what, isKept) => async () => {
      trouble.hidden = true;
      try {
        await what();
        show(isKept);
        (isKept ? no : yes).focus();
      } catch {
        trouble.hidden = false;
      }
    };
    yes.addEventListener("click", attempt(() => keep(box), true));
    no.addEventListener("click", attempt(forget, false));
    const isKept = (await keptFor()) === person;
    show(isKept);
    if (isKept) keep(box).catch(() => {});
  }
}
