// Every change of the scope, the newest first; with --write each can be taken back.

import { ask, at, change, counted, h, put, tell, when } from "./dom.js";

export async function showJournal(place) {
  const { entries, more } = await ask("journal");
  const writable = document.body.dataset.writable === "true";
  put(place, h("h1", {}, "Journal"), h("p", { class: "quiet" }, writable ? "Undoing is itself an entry, which can be undone." :
    "Every change, the newest first. Start the page with --write to undo from here."));
  put(place, h("ul", { class: "entries" }, entries.map((one) => entry(one, writable, place))));
  if (more) put(place, h("p", { class: "quiet" }, `These are the last ${entries.length}; memkit journal lists all.`));
}

function entry(one, writable, place) {
  const shown = one.records.slice(0, 12);
  const takeBack = async (event) => {
    event.currentTarget.disabled = true;
    try {
      const made = await change("undo", { entry: one.id });
      place.replaceChildren();
      await showJournal(place);
      tell(`Entry ${one.id} was undone by entry ${made.id}.`, { seen: true });
      place.querySelector(`[data-entry="${made.id}"]`)?.focus();
    } catch (error) {
      tell(h("span", { class: "bad" }, error.message), { seen: true });
      event.target.disabled = false;
    }
  };
  return h("li", { class: `card entry${one.undone_by ? " undone" : ""}`, "data-item": true, "data-entry": one.id, tabindex: "-1" },
    h("p", { class: "head" }, h("span", { class: "quiet" }, one.id), h("b", {}, one.action), when(one.when),
      one.reason ? h("span", {}, one.reason) : null, h("span", { class: "quiet" }, counted(one.touched, "record")),
      one.undoes ? h("span", { class: "chip" }, `undoes ${one.undoes}`) : null,
      one.undone_by ? h("span", { class: "chip" }, `undone by ${one.undone_by}`) : null,
      writable && !one.undone_by ? h("button", { type: "button", class: "undo", "aria-label": `Undo entry ${one.id}`, onclick: takeBack }, "Undo") : null),
    shown.length ? h("details", {}, h("summary", { class: "small" }, "records"), h("p", { class: "leads small" },
      one.records.map((id) => h("a", { href: at("record", { id }) }, id)), one.touched > one.records.length ? `and ${one.touched - one.records.length} more` : "")) : null);
}
