// The frame: which view is shown, whose memory, and the keys that work everywhere.

import { ask, askFor, at, h, tell } from "./dom.js";
import { showForgetting } from "./forgetting.js";
import { showGraph } from "./graph.js";
import { showJournal } from "./journal.js";
import { showPeople } from "./people.js";
import { showRecord } from "./record.js";
import { showReports } from "./reports.js";
import { showSearch } from "./search.js";
import { showSessions } from "./sessions.js";
import { showTimeline } from "./timeline.js";

const VIEWS = {
  search: ["Search", showSearch],
  timeline: ["Timeline", showTimeline],
  sessions: ["Sessions", showSessions],
  people: ["People", showPeople],
  graph: ["Graph", showGraph],
  forgetting: ["Forgetting", showForgetting],
  journal: ["Journal", showJournal],
  reports: ["Reports", showReports],
  record: [null, showRecord],
};

const main = document.getElementById("main");
let shown = 0;

async function route() {
  const [, name, query] = /^#\/(\w*)\??(.*)$/.exec(location.hash) ?? [];
  const view = VIEWS[name] ? name : "search";
  const [title, show] = VIEWS[view];
  const mine = ++shown;
  for (const link of document.querySelectorAll("#views a")) {
    if (link.dataset.view === view) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  document.title = `${title ?? "Record"} · memkit`;
  tell("");
  const place = h("div", { class: `view ${view}` });
  main.setAttribute("aria-busy", "true");
  try {
    await show(place, Object.fromEntries(new URLSearchParams(query)), () => mine === shown);
  } catch (error) {
    place.replaceChildren(h("p", { class: "bad", role: "alert" }, error.message));
  }
  if (mine !== shown) return;
  main.replaceChildren(place);
  main.dataset.view = view;
  main.removeAttribute("aria-busy");
  if (!place.querySelector("details[open]")) scrollTo(0, 0);
  place.querySelector("[data-first]")?.focus();
}

function chooseScope(about) {
  const select = document.getElementById("scope");
  const named = (keys) => Object.entries(keys).map(([key, value]) => `${key}=${value}`).join(" ");
  select.replaceChildren(...about.scopes.map((keys, place) => h("option", { value: place }, named(keys))));
  select.addEventListener("change", () => {
    askFor(about.scopes[select.value], about);
    location.hash = at("search");
    route();
  });
  select.parentElement.hidden = about.scopes.length < 2;
  askFor(about.scopes[0] ?? null, about);
}

function moveAmong(items, step) {
  const place = items.indexOf(document.activeElement.closest("[data-item]"));
  const next = items[Math.max(0, Math.min(items.length - 1, place + step))];
  next?.focus();
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const writing = event.target.matches("input:not([type=search]), select, textarea");
  const search = document.getElementById("query");
  if (event.key === "/" && !event.target.matches("input, textarea")) {
    event.preventDefault();
    if (search) search.focus(); else location.hash = at("search");
  } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !writing) {
    const items = [...main.querySelectorAll("[data-item]")];
    if (!items.length || event.target.closest(".columns")) return;
    event.preventDefault();
    if (event.key === "ArrowUp" && document.activeElement === items[0] && search) search.focus();
    else moveAmong(items, event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Escape" && search) {
    search.focus();
    search.select();
  }
}

async function start() {
  const about = await ask("store");
  document.getElementById("file").textContent = about.file;
  const mode = document.getElementById("mode");
  mode.hidden = false;
  mode.textContent = about.writable ? "can undo" : "read only";
  document.body.dataset.writable = about.writable;
  document.getElementById("views").append(...Object.entries(VIEWS).filter(([, [title]]) => title).map(
    ([view, [title]]) => h("a", { href: at(view), "data-view": view }, title)));
  chooseScope(about);
  document.querySelector("[data-skip]").addEventListener("click", (event) => {
    event.preventDefault();
    main.focus();
  });
  document.addEventListener("keydown", onKey);
  addEventListener("hashchange", route);
  await route();
}

start().catch((error) => main.replaceChildren(h("p", { class: "bad", role: "alert" }, error.message)));
