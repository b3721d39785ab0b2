// What was said in this tab, as a transcript that tests/transcript.py plays.
//
// It is kept by this tab of the browser alone, and only while the desk is open.
// Times are those of the chat's clock, in seconds.

import { plain } from "./text.js";

const PLACE = "desk.record";
const PROMPT = 2; // seconds within which a message answers what was said
const PAUSE = 60; // seconds of silence that are written down in any case
const SOON = 600; // an alarm that is due within so many seconds makes every second count
const SAID = 110; // characters of a message that are written down

let entries = JSON.parse(sessionStorage.getItem(PLACE) ?? "[]");
let newest = 0; // the message that was shown last

export function tapped(shown, button) {
  const under = shown.id === newest || newest === 0 ? "" : opening(shown.text);
  add({ who: "you", said: `[${button.label}]`, under });
}

export function typed(text) {
  // A line that opens with a bracket would be read as a button or a picture.
  add({ who: "you", said: text.replace(/\s+/g, " ").replace(/^[[(\s]+/, "") });
}

export function shown(message) {
  newest = message.id;
  add({ who: "bot", said: first(message.text), at: message.at });
}

export function answered({ at, soonest }) {
  const last = entries.findLast((entry) => entry.who === "you" && entry.at === undefined);
  if (!last) return;
  Object.assign(last, { at, soon: soonest !== null && soonest - at < SOON });
  keep();
}

export function clear() {
  entries = [];
  keep();
}

export function transcript() {
  const lines = merged([...timed(entries)]);
  const start = entries[0]?.said === "/start" ? "" : "# It begins in the middle: say /start first.\n";
  return `# Recorded in the browser. What does it show?\n${start}\n${lines.map(line).join("\n")}\n`;
}

function add(entry) {
  entries.push(entry);
  keep();
}

function keep() {
  sessionStorage.setItem(PLACE, JSON.stringify(entries));
}

// The entries, with the time that goes by between them where that matters.
// A transcript's own clock goes on by one second with each thing said, and else as it is told.
function* timed(all) {
  let time = null;
  let before = null;
  for (const entry of all) {
    const at = entry.at ?? before?.at ?? 0;
    if (entry.who === "you") {
      time ??= at - 1;
      const rest = at - 1 - time;
      if (rest >= PAUSE || (rest >= 1 && (entry.soon || before?.soon))) {
        yield { who: "clock", said: `${rest} s` };
        time += rest;
      }
      time += 1;
    } else if (time !== null && !(before?.who === "you" && at - (before.at ?? at) <= PROMPT)) {
      if (at > time) yield { who: "clock", said: `${at - time} s` };
      time = Math.max(time, at);
    }
    yield entry;
    before = { ...entry, at, soon: entry.soon ?? before?.soon };
  }
}

// The same button pressed over and over is one line, and only its last answer is written down.
function merged(all) {
  const lines = [];
  for (const entry of all) {
    const [last, answer] = [lines.at(-2), lines.at(-1)];
    const again = entry.who === "you" && entry.said.startsWith("[") && !entry.under
      && answer?.who === "bot" && last?.said === entry.said && !last.under;
    if (again) {
      last.times += 1;
      lines.pop();
    } else {
      lines.push({ ...entry, times: 1 });
    }
  }
  return lines;
}

function line({ who, said, under, times }) {
  const more = under ? ` under "${under}"` : times > 1 ? ` x ${times}` : "";
  return `${`${who}:`.padEnd(6)} ${said}${more}`;
}

// Enough of a message to know it by.
function first(text) {
  const flat = plain(text).replace(/\s+/g, " ").trim();
  return flat.length <= SAID ? flat : `${flat.slice(0, flat.lastIndexOf(" ", SAID))}…`;
}

function opening(text) {
  return plain(text).split("\n").find((said) => said.trim()).split('"')[0].slice(0, 60).trim();
}
