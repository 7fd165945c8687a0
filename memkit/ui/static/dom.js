// Elements, requests and formats. Text becomes text nodes, never markup.

/** An element: h("p", {class: "quiet", onclick: act}, "text", child, [more]). */
export function h(name, attributes = {}, ...content) {
  return filled(document.createElement(name), attributes, content);
}

/** An SVG element. */
export function svg(name, attributes = {}, ...content) {
  return filled(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, content);
}

function filled(made, attributes, content) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "width%") made.style.width = `${value}%`;
    else if (name === "height%") made.style.height = `${value}%`;
    else made.setAttribute(name, value === true ? "" : value);
  }
  return put(made, ...content);
}

/** Add content to an element; null, undefined and false are nothing. */
export function put(place, ...content) {
  place.append(...content.flat(Infinity).filter((one) => one !== null && one !== undefined && one !== false));
  return place;
}

let whose = null;
let seal = "";

/** What the store is, as the page was told at the start. */
export let about = null;

/** Ask for this scope from now on; the seal goes with what changes something. */
export function askFor(scope, told) {
  whose = scope;
  about = told;
  seal = told.seal;
}

/** The JSON that an address of the page's own answers; throws an Error with what it says. */
export async function ask(path, given = {}, options = {}) {
  const query = new URLSearchParams();
  if (whose) query.set("scope", JSON.stringify(whose));
  for (const [name, value] of Object.entries(given)) if (value !== "" && value != null) query.set(name, value);
  const reply = await fetch(`api/${path}?${query}`, options).catch(() => {
    throw new Error("The page does not answer. Was memkit ui closed?");
  });
  const text = await reply.text();
  if (!reply.ok) {
    let said = text;
    try { said = JSON.parse(text).error ?? text; } catch { /* plain text says it already */ }
    throw new Error(said);
  }
  return JSON.parse(text);
}

/** Have something changed. */
export function change(path, body) {
  const headers = { "Content-Type": "application/json", "X-Memkit-Seal": seal };
  return ask(path, {}, { method: "POST", headers, body: JSON.stringify(body) });
}

/** The address of a view inside the page. */
export function at(view, given = {}) {
  const query = new URLSearchParams(Object.entries(given).filter(([, value]) => value !== "" && value != null));
  return `#/${view}${query.size ? `?${query}` : ""}`;
}

export const number = (value) => value.toLocaleString("en");

export const counted = (value, noun) => `${number(value)} ${noun}${value === 1 ? "" : "s"}`;

/** A moment to the minute, in the offset it was given with. */
export function when(moment) {
  return moment ? h("time", { class: "when", datetime: moment, title: moment }, moment.slice(0, 16).replace("T", " ")) : null;
}

export const day = (moment) => (moment ? moment.slice(0, 10) : "");

/** A text in which the words that begin with one of these stems are marked. */
export function marked(text, stems) {
  if (!stems.length) return [text];
  return text.split(/([\p{L}\p{N}]+)/u).map((piece, place) => {
    const low = piece.toLowerCase();
    const hit = place % 2 === 1 && stems.some((stem) => low.startsWith(stem) && low.length - stem.length < 5);
    return hit ? h("mark", {}, piece) : piece;
  });
}

/** Say something to whoever listens; what was done, to whoever looks as well. */
export function tell(message, { seen = false } = {}) {
  const told = document.getElementById("told");
  told.replaceChildren(message);
  told.className = seen ? "seen" : "";
}

/** A turn as it was said, with a link to its own page. */
export function said(turn, stems = [], attributes = {}) {
  return h("article", { class: `said${turn.archived ? " gone" : ""}`, ...attributes },
    h("p", { class: "small" }, h("b", { class: voice(turn.speaker) }, turn.speaker ?? turn.role ?? ""), " ", when(turn.when), " ",
      h("a", { href: at("record", { id: turn.id }) }, turn.id), turn.archived ? h("span", { class: "chip" }, "forgotten") : null),
    h("p", { class: "words" }, marked(turn.text, stems)));
}

const voices = new Map();

/** The colour of a speaker, the same on every view. */
export function voice(speaker) {
  if (!speaker) return "quiet";
  if (!voices.has(speaker)) voices.set(speaker, voices.size % 8);
  return `ink s${voices.get(speaker)}`;
}

/** A table whose cells may hold elements; it scrolls inside itself. */
export function table(columns, rows, caption = "") {
  return h("div", { class: "wide", tabindex: "0", role: "region", "aria-label": caption || columns.join(", ") },
    h("table", {}, caption ? h("caption", {}, caption) : null,
      h("thead", {}, h("tr", {}, columns.map((name) => h("th", { scope: "col" }, name)))),
      h("tbody", {}, rows.map((row) => h("tr", {}, row.map((cell) => h("td", {}, cell)))))));
}
