// Opens, without a network, what the practice marked for keeping: the crisis card, the instructions of the day, open questions, and a safety plan where somebody
// asked for it. It keeps pages that carry the mark and the few parts they are made of, and nothing else. The pages of staff and partners it leaves alone.
const shelf = "casement-kept";
const planShelf = "casement-safety-plan";
const mark = "Casement-Keep-Until";
const crisis = "/crisis";
const patienceMs = 3000;
const notOurs = /^\/(staff|partner|sign-in|enrol)(\/|$)/;
const doors = /^\/(my\/sign-in|enter)(\/|$)/;

// Whole before it is put: a page that is left meanwhile must not hold the cache for the next.
const put = async (address, answer) => (await caches.open(shelf)).put(address, new Response(await answer.blob(), { status: answer.status, headers: answer.headers }));

self.addEventListener("install", (event) => event.waitUntil((async () => {
  const card = await fetch(crisis);
  if (!card.ok) throw new Error(String(card.status));
  await put(crisis, card);
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
const settle = async (url, answer, copy) => {
  if (answer.status >= 500 || answer.status === 429) return;
  const cache = await caches.open(shelf);
  if (copy) await put(url.href, copy);
  else await cache.delete(url.href);
  // Whoever stands before the door is not signed in, or is about to be somebody else.
  if (answer.ok && doors.test(url.pathname)) for (const page of await cache.keys()) if (new URL(page.url).pathname.startsWith("/my/")) await cache.delete(page);
};

const later = (ms) => new Promise((done) => setTimeout(done, ms));

// An answer of the network is shown as it comes and waits for no cache.
const page = async (event) => {
  const url = new URL(event.request.url);
  url.hash = "";
  const answer = fetch(event.request);
  event.waitUntil(answer.then((came) => settle(url, came, came.ok && !came.redirected && came.headers.has(mark) ? came.clone() : null)).catch(() => {}));
  const slow = later(patienceMs).then(() => find(url)).then((kept) => kept ?? answer);
  slow.catch(() => {});
  try {
    const first = await Promise.race([answer, slow]);
    // Sent on to the sign-in page: the plan is wanted now, not after a letter.
    return (first.type === "opaqueredirect" && url.pathname === "/my/safety-plan" && (await find(url))) || first;
  } catch {
    return (await find(url)) ?? (await caches.match(crisis, { cacheName: shelf })) ?? Response.error();
  }
};

// A page kept before an update is dressed in the parts there are now.
const plain = (address) => new URL(address).pathname.replace(/\.[0-9a-f]{12}\./, ".");
const part = async (request) => {
  try {
    return await fetch(request);
  } catch {
    const cache = await caches.open(shelf);
    const key = (await cache.match(request)) ? request : (await cache.keys()).find((other) => plain(other.url) === plain(request.url));
    return (key && (await cache.match(key))) ?? Response.error();
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
