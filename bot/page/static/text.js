// A text as elements: paragraphs, lists of bullets, and **bold** words.

import { make } from "./dom.js";

const BULLET = "• ";

export function plain(text) {
  return text.replaceAll("**", "");
}

export function paragraphs(text) {
  return split(pieces(text))
    .flatMap(blocks)
    .map(([tag, lines]) => block(tag, lines));
}

// The text as [words, bold]; a mark that nothing closes is said as it is.
function pieces(text) {
  const parts = text.split("**");
  if (parts.length % 2 === 0) parts.push(`${parts.splice(-2, 1)}**${parts.pop()}`);
  return parts.map((part, n) => [part, n % 2 === 1]);
}

// Paragraphs of lines of pieces; an empty line ends a paragraph.
function split(said) {
  const lines = [[]];
  for (const [words, bold] of said) {
    words.split("\n").forEach((line, n) => {
      if (n > 0) lines.push([]);
      if (line) lines.at(-1).push([line, bold]);
    });
  }
  const found = [[]];
  for (const line of lines) {
    if (line.length === 0) found.push([]);
    else found.at(-1).push(line);
  }
  return found.filter((paragraph) => paragraph.length > 0);
}

// The lines of a paragraph, those with bullets apart from those without.
function blocks(lines) {
  const found = [];
  for (const line of lines) {
    const tag = line[0][0].startsWith(BULLET) ? "ul" : "p";
    if (found.at(-1)?.[0] !== tag) found.push([tag, []]);
    found.at(-1)[1].push(line);
  }
  return found;
}

function block(tag, lines) {
  if (tag === "ul") return make("ul", {}, ...lines.map((line) => make("li", {}, ...words(line, 2))));
  const inside = lines.flatMap((line, n) => (n > 0 ? ["\n", ...words(line)] : words(line)));
  return make("p", {}, ...inside);
}

function words(line, skipped = 0) {
  return line.map(([said, bold], n) => {
    const shown = n === 0 ? said.slice(skipped) : said;
    return bold ? make("strong", {}, shown) : shown;
  });
}
