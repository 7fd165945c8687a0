// One record whole: its words, what it rests on, its links, its history.

import { ask, at, counted, h, put, said, table, when } from "./dom.js";

export async function showRecord(place, given) {
  const found = await ask("record", { id: given.id });
  const { record } = found;
  put(place, h("h1", {}, `${found.kind} ${record.id}`, found.archived ? h("span", { class: "chip" }, "forgotten") : null),
    found.kind === "turn" ? said({ ...record, archived: found.archived }) : h("p", { class: "card words" }, record.text),
    h("p", { class: "leads" }, record.session ? h("a", { href: at("sessions", { session: record.session, at: record.id }) }, `session ${record.session}`) : null,
      h("a", { href: at("graph", { focus: record.id }) }, "graph around it")));
  if (found.rests_on.length) put(place, h("h2", {}, "It rests on"), ...found.rests_on.map((turn) => said(turn)));
  if (found.resting.length) put(place, h("h2", {}, "What rests on it"), listed(found.resting));
  if (found.links.length) put(place, h("h2", {}, "Links"), links(found.links, record.id));
  put(place, h("h2", {}, "Details"), details(record), h("h2", {}, "History"),
    table(["entry", "when", "what", "reason"], found.history.map((one) => [
      one.id, when(one.when), one.action + (one.undone_by ? `, undone by ${one.undone_by}` : ""), one.reason]), counted(found.history.length, "change")));
}

const listed = (records) => h("ul", {}, records.map((one) =>
  h("li", {}, h("a", { href: at("record", { id: one.id }) }, one.id), " ", h("span", { class: "chip" }, one.kind), " ", one.text)));

const links = (found, own) => table(["kind", "weight", "with", ""], found.map((link) => {
  const other = link.source === own ? link.target : link.source;
  return [link.kind, link.weight.toFixed(2), h("a", { href: at("record", { id: other }) }, other), link.text];
}));

function details({ metadata, ...record }) {
  const shown = Object.entries({ ...record, ...metadata }).filter(([name, value]) =>
    !["text", "id", "sources"].includes(name) && value !== null);
  return h("dl", { class: "facts" }, shown.map(([name, value]) =>
    [h("dt", {}, name), h("dd", {}, typeof value === "object" ? JSON.stringify(value) : String(value))]));
}
