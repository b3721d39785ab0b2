"""Words as Telegram counts and reads them: UTF-16 units, HTML, commands."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from tests.telegram.refusals import Json, Refusal, bad_request

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024

_TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline",
    "ins": "underline", "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "code": "code", "pre": "pre", "a": "text_link", "span": "spoiler", "tg-spoiler": "spoiler",
    "blockquote": "blockquote", "tg-emoji": "custom_emoji",
}  # fmt: skip
_MARKS = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_TOKEN = re.compile(
    r"<(?P<close>/?)(?P<tag>[^\s<>/]*)(?P<rest>[^<>]*)(?P<end>>?)"
    r"|&(?P<mark>#\d{1,7}|#x[0-9a-fA-F]{1,6}|lt|gt|amp|quot);"
)
_HREF = re.compile(r"""href\s*=\s*["']?([^"'\s>]*)""", re.IGNORECASE)
_COMMAND = re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?")


def utf16(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def find_commands(text: str) -> list[Json]:
    return [
        {"type": "bot_command", "offset": utf16(text[: found.start()]), "length": len(found[0])}
        for found in _COMMAND.finditer(text)
    ]


def read_words(source: str, parse_mode: str) -> tuple[str, list[Json]]:
    """The words that *source* shows, and its entities.  Telegram drops white space at the end."""
    if parse_mode == "":
        return source.rstrip(), []
    if parse_mode.lower() != "html":
        raise bad_request("unsupported parse_mode (the stand-in reads HTML only)")
    text, entities = read_html(source)
    return text.rstrip(), entities


@lru_cache(maxsize=1000)  # a bot says the same again and again; what comes out is never changed
def read_html(source: str) -> tuple[str, list[Json]]:
    if "<" not in source and "&" not in source:
        return source, []
    reading = _Reading(source)
    last = 0
    for token in _TOKEN.finditer(source):
        reading.add(source[last : token.start()])
        last = token.end()
        if token["mark"]:
            reading.add(_character(token["mark"], token[0]))
        elif token["close"]:
            reading.close(token)
        else:
            reading.open(token)
    reading.add(source[last:])
    if reading.stack:
        tag = reading.stack[-1][0]
        raise _cannot(f'Can\'t find end tag corresponding to start tag "{tag}"')
    found = sorted(reading.entities, key=lambda entity: (entity["offset"], -entity["length"]))
    return "".join(reading.parts), found


@dataclass
class _Reading:
    source: str
    parts: list[str] = field(default_factory=list)
    length: int = 0
    stack: list[tuple[str, Json]] = field(default_factory=list)
    entities: list[Json] = field(default_factory=list)

    def add(self, text: str) -> None:
        self.parts.append(text)
        self.length += utf16(text)

    def open(self, token: re.Match[str]) -> None:
        tag, rest = token["tag"].lower(), token["rest"]
        if not token["end"]:
            raise _cannot(f"Unclosed start tag at byte offset {self.at(token)}")
        if tag not in _TAGS:
            raise _cannot(f'Unsupported start tag "{tag}" at byte offset {self.at(token)}')
        if tag == "span" and "tg-spoiler" not in rest:
            what = 'Tag "span" must have class "tg-spoiler"'
            raise _cannot(f"{what} at byte offset {self.at(token)}")
        entity: Json = {"type": _TAGS[tag], "offset": self.length}
        if tag == "a" and (found := _HREF.search(rest)):
            entity["url"] = found[1]
        self.stack.append((tag, entity))

    def close(self, token: re.Match[str]) -> None:
        tag = token["tag"].lower()
        if not token["end"]:
            raise _cannot(f"Unclosed end tag at byte offset {self.at(token)}")
        if not self.stack:
            raise _cannot(f"Unexpected end tag at byte offset {self.at(token)}")
        expected, entity = self.stack.pop()
        if tag and tag != expected:
            what = f'expected "</{expected}>", found "</{tag}>"'
            raise _cannot(f"Unmatched end tag at byte offset {self.at(token)}, {what}")
        entity["length"] = self.length - entity["offset"]
        is_plain_link = entity["type"] == "text_link" and not entity.get("url")
        if entity["length"] and not is_plain_link:
            self.entities.append(entity)

    def at(self, token: re.Match[str]) -> int:
        return len(self.source[: token.start()].encode("utf-8", "surrogatepass"))


def _character(mark: str, written: str) -> str:
    if not mark.startswith("#"):
        return _MARKS[mark]
    number = int(mark.lstrip("#x"), 16 if "x" in mark else 10)
    return chr(number) if 0 < number <= 0x10FFFF else written


def _cannot(what: str) -> Refusal:
    return bad_request(f"can't parse entities: {what}")
