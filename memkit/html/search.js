"use strict";
// Searches the turns of this page. Text is only ever put in as text, never as markup.
(() => {
  const box = document.getElementById("query");
  const list = document.getElementById("hits");
  const told = document.getElementById("told");
  const plain = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const turns = Array.from(document.querySelectorAll(".turn"), (element) => {
    const [head, words] = element.children;
    return { element, head: head.textContent, words: words.textContent, all: plain(element.textContent) };
  });
  const MOST = 100;
  const IN_WORD = /[\p{L}\p{N}]/u;

  // Where a term begins a word, from a place on; in scripts without spaces, where it stands.
  const place = (low, term, from) => {
    let at = low.indexOf(term, from);
    while (at > 0 && term < "\u0250" && IN_WORD.test(low[at - 1])) at = low.indexOf(term, at + 1);
    return at;
  };

  const open = (element) => {
    for (let up = element; up; up = up.parentElement) {
      if (up.tagName === "DETAILS") up.open = true;
    }
    element.scrollIntoView({ block: "center" });
  };

  const marked = (text, terms) => {
    const made = document.createElement("div");
    made.className = "words";
    const low = plain(text);
    let at = 0;
    // Where taking marks off a letter changes its length, places differ: then nothing is marked.
    while (low.length === text.length && at < text.length) {
      let start = -1;
      let term = "";
      for (const each of terms) {
        const found = place(low, each, at);
        if (found >= 0 && (start < 0 || found < start)) [start, term] = [found, each];
      }
      if (start < 0) break;
      const mark = document.createElement("mark");
      mark.textContent = text.slice(start, start + term.length);
      made.append(text.slice(at, start), mark);
      at = start + term.length;
    }
    made.append(text.slice(at));
    return made;
  };

  const shown = (turn, terms) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    item.className = "said";
    link.className = "small";
    link.href = "#" + turn.element.id;
    link.textContent = turn.head;
    link.addEventListener("click", () => open(turn.element));
    item.append(link, marked(turn.words, terms));
    return item;
  };

  const search = () => {
    const terms = plain(box.value).split(/\s+/).filter(Boolean);
    const found = terms.length ? turns.filter((turn) => terms.every((term) => place(turn.all, term, 0) >= 0)) : [];
    const more = found.length > MOST ? `, the first ${MOST} shown` : "";
    told.textContent = terms.length ? `${found.length} found${more}` : "";
    list.replaceChildren(...found.slice(0, MOST).map((turn) => shown(turn, terms)));
  };

  const arrive = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target) open(target);
  };

  let wait = 0;
  box.addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(search, 80);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && document.activeElement !== box) {
      event.preventDefault();
      box.focus();
    }
  });
  window.addEventListener("hashchange", arrive);
  document.getElementById("search").hidden = false;
  arrive();
})();
