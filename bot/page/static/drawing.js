// The drawing of the table around one state: what leads there, and what leads on from there.

const SVG = "http://www.w3.org/2000/svg";
const [WIDTH, ROW, BOX] = [560, 46, 38];
const IN = { x: 0, width: 118 };
const HERE = { x: 172, width: 128 };
const OUT = { x: 352, width: 208 };
const MOST = 34; // characters of what is heard that have room in a box

export function draw({ state, out, in: into }) {
  const next = grouped(out, "to").sort((a, b) => b.open - a.open);
  const before = grouped(into, "at");
  const height = Math.max(next.length, before.length, 2) * ROW;
  const middle = height / 2;
  const title = `${state}, and from there: ${next.map((one) => one.name).join(", ")}`;
  const svg = make("svg", { viewBox: `-4 -4 ${WIDTH + 8} ${height + 8}`, role: "img", "aria-label": title });
  const place = (list, n) => middle + (n - (list.length - 1) / 2) * ROW;
  before.forEach((one, n) => svg.append(edge(IN.x + IN.width, place(before, n), HERE.x, middle, false)));
  next.forEach((one, n) => svg.append(edge(HERE.x + HERE.width, middle, OUT.x, place(next, n), one.open)));
  before.forEach((one, n) => svg.append(box(IN, place(before, n), one.name, one.heard, "from")));
  next.forEach((one, n) => {
    const name = one.name === state ? `${state} (stays)` : one.name;
    svg.append(box(OUT, place(next, n), name, one.heard, one.open ? "open" : "shut"));
  });
  svg.append(box(HERE, middle, state, [], "here"));
  return svg;
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
  return [...found.values()].map((one) => ({ ...one, heard: [...new Set(one.open ? one.now : one.not)] }));
}

function box({ x, width }, y, name, heard, kind) {
  const group = make("g", { class: kind });
  const text = make("text", { x: x + 10, y: y + (heard.length ? -3 : 4), class: "name" });
  text.textContent = name;
  group.append(make("rect", { x, y: y - BOX / 2, width, height: BOX, rx: 9 }), text);
  if (heard.length) {
    const small = make("text", { x: x + 10, y: y + 12, class: "heard" });
    const room = Math.floor((MOST * width) / OUT.width);
    const said = heard.join(", ");
    small.textContent = said.length > room ? `${said.slice(0, room - 1)}…` : said;
    const whole = make("title");
    whole.textContent = said;
    group.append(small, whole);
  }
  return group;
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
