// Search as you type; each hit explained by what every signal gave it.

import { about, ask, at, counted, h, marked, number, put, table, tell, voice, when } from "./dom.js";

const PAUSE = 120; // milliseconds between the last key and the question

export async function showSearch(place, given) {
  const query = h("input", { id: "query", type: "search", "aria-label": "Search", placeholder: "Ask, or name what you look for",
    autocomplete: "off", spellcheck: "false", value: given.q ?? "", "data-first": true });
  const hits = h("select", { id: "hits" }, [5, 10, 30, 100].map((n) => h("option", { selected: String(n) === (given.k ?? "10") }, n)));
  const asOf = h("input", { id: "as-of", type: "date", value: given.as_of ?? "" });
  const found = h("div", { id: "found" });
  put(place, 
    h("h1", {}, "Search"),
    h("form", { class: "asking", role: "search", onsubmit: (event) => event.preventDefault() }, query,
      h("div", { class: "options" }, h("label", {}, "Hits ", hits), h("label", {}, "As of ", asOf))),
    found);

  let waiting = 0;
  let asked = 0;
  const answer = async () => {
    const mine = ++asked;
    const now = { q: query.value, k: hits.value, as_of: asOf.value };
    history.replaceState(null, "", at("search", now));
    try {
      const trace = await ask("search", now);
      if (mine !== asked) return; // another question was typed meanwhile
      found.replaceChildren(...(trace ? results(trace) : [hint()]));
      if (trace) tell(counted(trace.hits.length, "hit"));
    } catch (error) {
      if (mine === asked) found.replaceChildren(h("p", { class: "bad", role: "alert" }, error.message));
    }
  };
  query.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(answer, PAUSE); });
  for (const one of [hits, asOf]) one.addEventListener("change", answer);
  await answer();
}

function hint() {
  const { stats } = about;
  const kinds = stats ? Object.entries(stats.records).map(([kind, value]) => [kind + (value === 1 ? "" : "s"), value]) : [];
  const figures = stats ? [...kinds, ["forgotten", stats.archived], ["kB", Math.ceil(stats.bytes / 1024)]] : [];
  return h("div", {}, h("p", { class: "quiet" }, "Type a question. Every hit says which signals found it, and how much each of them gave."),
    h("div", { class: "figures" }, figures.map(([name, value]) => h("div", {}, h("b", {}, number(value)), h("span", { class: "quiet small" }, name)))));
}

function results(trace) {
  const signals = [...new Set(trace.hits.flatMap((hit) => Object.keys(hit.why)))];
  const totals = trace.hits.map((hit) => Object.values(hit.why).reduce((sum, value) => sum + Math.abs(value), 0));
  const most = Math.max(...totals, 1e-9);
  const largest = Math.max(...trace.hits.flatMap((hit) => Object.values(hit.why).map(Math.abs)), 1e-9);
  const scale = { signals, most, largest };
  if (!trace.hits.length) return [h("p", {}, "Nothing was found."), stages(trace)];
  return [
    h("ul", { class: "legend", "aria-label": "Signals" }, signals.map((name, place) => h("li", {}, h("i", { class: `dot s${place % 8}` }), name))),
    h("ol", { class: "hits" }, trace.hits.map((hit, place) => drawHit(hit, place + 1, trace.terms, scale))),
    stages(trace)];
}

function drawHit(hit, rank, terms, scale) {
  const shares = Object.entries(hit.why);
  const strip = h("span", { class: "strip", role: "img", "aria-label": `score ${hit.score.toFixed(2)}` },
    shares.filter(([, value]) => value > 0).map(([name, value]) =>
      h("i", { class: `s${scale.signals.indexOf(name) % 8}`, "width%": (100 * value) / scale.most, title: `${name} ${value.toFixed(2)}` })));
  return h("li", { class: "card" }, h("details", {},
    h("summary", { "data-item": true },
      h("span", { class: "head" }, h("span", { class: "quiet" }, rank), h("b", { class: "score" }, hit.score.toFixed(2)),
        h("b", { class: voice(hit.speaker) }, hit.speaker ?? ""), when(hit.when), hit.kind === "turn" ? null : h("span", { class: "chip" }, hit.kind)),
      h("span", { class: "words" }, marked(hit.text, terms)), strip),
    bars(shares, scale),
    h("p", { class: "small leads" }, hit.sources.map((id) => h("a", { href: at("record", { id }) }, id)),
      hit.session ? h("a", { href: at("sessions", { session: hit.session }) }, `session ${hit.session}`) : null,
      h("a", { href: at("graph", { focus: hit.id }) }, "graph"))));
}

/** What each signal gave, the strongest first. */
export function bars(shares, scale) {
  const ranked = [...shares].sort((one, other) => Math.abs(other[1]) - Math.abs(one[1]));
  return h("dl", { class: "bars" }, ranked.map(([name, value]) => [
    h("dt", {}, name),
    h("dd", {}, h("span", { class: "track" }, h("i", { class: `s${scale.signals.indexOf(name) % 8}${value < 0 ? " against" : ""}`,
      "width%": (100 * Math.abs(value)) / scale.largest })), h("span", { class: "number" }, (value > 0 ? "+" : "") + value.toFixed(2)))]));
}

function stages(trace) {
  const took = `${trace.retriever}, ${trace.milliseconds.toFixed(1)} ms`;
  return h("details", { class: "stages" }, h("summary", {}, `How it was answered: ${took}`),
    h("p", { class: "small" }, "Asked for: ", trace.terms.map((term) => h("span", { class: "chip" }, term))),
    table(["stage", "in", "kept", "note"], trace.stages.map((one) => [one.name, number(one.entered), number(one.kept), one.note]), "Stages"),
    expected(trace));
}

/** Which stage kept a record out. */
function expected(trace) {
  const id = h("input", { type: "text", "aria-label": "Id of a record", placeholder: "id", required: true, autocomplete: "off" });
  const why = h("div", { role: "status" });
  const look = async (event) => {
    event.preventDefault();
    try {
      const found = await ask("why-not", { q: trace.query, id: id.value, k: trace.hits.length || 1 });
      const shares = Object.entries(found.why);
      const scale = { signals: shares.map(([name]) => name), largest: Math.max(...shares.map(([, value]) => Math.abs(value)), 1e-9) };
      why.replaceChildren(h("p", {}, h("b", {}, found.stage), `: ${found.reason}`), bars(shares, scale));
    } catch (error) {
      why.replaceChildren(h("p", { class: "bad" }, error.message));
    }
  };
  return h("form", { onsubmit: look }, h("div", { class: "expected" }, "Expected something else? ", id, h("button", { type: "submit" }, "Why not?")), why);
}
