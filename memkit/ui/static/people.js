// Whom and what the facts are about: what holds now, and how it came to be.

import { ask, at, counted, day, h, put, tell } from "./dom.js";

export async function showPeople(place, given) {
  const found = await ask("people");
  put(place, h("h1", {}, "People and what is known of them"));
  if (!found.length) {
    put(place, h("p", { class: "quiet" }, "No facts are known yet. ", h("code", {}, "memkit maintain FILE"), " reads what was said for them."));
    return;
  }
  put(place, h("nav", { "aria-label": "People" }, found.map((one) =>
    h("a", { href: at("people", { name: one.name }) }, `${one.name} `, h("span", { class: "quiet small" }, total(one))))));
  const wanted = found.filter((one) => !given.name || one.name === given.name);
  put(place, ...wanted.map(card));
  tell(counted(found.length, "subject"));
}

const total = (one) => one.attributes.reduce((sum, each) => sum + each.now.length + each.then.length, 0);

function card(one) {
  return h("section", { class: "card person", "aria-label": one.name }, h("h2", {}, one.name),
    h("dl", { class: "facts" }, one.attributes.map((each) => [
      h("dt", {}, each.name),
      h("dd", {}, each.now.map(fact), each.now.length ? null : h("p", { class: "quiet" }, "nothing now"),
        each.then.length ? h("details", {}, h("summary", { class: "small" }, `earlier (${each.then.length})`), each.then.map(fact)) : null)])));
}

function fact(one) {
  const turns = [...new Set(one.sources.map((source) => source.turn))];
  const holds = [one.since ? `since ${day(one.since)}` : "", one.until ? `until ${day(one.until)}` : ""].filter(Boolean).join(", ");
  return h("div", { class: `fact ${one.status}` },
    h("p", {}, h("span", { class: "value" }, one.value, one.unit ? ` ${one.unit}` : ""), " ",
      one.status === "current" ? null : h("span", { class: "chip" }, one.status)),
    h("p", { class: "small quiet" }, holds ? `${holds}; ` : "", `said ${day(one.said)} `,
      h("meter", { min: 0, max: 1, value: one.confidence, title: `confidence ${one.confidence}`, "aria-label": `confidence ${one.confidence}` }), " ",
      turns.map((id) => [h("a", { href: at("record", { id }) }, id), " "]),
      h("a", { href: at("record", { id: one.id }) }, "how it came to be")));
}
