// The drawing of the table around one state: what leads there, and what leads on from there.

const SVG = "http://www.w3.org/2000/svg";
const [WIDTH, GAP, BOX, LOW] = [560, 7, 38, 25]; // what is shut takes one line
const IN = { x: 0, width: 118 };
const HERE = { x: 172, width: 128 };
const OUT = { x: 352, width: 208 };
const MOST = 34; // characters of what is heard that have room in a box

export function draw({ state, out, in: into }) {
  const next = grouped(out, "to").sort((a, b) => b.open - a.open);
  const before = grouped(into, "at");
  const height = Math.max(tall(next), tall(before), 2 * BOX);
  const middle = height / 2;
  const title = `${state}, and from there: ${next.map((one) => one.name).join(", ")}`;
  const svg = make("svg", { viewBox: `-4 -4 ${WIDTH + 8} ${height + 8}`, role: "img", "aria-label": title });
  for (const [one, y] of placed(before, middle)) {
    svg.prepend(edge(IN.x + IN.width, y, HERE.x, middle, false));
    svg.append(box(IN, y, one.name, one.heard, "from"));
  }
  for (const [one, y] of placed(next, middle)) {
    svg.prepend(edge(HERE.x + HERE.width, middle, OUT.x, y, one.open));
    const name = one.name === state ? `${state} (stays)` : one.name;
    svg.append(box(OUT, y, name, one.heard, one.open ? "open" : "shut"));
  }
  svg.append(box(HERE, middle, state, [], "here"));
  return svg;
}

const high = (one) => (one.isOut && !one.open ? LOW : BOX);
const tall = (list) => list.reduce((sum, one) => sum + high(one) + GAP, -GAP);

// Each of them with where its middle is.
function placed(list, middle) {
  let top = middle - tall(list) / 2;
  return list.map((one) => {
    const y = top + high(one) / 2;
    top += high(one) + GAP;
    return [one, y];
  });
}

// The paths by the state at their other end; what can be said now comes first.
function grouped(paths, end) {
  const found = new Map();
  for (const path of paths) {
    const one = found.get(path[end]) ?? { name: path[end], now: [], not: [], open: false };
    (path.takes.length ? one.now : one.not).push(path.hears);
    one.open ||= path.takes.length > 0;
    found.set(path[end], one);
  }
  return [...found.values()].map((one) => ({ ...one, isOut: end === "to", heard: [...new Set(one.open ? one.now : one.not)] }));
}

function box({ x, width }, y, name, heard, kind) {
  const group = make("g", { class: kind });
  const low = kind === "shut";
  const height = low ? LOW : BOX;
  const text = make("text", { x: x + 10, y: y + (low || !heard.length ? 4 : -3), class: "name" });
  text.textContent = name;
  group.append(make("rect", { x, y: y - height / 2, width, height, rx: 8 }), text);
  if (heard.length) group.append(...small(x, y, width, heard, low ? name.length * 8.2 + 18 : 0));
  return group;
}

// What is heard, as far as there is room for it; all of it under the pointer.
function small(x, y, width, heard, taken) {
  const said = heard.join(", ");
  const room = Math.floor((MOST * (width - taken)) / OUT.width);
  const text = make("text", { x: x + 10 + taken, y: y + (taken ? 4 : 12), class: "heard" });
  text.textContent = said.length > room ? `${said.slice(0, Math.max(0, room - 1))}…` : said;
  const whole = make("title");
  whole.textContent = said;
  return [text, whole];
}

function edge(x1, y1, x2, y2, open) {
  const bend = (x2 - x1) / 2;
  const d = `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
  return make("path", { d, class: open ? "edge open" : "edge" });
}

function make(tag, values = {}) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(values)) element.setAttribute(name, value);
  return element;
}
