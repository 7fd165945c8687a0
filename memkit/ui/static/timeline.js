// How much was said when; a column opens what was said in it.

import { ask, at, counted, h, number, put, said, tell } from "./dom.js";

export async function showTimeline(place, given, current) {
  const { by, periods } = await ask("timeline", { by: given.by });
  const list = h("div", { id: "said" });
  const most = Math.max(...periods.map((one) => one.turns), 1);
  const open = async (period, button) => {
    for (const one of place.querySelectorAll(".columns [aria-pressed]")) one.setAttribute("aria-pressed", one === button);
    history.replaceState(null, "", at("timeline", { by: given.by, period }));
    await more(list, { period }, period);
    requestAnimationFrame(() => button.scrollIntoView({ inline: "center", block: "nearest" }));
  };
  put(place, h("h1", {}, "Timeline"),
    h("p", { class: "chips", role: "group", "aria-label": "Periods" }, ["year", "month", "day"].map((name) =>
      h("a", { class: "chip", href: at("timeline", { by: name }), "aria-current": name === by ? "true" : null }, `by ${name}`))));
  if (!periods.length) {
    put(place, h("p", { class: "quiet" }, "Nothing is stored here yet."));
    return;
  }
  const columns = periods.map((one) => column(one, most, open));
  put(place, h("div", { class: "wide" }, h("div", { class: `columns by-${by}`, onkeydown: step }, columns.map((one, n) =>
      [n && periods[n].period !== after(periods[n - 1].period) ? h("span", { class: "gap", title: "nothing was said" }, "⋯") : null, one]))),
    h("p", { class: "quiet small" }, `${counted(periods.reduce((sum, one) => sum + one.turns, 0), "turn")} in ${counted(periods.length, by)}; choose one.`), list);
  const wanted = periods.findIndex((one) => one.period === given.period);
  if (wanted >= 0 && current()) await open(periods[wanted].period, columns[wanted]);
}

function column(one, most, open) {
  return h("button", { type: "button", "aria-pressed": "false", title: `${one.period}: ${counted(one.turns, "turn")}`,
    "aria-label": `${one.period}: ${counted(one.turns, "turn")}${one.archived ? `, ${one.archived} forgotten` : ""}`,
    onclick: (event) => open(one.period, event.currentTarget) },
  h("span", { class: "count" }, number(one.turns)),
  h("span", { class: "bar" }, h("i", { "height%": (100 * one.turns) / most }, one.archived ? h("i", { class: "gone", "height%": (100 * one.archived) / one.turns }) : null)),
  h("span", { class: "period" }, one.period.length > 7 ? one.period.slice(5) : one.period));
}

/** The year, month or day that follows. */
function after(period) {
  const next = new Date(`${(`${period}-01-01`).slice(0, 10)}T00:00Z`);
  if (period.length === 4) next.setUTCFullYear(next.getUTCFullYear() + 1);
  else if (period.length === 7) next.setUTCMonth(next.getUTCMonth() + 1);
  else next.setUTCDate(next.getUTCDate() + 1);
  return next.toISOString().slice(0, period.length);
}

function step(event) {
  const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!by) return;
  event.preventDefault();
  const columns = [...event.currentTarget.querySelectorAll("button")];
  columns[columns.indexOf(document.activeElement) + by]?.focus();
}

/** Fill a place with turns, a button below for those that follow. */
export async function more(place, which, title, skip = 0, focus = "") {
  const found = await ask("turns", { ...which, after: skip });
  if (!skip) place.replaceChildren(h("h2", {}, title));
  put(place, found.turns.map((turn) => said(turn, [], turn.id === focus ? { class: "said here" } : {})));
  if (found.more) {
    put(place, h("button", { type: "button", onclick: (event) => {
      event.currentTarget.remove();
      more(place, which, title, skip + found.turns.length, focus);
    } }, "Show more"));
  }
  tell(counted(found.turns.length, "turn"));
}
