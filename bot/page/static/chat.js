// The chat: it shows what comes, and says what is tapped and typed.

import { find, make } from "./dom.js";
import { listen, post } from "./live.js";
import * as log from "./log.js";

const TOAST = 5000; // milliseconds that a word over the screen stays
let words = {};
let desk = null;
let busy = false;
let toast = 0;

// What comes

function all(data) {
  words = data.words;
  say(data.words);
  menu(data.menu);
  if (data.about && log.isEmpty()) log.introduce(data.about, words.begin, () => send("/start"));
  for (const shown of data.messages) log.show(shown, tap, { first: true });
  log.toEnd();
  desk?.refresh();
}

function message(shown) {
  log.show(shown, tap);
  desk?.shown(shown);
}

function forgotten(data) {
  log.clear();
  for (const shown of data.messages) log.show(shown, tap, { first: true });
  desk?.refresh();
}

// The words of the page itself, in the language of the chat.
function say(said) {
  document.documentElement.lang = said.language;
  document.documentElement.dir = said.direction;
  document.title = said.title;
  for (const element of document.querySelectorAll("[data-word]"))
    element.textContent = said[element.dataset.word];
  find("text").placeholder = said.write;
  find("send").ariaLabel = said.send;
  find("open-menu").ariaLabel = said.menu;
  find("log").ariaLabel = said.log;
}

function menu(commands) {
  const entries = commands.map(({ command, does }) => {
    const values = { type: "button", onclick: () => pick(command) };
    return make("li", {}, make("button", values, make("b", {}, `/${command}`), make("span", {}, does)));
  });
  find("menu").firstElementChild.replaceChildren(...entries);
}

function pick(command) {
  find("menu").hidePopover();
  send(`/${command}`);
}

// What is said

async function tap(shown, button) {
  if (busy) return; // the answer to the last tap is on its way
  busy = true;
  desk?.tapped(shown, button);
  try {
    answered(await post("/say", { id: shown.id, data: button.data, desk: Boolean(desk) }));
  } catch {
    tell(words.unsent);
  } finally {
    busy = false;
  }
}

async function send(text) {
  const bubble = log.own(text);
  desk?.typed(text);
  try {
    answered(await post("/say", { text, desk: Boolean(desk) }));
    bubble.classList.remove("waits");
    return true;
  } catch {
    bubble.remove();
    tell(words.unsent);
    return false;
  }
}

function answered(answer) {
  if (answer.toast) tell(answer.toast);
  desk?.answered(answer);
}

function tell(line) {
  clearTimeout(toast);
  find("toast").textContent = line;
  toast = setTimeout(() => (find("toast").textContent = ""), TOAST);
}

// What is typed

find("composer").addEventListener("submit", async (event) => {
  event.preventDefault();
  const field = find("text");
  const text = field.value.trim();
  if (!text) return;
  field.value = "";
  field.focus();
  if (!(await send(text)) && !field.value) field.value = text;
});

find("text").addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  find("composer").requestSubmit();
});

find("emergency").addEventListener("click", () => send("/emergency"));

if (new URLSearchParams(location.search).has("desk")) {
  desk = await import("./desk.js");
  desk.open();
}

const away = (is) => (find("away").hidden = !is);
listen({ all, message, forgotten, clock: () => desk?.refresh(), reread: () => desk?.refresh() }, away);
