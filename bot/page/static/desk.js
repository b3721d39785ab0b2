// The desk beside the chat: where it stands and why, what is stored, and a clock to move.

import { draw } from "./drawing.js";
import { clock, find, make } from "./dom.js";
import { post } from "./live.js";
import * as record from "./record.js";

const HOUR = 3600;
const FAST = 60; // how many times as fast the clock goes
const BEAT = 250; // milliseconds between two of its steps
const AGE = 1000; // milliseconds after which due times are counted down
let state = { is_new: true, now: 0, alarms: [] };
let at = 0; // when `state` was read, by the browser's clock
let beat = 0;
let asking = null;

export function open() {
  const style = make("link", { rel: "stylesheet", href: "/static/desk.css" });
  document.head.append(style);
  find("app").classList.add("with-desk");
  find("desk").append(...SECTIONS.map(section));
  find("desk").hidden = false;
  find("desk").append(make("p", { id: "told", role: "status" }));
  setInterval(countDown, AGE);
  transcript();
}

const SECTIONS = [
  ["time", "The clock of this chat", []],
  ["stands", "Where it stands", []],
  ["why", "Why it said that", [make("p", { class: "quiet" }, "Say something, and here is what came of it.")]],
  ["content", "The content shown", []],
  ["stored", "The chat as it is stored", []],
  ["record", "This conversation as a transcript", []],
];

function section([id, title, inside]) {
  const body = make("div", { id: `desk-${id}` }, ...inside);
  return make("section", { "aria-labelledby": `title-${id}` }, make("h2", { id: `title-${id}` }, title), body);
}

// What the chat tells the desk

export function tapped(shown, button) {
  record.tapped(shown, button);
}

export function typed(text) {
  record.typed(text);
}

export function shown(message) {
  record.shown(message);
  refresh();
}

export function answered(answer) {
  record.answered(answer);
  why(answer.why);
  refresh();
}

// Read everything anew; when it is asked for while it is being read, once more afterwards.
export async function refresh() {
  if (asking) return (asking.again = true);
  asking = { again: false };
  try {
    const answer = await fetch("/desk");
    if (answer.ok) all(await answer.json());
  } catch {
    return; // the chat says that the line is cut
  } finally {
    const { again } = asking;
    asking = null;
    if (again) refresh();
  }
}

function all(read) {
  state = read;
  at = Date.now();
  stands();
  time();
  content();
  stored();
  transcript();
}

const fill = (id, ...children) => find(`desk-${id}`).replaceChildren(...children);
const quiet = (said) => make("p", { class: "quiet" }, said);

function stands() {
  if (state.is_new) return fill("stands", quiet("Nothing is stored: nobody has spoken yet."));
  const over = state.pages.length ? quiet(`Over it lies the page: ${state.pages.join(", ")}`) : "";
  const rows = state.out.map((path) =>
    make("tr", { class: path.takes.length ? "open" : "" }, ...cells(path)));
  const head = make("tr", {}, ...["hears", "when", "goes to", "taken now by"].map((said) => make("th", { scope: "col" }, said)));
  const table = make("table", {}, make("thead", {}, head), make("tbody", {}, ...rows));
  const list = keptOpen("rows", `All ${rows.length} rows out of ${state.state}, in the order tried`,
    make("div", { class: "wide", tabindex: "0", role: "region", "aria-label": "Rows" }, table));
  fill("stands", draw(state), over, list);
}

// Details that stay open when the desk is drawn anew.
const isOpen = new Set();

function keptOpen(name, summary, ...inside) {
  const details = make("details", { open: isOpen.has(name) }, make("summary", {}, summary), ...inside);
  details.addEventListener("toggle", () => (details.open ? isOpen.add(name) : isOpen.delete(name)));
  return details;
}

function cells(path) {
  return [path.hears, path.when.join(", "), path.to, path.takes.join(", ")].map((said) => make("td", {}, said));
}

function why(found) {
  if (!found) return;
  const { row } = found;
  const said = found.kind === "text" ? "Typed words" : found.kind === "command" ? "A command" : "A button";
  const lines = [
    ["Said", said],
    ["Meant", found.meant],
    ["Row", row ? `${row.at} → ${row.to}` : "none: nothing changed"],
  ];
  if (row) lines.push(["Because", row.when.join(", ") || "always"], ["Does", row.does.join(", ") || "nothing more"]);
  if (found.notice) lines.push(["Notice", found.notice]);
  fill("why", pairs(lines), ...(found.reading ? reading(found.reading) : []));
}

function pairs(lines) {
  return make("dl", {}, ...lines.flatMap(([name, said]) => [make("dt", {}, name), make("dd", {}, said)]));
}

function reading(read) {
  const heading = make("h3", {}, "The guard read: ", make("b", { class: `tier ${read.tier}` }, read.tier));
  const mends = read.mends.map(([old, now]) => `${old} → ${now}`).join(", ");
  const hits = read.hits.map((hit) =>
    make("li", {},
      make("b", { class: `tier ${hit.tier}` }, hit.tier), ` ${hit.question} ${hit.label} `,
      make("span", { class: "quiet" }, `(${hit.disposition})`), make("br"),
      `Rule ${hit.rule}: `, make("q", {}, hit.evidence.join(" … ")),
      hit.cue ? `, lowered: ${hit.cue}` : ""));
  const none = read.hits.length ? make("ul", {}, ...hits) : quiet("No rule matched.");
  return [heading, none, mends ? quiet(`Spelling mended: ${mends}`) : ""];
}

// The clock

const now = () => state.now + Math.round((Date.now() - at) / 1000);
const day = (seconds) => new Date(seconds * 1000).toLocaleDateString([], { weekday: "short", day: "numeric", month: "short" });

function time() {
  const held = document.activeElement?.dataset?.move;
  const button = (name, said, move, off = false) =>
    make("button", { type: "button", "data-move": name, disabled: off || state.is_new, onclick: move }, said);
  const none = state.alarms.length === 0;
  fill("time",
    make("p", { id: "desk-now" }),
    make("ul", { id: "desk-alarms", class: "alarms" }),
    make("div", { class: "moves" },
      button("alarm", "To the next alarm", () => move({ to_alarm: true }), none),
      button("10s", "+10 s", () => move({ seconds: 10 })),
      button("hour", "+1 hour", () => move({ seconds: HOUR })),
      button("day", "+1 day", () => move({ seconds: 24 * HOUR })),
      make("button", { type: "button", "data-move": "fast", "aria-pressed": String(Boolean(beat)), disabled: state.is_new, onclick: fast }, `Speed ×${FAST}`)));
  countDown();
  if (held) find("desk-time").querySelector(`[data-move="${held}"]`)?.focus();
}

function countDown() {
  if (!find("desk-now")) return;
  const ahead = state.ahead ? `, ${span(state.ahead)} ahead` : "";
  find("desk-now").textContent = `${day(now())}, ${new Date(now() * 1000).toLocaleTimeString()}${ahead}`;
  const alarms = state.alarms.map(({ kind, due }) =>
    make("li", {}, make("b", {}, kind), ` ${day(due)}, ${clock(due)} (in ${span(Math.max(0, due - now()))})`));
  find("desk-alarms").replaceChildren(...(alarms.length ? alarms : [make("li", {}, "No alarm is set.")]));
}

function span(seconds) {
  const parts = [[86400, "d"], [3600, "h"], [60, "min"], [1, "s"]];
  const said = [];
  for (const [size, unit] of parts) {
    if (seconds >= size && said.length < 2) said.push(`${Math.floor(seconds / size)} ${unit}`);
    seconds %= size;
  }
  return said.join(" ") || "0 s";
}

async function move(how) {
  try {
    await post("/desk/clock", how);
  } catch {
    tell("The clock was not moved.");
  }
}

// Small steps, one after the other, for as long as it is switched on.
function fast() {
  if (beat) {
    clearTimeout(beat);
    beat = 0;
    return time();
  }
  const step = async () => {
    await move({ seconds: (FAST * BEAT) / 1000 });
    if (beat) beat = setTimeout(step, BEAT);
  };
  beat = setTimeout(step, BEAT);
  time();
}

// Content, and what is stored

function content() {
  const slip = state.slip ? make("p", { role: "alert", class: "slip" }, `The newest content is not in force: ${state.slip}`) : "";
  if (state.is_new) return fill("content", slip, quiet("Nothing yet."));
  const items = state.content.map((item) =>
    make("li", {}, make("b", {}, `${item.kind} ${item.id}`), ` in ${item.file}`,
      ...(item.source ? [make("br"), make("span", { class: "quiet" }, review(item))] : [])));
  fill("content", slip, pairs([["Edition", state.edition]]), make("ul", {}, ...items));
}

function review(item) {
  const by = item.reviewed_by ? `Reviewed by ${item.reviewed_by}` : "No clinician has reviewed this";
  const on = item.reviewed_on ? `; checked against its source on ${item.reviewed_on}` : "";
  return `${item.reviewed_on === undefined ? "" : `${by}${on}. `}Source: ${item.source}`;
}

function stored() {
  const json = JSON.stringify(state.is_new ? null : state.stored, null, 2);
  const text = make("pre", { tabindex: "0", role: "region", "aria-label": "The row of this chat" }, json);
  fill("stored", text, make("div", { class: "moves" }, make("button", { type: "button", onclick: anew }, "Be somebody new")));
}

async function anew() {
  await post("/desk/new", {});
  record.clear();
  location.reload();
}

// The transcript

function transcript() {
  const said = record.transcript();
  const file = URL.createObjectURL(new Blob([said], { type: "text/plain" }));
  const held = document.activeElement?.id === "copy";
  fill("record",
    make("pre", { id: "transcript", tabindex: "0", role: "region", "aria-label": "Transcript" }, said),
    make("div", { class: "moves" },
      make("button", { type: "button", id: "copy", onclick: () => copy(said) }, "Copy as transcript"),
      make("a", { href: file, download: "recorded_in_the_browser.txt", class: "button" }, "Save as a file"),
      make("button", { type: "button", onclick: () => { record.clear(); transcript(); } }, "Begin afresh")));
  if (held) find("copy").focus();
}

async function copy(said) {
  try {
    await navigator.clipboard.writeText(said);
    tell("Copied. Put it in tests/transcripts/ and give it a name.");
  } catch {
    tell("The browser does not let me copy: save it as a file instead.");
  }
}

function tell(line) {
  find("told").textContent = line;
}
