// Keeps on this phone what may be opened without a network, and takes it away: on signing out, when somebody else signs in, and a safety plan when asked.
const here = document.querySelector("script[data-worker]");
const person = here.dataset.person;
const shelf = "casement-kept";
const planShelf = "casement-safety-plan";
const plan = "/my/safety-plan/kept";
const crisis = "/crisis";
const mark = "Casement-Keep-Until";
const whose = "/my/safety-plan/kept-for";
const dayMs = 24 * 60 * 60 * 1000;
const isFirst = !navigator.serviceWorker?.controller;
const supported = "serviceWorker" in navigator && "caches" in window && "indexedDB" in window && "locks" in navigator;

const forget = async (answers) => {
  for (const name of [shelf, planShelf]) await caches.delete(name);
  await answers.forget(person === undefined);
};

const textAt = async (name, address) => (await caches.has(name)) ? (await (await caches.open(name)).match(address))?.text() : undefined;

// Whole before it is put: a page that is left meanwhile must not hold the cache for the next.
const put = async (cache, address, answer) => cache.put(address, new Response(await answer.blob(), { status: answer.status, headers: answer.headers }));

// Kept only as the practice marked it; a page that lies here and is younger than a day is not fetched again.
const keep = async (address) => {
  const cache = await caches.open(shelf);
  const copy = await cache.match(address);
  if (copy && Date.now() - Date.parse(copy.headers.get("Date") ?? "") < dayMs) return;
  const answer = await fetch(address, { cache: "no-store" });
  if (answer.ok && !answer.redirected && answer.headers.has(mark)) await put(cache, address, answer);
};

const keepParts = async () => {
  const cache = await caches.open(shelf);
  const parts = here.dataset.parts.split(" ");
  for (const part of parts) {
    if (await cache.match(part)) continue;
    const answer = await fetch(part);
    if (answer.ok) await put(cache, part, answer);
  }
  for (const old of await cache.keys()) {
    const { pathname } = new URL(old.url);
    if (pathname.startsWith("/assets/") && !parts.includes(pathname)) await cache.delete(old);
  }
};

const keepPlan = async () => {
  const answer = await fetch(plan, { cache: "no-store" });
  if (!answer.ok || answer.redirected) throw new Error("The plan did not come.");
  const cache = await caches.open(planShelf);
  await put(cache, plan, answer);
  await cache.put(whose, new Response(person));
};

const leaving = (answers) => {
  for (const leave of document.querySelectorAll("form[action='/my/sign-out']")) {
    leave.addEventListener("submit", async (event) => {
      if (leave.dataset.cleared) return;
      event.preventDefault();
      try {
        await answers.send();
        if ((await answers.waiting()) > 0 && !confirm("Answers on this phone have not gone out yet. Sign out and lose them?")) return;
        await forget({ forget: () => answers.forget(true) });
        for (const worker of await navigator.serviceWorker.getRegistrations()) await worker.unregister();
      } catch {
        // The answer to signing out clears this phone as well.
      }
      leave.dataset.cleared = "yes";
      leave.requestSubmit();
    });
  }
};

const planBox = async (box) => {
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
  yes.addEventListener("click", attempt(keepPlan, true));
  no.addEventListener("click", attempt(() => caches.delete(planShelf), false));
  const isKept = (await textAt(planShelf, whose)) === person;
  show(isKept);
  if (isKept) keepPlan().catch(() => {});
};

// On the crisis card: whether the page that was wanted is another one, and what can be opened.
const listKept = async (list) => {
  const cache = await caches.open(shelf);
  const open = [];
  // By the address it lies under: a copy has none of its own.
  for (const key of await cache.keys()) if (Date.parse((await cache.match(key))?.headers.get(mark) ?? "") > Date.now()) open.push(new URL(key.url));
  if ((await textAt(planShelf, whose)) !== undefined) open.push(new URL("/my/safety-plan", location.href));
  for (const item of list.querySelectorAll("[data-kept]")) {
    const found = open.find((url) => url.pathname.startsWith(item.dataset.kept));
    if (!found) continue;
    item.querySelector("a").href = found.pathname + found.search;
    item.hidden = false;
    list.hidden = false;
  }
};

if (supported) {
  const answers = await import(here.dataset.answers);
  if (person !== undefined) {
    for (const name of [shelf, planShelf]) {
      const owner = await textAt(name, whose);
      if (owner !== undefined && owner !== person) {
        await forget(answers);
        break;
      }
    }
    await (await caches.open(shelf)).put(whose, new Response(person));
    await answers.forget(false);
    leaving(answers);
  }
  document.querySelector("[data-offline]")?.toggleAttribute("hidden", location.pathname === crisis);
  const kept = document.querySelector("[data-kept-list]");
  if (kept) await listKept(kept);
  answers.begin().catch(() => {});
  const box = document.querySelector("[data-keep]");
  if (box) await planBox(box);
  try {
    // Before there was one worker for all there was one for the plan.
    for (const old of await navigator.serviceWorker.getRegistrations()) if (new URL(old.scope).pathname !== "/") await old.unregister();
    await navigator.serviceWorker.register(here.dataset.worker, { scope: "/" });
    await keepParts();
    const pages = [crisis, ...[...document.querySelectorAll("[data-keep-too]")].map((link) => link.getAttribute("href"))];
    // The very first page came before the worker; every later one it keeps on its way.
    if (isFirst && document.querySelector("[data-held-to], [data-keep-here]")) pages.push(location.pathname + location.search);
    for (const page of pages) await keep(page);
  } catch {
    // No network: what is kept stays as it is.
  }
  document.documentElement.dataset.kept = "yes";
}
