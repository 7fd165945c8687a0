// Eval reports of the folder that --reports names.

import { ask, at, counted, h, number, put, table, tell, when } from "./dom.js";

export async function showReports(place, given) {
  if (given.name) return showQuestions(place, given);
  const { folder, files } = await ask("reports");
  put(place, h("h1", {}, "Eval reports"));
  if (!folder) {
    put(place, h("p", { class: "quiet" }, "Name a folder of them with ", h("code", {}, "memkit ui FILE --reports FOLDER"), ". ",
      h("code", {}, "memkit eval run DATASET --json FILE"), " and ", h("code", {}, "memkit eval report"), " make them."));
    return undefined;
  }
  const link = (one) => (one.kind === "page"
    ? h("a", { href: `reports/${encodeURIComponent(one.name)}`, target: "_blank", rel: "noopener" }, one.name)
    : h("a", { href: at("reports", { name: one.name }) }, one.name));
  put(place, files.length
    ? table(["file", "holds", "size", "written"], files.map((one) => [link(one), one.kind === "page" ? "a report" : "questions", `${number(Math.ceil(one.bytes / 1024))} kB`, when(one.when)]), folder)
    : h("p", {}, `${folder} holds no .html and no .jsonl file.`));
  return undefined;
}

async function showQuestions(place, given) {
  const found = await ask("questions", { name: given.name });
  const categories = [...new Set(found.questions.map((one) => one.category))];
  const first = found.retrievers[0];
  const category = h("select", { id: "category" }, h("option", { value: "" }, "all"), categories.map((one) => h("option", {}, one)));
  const missed = h("input", { type: "checkbox", id: "missed" });
  const list = h("div", {});
  const fill = () => {
    const shown = found.questions.filter((one) => (!category.value || one.category === category.value)
      && (!missed.checked || (one.results[first]?.measure ?? 1) < 1));
    list.replaceChildren(h("p", { class: "quiet" }, counted(shown.length, "question")), ...shown.slice(0, 300).map((one) => question(one, found.retrievers)));
    tell(counted(shown.length, "question"));
  };
  for (const one of [category, missed]) one.addEventListener("change", fill);
  put(place, h("p", {}, h("a", { href: at("reports") }, "All reports")), h("h1", {}, given.name),
    h("p", { class: "quiet" }, `${found.run.dataset}; judged by ${found.main}; memkit ${found.run.memkit}`),
    table(["retriever", found.main], Object.entries(found.means).map(([name, mean]) => [name, mean.toFixed(3)]), "Means"),
    h("form", { class: "asking row" }, h("label", {}, "Category", category), h("label", { class: "check" }, missed, `missed by ${first}`)), list,
    found.more ? h("p", { class: "quiet" }, `and ${counted(found.more, "more question")} in the file.`) : "");
  fill();
}

/** How the first retriever did, in a word or a number. */
function verdict([name, value] = []) {
  if (value == null) return null;
  return h("span", { class: `small ${value >= 1 ? "good" : value > 0 ? "quiet" : "bad"}`, title: name }, value >= 1 ? "found" : value > 0 ? `${value.toFixed(2)} of it` : "missed");
}

function question(one, retrievers) {
  const gold = new Set((one.evidence ?? []).map((piece) => piece.id ?? piece));
  const shares = retrievers.filter((name) => one.results[name]).map((name) => [name, one.results[name].measure]);
  const hits = one.results[retrievers[0]]?.hits ?? [];
  return h("details", {}, h("summary", { "data-item": true }, one.text ?? one.id, " ", h("span", { class: "chip" }, one.category), " ", verdict(shares[0])),
    h("p", {}, h("b", {}, "Gold: "), String(one.gold ?? "none")),
    h("p", { class: "chips" }, shares.map(([name, value]) => h("span", { class: "chip" }, `${name} ${value == null ? "none" : value.toFixed(2)}`))),
    (one.evidence ?? []).map((piece) => h("div", { class: "said evidence" }, h("p", { class: "small quiet" }, piece.id ?? piece), piece.text ?? "")),
    hits.length ? h("h3", {}, `What ${retrievers[0]} found`) : null,
    hits.map((hit) => h("div", { class: `said ${hit.sources?.some((id) => gold.has(id)) ? "evidence" : ""}` },
      h("p", { class: "small quiet" }, `${Number(hit.score).toFixed(2)} ${hit.speaker ?? ""} `, (hit.sources ?? []).join(", ")), hit.text ?? "")));
}
