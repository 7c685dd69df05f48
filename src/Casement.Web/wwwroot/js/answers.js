// The questions of a check-in on this phone: what is chosen is held here the moment it is chosen, sent as soon as there is a network, once, and then let go.
// Without script the form is sent as always.
const book = "casement-answers";
const againMs = 5000;
const lateMs = 24 * 60 * 60 * 1000;
const person = document.querySelector("script[data-answers]")?.dataset.person ?? "";
const heard = "BroadcastChannel" in window ? new BroadcastChannel(book) : null;

const done = (request) => new Promise((yes, no) => {
  request.onsuccess = () => yes(request.result);
  request.onerror = () => no(request.error);
});

const open = () => {
  const request = indexedDB.open(book, 1);
  request.onupgradeneeded = () => request.result.createObjectStore("slots", { keyPath: "slot" });
  return done(request);
};

const inBook = async (mode, act) => {
  const db = await open();
  try {
    return await act(db.transaction("slots", mode).objectStore("slots"));
  } finally {
    db.close();
  }
};

// One reading and one writing in the same transaction: another tab cannot come between.
const change = (slot, how) => inBook("readwrite", async (slots) => {
  const next = how(await done(slots.get(slot)));
  return next?.sent ? done(slots.put(next)) : done(slots.delete(slot));
});

// What is chosen and not sent yet is written in the same instant: a reload or a crash right after a tap loses nothing.
const draftOf = "casement-draft ";
const drafts = {
  read: (slot) => JSON.parse(localStorage.getItem(draftOf + slot) ?? "null"),
  write: (slot, draft) => localStorage.setItem(draftOf + slot, JSON.stringify(draft)),
  drop: (slot) => localStorage.removeItem(draftOf + slot),
  slots: () => Object.keys(localStorage).filter((key) => key.startsWith(draftOf)).map((key) => key.slice(draftOf.length)),
};

const mine = (held) => held.person === "" || held.person === person;

export const waiting = async () => (await inBook("readonly", (slots) => done(slots.getAll()))).filter((held) => held.sent && mine(held)).length;

// Somebody signed out here, or somebody else signed in: what the one before chose on pages of their own is nobody else's.
export const forget = async (all) => {
  const others = await inBook("readonly", (slots) => done(slots.getAll()));
  for (const held of others) if (all || !mine(held)) await change(held.slot, () => null);
  for (const slot of drafts.slots()) if (all || !mine(drafts.read(slot))) drafts.drop(slot);
};

const atClock = () => new Date().toLocaleTimeString([], { hour: "numeric", minute: "2-digit" });

const told = async (held) => {
  const answer = await fetch(held.to, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ scale: held.scale, items: held.sent.items, heldMs: Math.max(0, Date.now() - held.sent.at) }),
    redirect: "manual",
    cache: "no-store",
    signal: AbortSignal.timeout(15000),
  });
  if (answer.type === "opaqueredirect") return { became: "signed-out", said: "Saved on this phone. It goes out when you have signed in again.", next: "/my/sign-in" };
  if (answer.status === 404) return { became: "closed", said: "These questions are no longer there, so your answers were not taken. If something worries you, call the practice.", next: "" };
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
};

const final = ["sent", "older", "closed", "refused"];

// Sends what waits, one after the other; only one tab at a time. Resolves to what became of each.
export const send = () => navigator.locks.request(book, async () => {
  const outcomes = [];
  for (const held of (await inBook("readonly", (slots) => done(slots.getAll()))).filter((each) => each.sent && mine(each))) {
    let outcome;
    try {
      outcome = await told(held);
    } catch {
      // Not reached. Long after the questions closed there is nothing to wait for.
      if (Date.now() > held.closes + lateMs) await change(held.slot, () => null);
      continue;
    }
    if (final.includes(outcome.became)) {
      // What was chosen again meanwhile stays.
      await change(held.slot, (now) => (now?.sent?.id === held.sent.id ? null : now));
      if (outcome.became === "closed") drafts.drop(held.slot);
      if (outcome.became === "refused" && !drafts.read(held.slot)) drafts.write(held.slot, { person: held.person, closes: held.closes, items: held.sent.items });
      await letGo(held.page);
    }
    const said = { slot: held.slot, id: held.sent.id, ...outcome, at: atClock() };
    outcomes.push(said);
    heard?.postMessage(said);
  }
  return outcomes;
});

// The copy of a page whose questions are answered is old; the next visit keeps what is asked then.
const letGo = async (page) => {
  const cache = await caches.open("casement-kept");
  for (const key of await cache.keys(page, { ignoreSearch: true })) await cache.delete(key);
};

const words = (outcome) => (outcome.became === "sent" ? `Sent at ${outcome.at}. Your answers are with us.` : outcome.said);

const form = document.querySelector("form[data-held-to]");
let shown = null;

// Outside the page of the questions one line says what became of them.
const note = (outcome) => {
  const line = document.querySelector("[data-held-note]");
  if (!line || (form && shown?.slot === outcome.slot)) return;
  line.textContent = outcome.became === "sent" ? `The answers kept on this phone were sent at ${outcome.at}.` : outcome.said;
  line.hidden = false;
};

const start = async () => {
  const panel = document.querySelector("[data-held]");
  const [said, danger, on] = ["said", "danger", "on"].map((name) => panel.querySelector(`[data-held-${name}]`));
  const to = form.dataset.heldTo;
  const scale = form.elements.namedItem("scale").value;
  const slot = `${person} ${to} ${scale}`;
  const button = form.querySelector("button:not([type=button])");
  shown = { slot, id: null };
  let leaving = false;

  const chosen = () => Object.fromEntries([...new FormData(form)].filter(([name, value]) => name.startsWith("item-") && value.trim()).map(([name, value]) => [name.slice(5), value.trim()]));
  const blank = { slot, to, scale, person, page: location.pathname, closes: Date.parse(form.dataset.closes) };
  const say = (text, next) => {
    if (said.textContent !== text) said.textContent = text;
    panel.hidden = false;
    on.hidden = !next;
    if (next) on.querySelector("a").href = next;
  };
  const wait = (text) => {
    say(text);
    danger.hidden = !form.querySelector("[data-danger]:checked");
  };
  const become = (outcome) => {
    if (outcome.slot !== slot) return note(outcome);
    if (outcome.id !== shown.id) return;
    // Seen now: the page that follows says what happens next, help first.
    if (outcome.became === "sent") danger.hidden = true;
    if (leaving && outcome.became === "sent") location.assign(outcome.next);
    else say(words(outcome), outcome.became === "refused" ? "" : outcome.next);
    leaving = false;
    button.disabled = false;
  };

  const held = await inBook("readonly", (slots) => done(slots.get(slot)));
  const draft = drafts.read(slot);
  const before = draft?.items ?? held?.sent?.items;
  if (before)
    for (const input of form.elements) {
      if (!input.name?.startsWith("item-")) continue;
      const value = before[input.name.slice(5)] ?? "";
      if (input.type === "radio") input.checked = input.value === value;
      else input.value = value;
    }
  if (held?.sent) {
    shown.id = held.sent.id;
    wait("Saved on this phone. It goes out when you are back online.");
  } else if (draft) say("What you chose is kept on this phone. It is not sent yet.");

  form.addEventListener("input", () => drafts.write(slot, { person, closes: blank.closes, items: chosen() }));

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (leaving) return;
    const items = chosen();
    if (Object.keys(items).length === 0) {
      say("Nothing was chosen yet. Answer at least one question.");
      return;
    }
    leaving = true;
    button.disabled = true;
    const id = crypto.randomUUID();
    shown.id = id;
    wait("Saved on this phone. Sending …");
    (async () => {
      try {
        await change(slot, () => ({ ...blank, sent: { id, items, at: Date.now() } }));
        drafts.drop(slot);
      } catch {
        // Nothing can be held here: it is sent the plain way.
        form.submit();
        return;
      }
      (await send()).forEach(become);
      // Not reached; or another tab was just sending it, and says so itself.
      if (leaving && shown.id === id && (await waiting()) > 0) {
        leaving = false;
        button.disabled = false;
        wait("Saved on this phone. It goes out when you are back online.");
        panel.focus();
      }
    })();
  });
  heard?.addEventListener("message", (event) => become(event.data));
  return become;
};

export const begin = async () => {
  // What was chosen and never sent goes when its questions close.
  for (const slot of drafts.slots()) if (Date.now() > drafts.read(slot).closes) drafts.drop(slot);
  const become = form ? await start() : note;
  if (!form) heard?.addEventListener("message", (event) => note(event.data));
  const attempt = async () => {
    if ((await waiting()) > 0) (await send()).forEach(become);
  };
  addEventListener("online", attempt);
  await attempt();
  setInterval(attempt, againMs);
};
