// What a policy would let go at a date, tried on a copy.

import { ask, at, counted, day, h, number, put, tell, when } from "./dom.js";

export async function showForgetting(place, given) {
  const policies = await ask("policies");
  const chosen = given.policy ?? "ttl";
  const policy = h("select", { id: "policy", "data-first": true }, policies.map((one) => h("option", { selected: one.name === chosen }, one.name)));
  const date = h("input", { id: "at", type: "date", value: given.at ?? inAYear() });
  const options = h("input", { id: "options", type: "text", value: given.options ?? "", autocomplete: "off", spellcheck: "false" });
  const about = h("p", { class: "quiet small", id: "about-policy" });
  const found = h("div", { id: "would" });
  const describe = () => {
    const one = policies.find((each) => each.name === policy.value);
    about.replaceChildren(one?.about ?? "", one?.options ? h("span", {}, " Options: ", h("code", {}, one.options)) : "");
    options.placeholder = one?.options ?? "";
  };
  const look = async (event) => {
    event?.preventDefault();
    const now = { policy: policy.value, at: date.value, options: options.value };
    history.replaceState(null, "", at("forgetting", now));
    found.replaceChildren(h("p", { class: "quiet", role: "status" }, "Trying it on a copy …"));
    try {
      found.replaceChildren(...outcome(await ask("preview", now)));
    } catch (error) {
      found.replaceChildren(h("p", { class: "bad", role: "alert" }, error.message));
    }
  };
  policy.addEventListener("change", () => { options.value = ""; describe(); });
  put(place, h("h1", {}, "Forgetting"), h("p", { class: "quiet" }, "What a policy would let go at a date. It is tried on a copy; this store is not changed."),
    h("form", { class: "asking row", onsubmit: look }, h("label", {}, "Policy", policy), h("label", {}, "At", date), h("label", { class: "grows" }, "Options", options),
      h("button", { type: "submit" }, "Preview")), about, found);
  describe();
  if (given.policy) await look();
}

const inAYear = () => new Date(Date.now() + 365 * 864e5).toISOString().slice(0, 10);

function outcome(trial) {
  const share = trial.live ? (100 * trial.left) / trial.live : 100;
  tell(`${number(trial.left)} of ${counted(trial.live, "live record")} would be left`);
  const acts = Object.entries(trial.acts).filter(([, records]) => records);
  return [
    h("div", { class: "figures" }, [["live now", trial.live], ["would be left", trial.left], ...acts.map(([act, n]) => [`would ${act}`, n])].map(
      ([name, value]) => h("div", {}, h("b", {}, number(value)), h("span", { class: "quiet small" }, name)))),
    h("p", {}, h("span", { class: "track wide-track", role: "img", "aria-label": `${share.toFixed(0)} percent left` }, h("i", { class: "s3", "width%": share })),
      h("span", { class: "small quiet" }, ` ${share.toFixed(0)} % left by ${trial.policy} at ${day(trial.at)}`)),
    trial.planned.length ? h("ul", { class: "planned" }, trial.planned.map(planned)) : h("p", {}, "It would let nothing go."),
    trial.more ? h("p", { class: "quiet" }, `and ${counted(trial.more, "more verdict")}.`) : null].filter(Boolean);
}

const planned = (one) => h("li", { class: "said" },
  h("p", { class: "small" }, h("span", { class: `chip act-${one.act}` }, one.act), " ", one.speaker ? h("b", {}, one.speaker) : "", " ", when(one.when), " ",
    one.records.slice(0, 3).map((id) => [h("a", { href: at("record", { id }) }, id), " "]), one.touched > 3 ? `and ${one.touched - 3} more` : ""),
  h("p", { class: "words" }, one.text), h("p", { class: "small quiet" }, one.reason));
