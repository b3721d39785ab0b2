// What is seen of the conversation: messages in their order, one's own words between them.

import { clock, find, make } from "./dom.js";
import { paragraphs } from "./text.js";

const NARROW = 5; // buttons in a row from which on each has little room
const messages = new Map(); // number: element
const calm = matchMedia("(prefers-reduced-motion: reduce)");

export const isEmpty = () => messages.size === 0;

// Show a message; where one with its number is there already, it changes in its place.
export function show(shown, tap, { first = false } = {}) {
  const old = messages.get(shown.id);
  const element = old ?? place(shown.id);
  const held = element.contains(document.activeElement);
  element.replaceChildren(...beside(shown, { sounds: !first }), ...content(shown, tap));
  element.classList.toggle("new", !old && !first);
  mark();
  if (held) element.focus({ preventScroll: true }); // the button that was pressed is gone
  if (!first) bring(element);
}

// A card that is no message: what a stranger reads first.
export function introduce(text, label, begin) {
  const card = make("article", { class: "message", id: "about", dir: "auto" });
  const button = make("button", { type: "button", class: "main", onclick: begin }, label);
  card.append(...paragraphs(text), make("div", { class: "row" }, button));
  find("log").replaceChildren(card);
}

export function own(words) {
  const bubble = make("p", { class: "own waits", dir: "auto" }, words);
  find("log").append(bubble);
  bring(bubble);
  return bubble;
}

export function clear() {
  messages.clear();
  find("log").replaceChildren();
}

export function toEnd() {
  const last = [...messages.values()].at(-1);
  if (last) bring(last, "instant");
}

// A picture or a film, a file to keep, and a sound, which plays by itself only when it is new.
function beside(shown, { sounds }) {
  const elements = [];
  const { picture, file, sound } = shown;
  if (picture?.film) {
    const moves = { autoplay: !calm.matches, controls: calm.matches, loop: picture.round };
    const values = { class: "shown", muted: true, playsinline: true, "aria-label": picture.alt };
    const film = make("video", { ...values, ...moves, src: picture.src, role: "img" });
    film.muted = true; // the attribute alone is not enough to be allowed to play
    elements.push(film);
  } else if (picture) {
    const onload = ({ target }) => {
      const message = target.closest(".message:not(.old)"); // none, if it was replaced meanwhile
      if (message) bring(message);
    };
    elements.push(make("img", { class: "shown", src: picture.src, alt: picture.alt, onload }));
  }
  if (file) elements.push(make("a", { class: "file", href: file.src, download: file.name }, file.name));
  if (sound) elements.push(make("audio", { src: sound, controls: true, autoplay: sounds }));
  return elements;
}

function content(shown, tap) {
  const rows = shown.rows.map((row) => make("div", { class: "row" }, ...buttons(row, shown, tap)));
  const time = make("time", { datetime: new Date(shown.at * 1000).toISOString() }, clock(shown.at));
  return [...paragraphs(shown.text), make("div", { class: "rows" }, ...rows), time];
}

function buttons(row, shown, tap) {
  return row.map((button) => {
    const kind = [button.alarming && "alarming", row.length >= NARROW && "narrow"];
    const values = { type: "button", class: kind.filter(Boolean).join(" "), dir: "auto" };
    return make("button", { ...values, onclick: () => tap(shown, button) }, button.label);
  });
}

function place(id) {
  find("about")?.remove();
  const element = make("article", { class: "message", tabindex: "-1", dir: "auto" });
  const later = [...messages.keys()].filter((other) => other > id).sort((a, b) => a - b)[0];
  find("log").insertBefore(element, later === undefined ? null : messages.get(later));
  messages.set(id, element);
  return element;
}

// All but the newest are old.
function mark() {
  const newest = Math.max(...messages.keys());
  for (const [id, element] of messages) element.classList.toggle("old", id !== newest);
}

// Into view: its end, or its beginning where it is longer than the window.
function bring(element, behavior = calm.matches ? "instant" : "smooth") {
  const log = find("log");
  const end = element.offsetTop + element.offsetHeight + 16;
  const top = Math.min(element.offsetTop - 16, end - log.clientHeight);
  log.scrollTo({ top: element.offsetHeight > log.clientHeight ? element.offsetTop - 16 : top, behavior });
}
