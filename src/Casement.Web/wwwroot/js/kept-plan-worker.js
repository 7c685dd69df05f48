// Shows the safety plan that was kept on this phone when there is no network, or nobody is signed in. It looks after /my/safety-plan and nothing else,
// keeps nothing by itself, and is gone with the copy.
const shelf = "casement-safety-plan";
const kept = "/my/safety-plan/kept";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

const copy = async (request) => (await (await caches.open(shelf)).match(request)) ?? Response.error();

const page = async (request) => {
  try {
    const answer = await fetch(request);
    // Sent on to the sign-in page: the plan is wanted now, not after a letter.
    const sentAway = answer.type === "opaqueredirect" && new URL(request.url).pathname === "/my/safety-plan";
    return sentAway && (await caches.match(kept, { cacheName: shelf })) ? copy(kept) : answer;
  } catch {
    return copy(kept);
  }
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (new URL(request.url).pathname.startsWith("/assets/")) event.respondWith(fetch(request).catch(() => copy(request)));
});
