// Opens, without a network, what the practice marked for keeping: the crisis card, the instructions of the day, open questions, and a safety plan where somebody
// asked for it. It keeps pages that carry the mark and the few parts they are made of, and nothing else. The pages of staff and partners it leaves alone.
const shelf = "casement-kept";
const planShelf = "casement-safety-plan";
const mark = "Casement-Keep-Until";
const crisis = "/crisis";
const patienceMs = 3000;
const notOurs = /^\/(staff|partner|sign-in|enrol)(\/|$)/;
const doors = /^\/(my\/sign-in|enter)(\/|$)/;

self.addEventListener("install", (event) => event.waitUntil((async () => {
  await (await caches.open(shelf)).add(crisis);
  await self.skipWaiting();
})()));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

const holds = (copy) => Boolean(copy) && Date.parse(copy.headers.get(mark) ?? "") > Date.now();

// The address itself, or, where a link is opened again, the part of its questions that was seen last.
const find = async (url) => {
  if (url.pathname === "/my/safety-plan") return caches.match("/my/safety-plan/kept", { cacheName: planShelf });
  const cache = await caches.open(shelf);
  const exact = await cache.match(url.href);
  if (holds(exact)) return exact;
  if (exact) await cache.delete(url.href);
  const copies = url.search ? [] : await cache.matchAll(url.href, { ignoreSearch: true });
  return copies.filter(holds).at(-1);
};

// What the practice answers now is what counts: marked it is kept anew; unmarked, closed or sent away the copy goes.
const settle = async (url, answer) => {
  if (answer.status >= 500 || answer.status === 429) return;
  const cache = await caches.open(shelf);
  if (answer.ok && !answer.redirected && answer.headers.has(mark)) await cache.put(url.href, answer);
  else await cache.delete(url.href);
  // Whoever stands before the door is not signed in, or is about to be somebody else.
  if (answer.ok && doors.test(url.pathname)) for (const page of await cache.keys()) if (new URL(page.url).pathname.startsWith("/my/")) await cache.delete(page);
};

const later = (ms, what) => new Promise((done) => setTimeout(() => done(what), ms));

const page = async (event) => {
  const url = new URL(event.request.url);
  url.hash = "";
  const kept = await find(url);
  const answer = fetch(event.request);
  event.waitUntil(answer.then((came) => settle(url, came.clone())).catch(() => {}));
  try {
    const first = await (kept ? Promise.race([answer, later(patienceMs, kept)]) : answer);
    // Sent on to the sign-in page: the plan is wanted now, not after a letter.
    return kept && first.type === "opaqueredirect" && url.pathname === "/my/safety-plan" ? kept : first;
  } catch {
    return kept ?? (await caches.match(crisis, { cacheName: shelf })) ?? Response.error();
  }
};

// A page kept before an update is dressed in the parts there are now.
const plain = (address) => new URL(address).pathname.replace(/\.[0-9a-f]{12}\./, ".");
const part = async (request) => {
  const cache = await caches.open(shelf);
  const kept = await cache.match(request);
  if (kept) return kept;
  try {
    return await fetch(request);
  } catch {
    const other = (await cache.keys()).find((key) => plain(key.url) === plain(request.url));
    return (other && (await cache.match(other))) ?? Response.error();
  }
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { pathname, origin } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    if (!notOurs.test(pathname)) event.respondWith(page(event));
  } else if (pathname.startsWith("/assets/")) event.respondWith(part(request));
});
