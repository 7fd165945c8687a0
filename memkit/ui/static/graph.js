// The association graph: places come from the store's side, here they are drawn.

import { ask, at, counted, h, put, svg, table, tell } from "./dom.js";

const KINDS = ["subject", "value", "turn", "fact", "triple", "summary", "segment"];

export async function showGraph(place, given) {
  const found = await ask("graph", { ...given, shape: innerWidth < 600 ? "tall" : "wide" });
  const link = (of, text) => h("a", { class: "chip", href: at("graph", { of }), "aria-current": found.of === of ? "true" : null }, text);
  put(place, h("h1", {}, "Graph"), h("p", { class: "chips" }, link("things", "people and things"), link("records", "linked records"),
    found.focus ? h("a", { class: "chip", href: at("record", { id: found.focus }), "aria-current": "true" }, `around ${found.focus}`) : null));
  if (!found.edges.length) {
    put(place, h("p", { class: "quiet" }, nothing(found.of)));
    return;
  }
  const box = h("div", { class: "drawing" });
  put(place, legend(found), box,
    found.left_out ? h("p", { class: "quiet small" }, `${counted(found.left_out, "node")} with fewer connections left out.`) : null,
    h("details", {}, h("summary", {}, `The same as a list: ${counted(found.edges.length, "connection")}`), list(found)));
  let width = 0; // of what is drawn: the observer also tells of the height that a drawing itself gives the box
  const redraw = () => {
    if (width === (width = Math.max(box.clientWidth, 300))) return;
    const held = box.contains(document.activeElement) ? document.activeElement.dataset.id : null;
    box.replaceChildren(draw(found, width));
    [...box.querySelectorAll("a.node")].find((node) => node.dataset.id === held)?.focus({ preventScroll: true });
  };
  new ResizeObserver(redraw).observe(box);
  tell(`${counted(found.nodes.length, "node")}, ${counted(found.edges.length, "connection")}`);
}

const nothing = (of) => ({
  things: "No facts are known yet; memkit maintain FILE reads what was said for them.",
  records: "No links are kept in this file; memkit maintain FILE --consolidator neighbours makes them.",
  around: "This record stands alone: no link, and nothing rests on it.",
}[of]);

const kinds = (found) => [...new Set(found.edges.map((edge) => edge.kind))];

const legend = (found) => h("ul", { class: "legend" }, kinds(found).length > 1 ? null : h("li", {}, `all connections: ${kinds(found)[0]}`), [...new Set(found.nodes.map((node) => node.kind))].map((kind) =>
  h("li", {}, h("i", { class: `dot s${shade(kind)}` }), kind)));

const shade = (kind) => Math.max(0, KINDS.indexOf(kind)) % 8;

function draw(found, width) {
  const room = 110 + 95 * Math.sqrt(found.nodes.length); // a few nodes need no large page
  const height = Math.round(Math.min(width < 600 ? width * 1.33 : width * 0.62, 720, room));
  const margin = { x: width < 600 ? 46 : 90, y: 28 };
  const spot = new Map(found.nodes.map((node) => [node.id, {
    x: margin.x + node.x * (width - 2 * margin.x), y: margin.y + node.y * (height - 2 * margin.y) }]));
  const degree = new Map();
  for (const edge of found.edges) for (const end of [edge.source, edge.target]) degree.set(end, (degree.get(end) ?? 0) + 1);
  const drawn = svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "group", "aria-label": "Association graph" });
  drawn.append(...found.edges.map((edge) => svg("line", { x1: spot.get(edge.source).x, y1: spot.get(edge.source).y,
    x2: spot.get(edge.target).x, y2: spot.get(edge.target).y, "stroke-width": (0.75 + 1.75 * Math.min(edge.weight, 1)).toFixed(2) },
  svg("title", {}, `${edge.kind}, ${edge.weight}`))));
  const texts = new Room(width);
  for (const { x, y } of spot.values()) texts.taken.push([x - 6, y - 6, x + 6, y + 6]);
  const rank = (node) => (node.id === found.focus ? 1e9 : degree.get(node.id) ?? 0);
  const nodes = [...found.nodes].sort((one, other) => rank(other) - rank(one)).map((node) =>
    drawNode(node, spot.get(node.id), degree.get(node.id) ?? 0, found, texts));
  const named = kinds(found).length > 1 ? found.edges.map((edge) => edgeLabel(edge, spot, texts)) : [];
  return put(drawn, named, nodes);
}

/** Where text stands already: a label that would cover another one waits for the pointer. */
class Room {
  constructor(width) {
    this.width = width;
    this.taken = [];
  }

  take(x, y, text, size) {
    const half = text.length * size * 0.29;
    const box = [x - half, y - size, x + half, y + 3];
    if (box[0] < 2 || box[2] > this.width - 2) return false;
    if (this.taken.some((one) => box[0] < one[2] && one[0] < box[2] && box[1] < one[3] && one[1] < box[3])) return false;
    this.taken.push(box);
    return true;
  }
}

function edgeLabel(edge, spot, room) {
  const [a, b] = [spot.get(edge.source), spot.get(edge.target)];
  const [x, y] = [(a.x + b.x) / 2, (a.y + b.y) / 2 + 3];
  return room.take(x, y, edge.kind, 10) ? svg("text", { class: "kind", x, y, "text-anchor": "middle" }, edge.kind) : null;
}

function drawNode(node, { x, y }, degree, found, room) {
  const radius = 5 + Math.min(9, 1.5 * Math.sqrt(degree));
  const most = room.width < 600 ? 18 : 28;
  const label = node.label.length > most ? `${node.label.slice(0, most - 1)}…` : node.label;
  const to = found.of === "things" ? (node.kind === "subject" ? at("people", { name: node.id }) : at("search", { q: node.label })) : at("graph", { focus: node.id });
  const fits = room.take(x, y - radius - 4, label, 12);
  return svg("a", { href: to, "data-id": node.id, class: `node s${shade(node.kind)}${node.id === found.focus ? " focus" : ""}`, "aria-label": `${node.kind}: ${node.label}` },
    svg("title", {}, node.label), svg("circle", { cx: x, cy: y, r: radius }),
    svg("text", { x, y: y - radius - 4, "text-anchor": "middle", class: fits ? null : "waits" }, label));
}

function list(found) {
  const name = new Map(found.nodes.map((node) => [node.id, node.label]));
  return table(["from", "how", "to", "weight"], found.edges.map((edge) => [name.get(edge.source), edge.kind, name.get(edge.target), edge.weight.toFixed(2)]));
}
