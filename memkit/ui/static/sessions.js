// The sessions, and what was said in each.

import { ask, at, counted, day, h, put, tell, voice } from "./dom.js";
import { more } from "./timeline.js";

export async function showSessions(place, given) {
  const found = await ask("sessions");
  put(place, h("h1", {}, "Sessions"), found.length ? null : h("p", { class: "quiet" }, "Nothing is stored here yet."));
  let opened = null;
  for (const one of found) {
    const inside = h("div", { class: "turns" });
    const fold = h("details", { class: "session" }, h("summary", { "data-item": true }, h("span", { class: "head" },
      h("b", {}, one.id ?? "(no session)"), h("span", { class: "when" }, span(one)), h("span", { class: "quiet" }, counted(one.turns, "turn"))),
    h("span", { class: "chips" }, one.speakers.map((name) => h("span", { class: `chip ${voice(name)}` }, name)))), inside);
    fold.addEventListener("toggle", () => {
      if (!fold.open || inside.firstChild) return;
      history.replaceState(null, "", at("sessions", { session: one.id }));
      fill(inside, one).catch((error) => inside.replaceChildren(h("p", { class: "bad" }, error.message)));
    });
    if (given.session !== undefined && given.session === one.id) {
      await fill(inside, one, given.at);
      fold.open = true;
      opened = fold;
    }
    put(place, fold);
  }
  tell(counted(found.length, "session"));
  if (opened) requestAnimationFrame(() => (opened.querySelector(".here") ?? opened).scrollIntoView({ block: opened.querySelector(".here") ? "center" : "start" }));
}

async function fill(inside, session, focus) {
  await more(inside, { session: session.id ?? "" }, `${session.id ?? "No session"}: what was said`, 0, focus);
}

const span = (one) => (day(one.first) === day(one.last) ? day(one.first) : `${day(one.first)} to ${day(one.last)}`);
