"""The corpus of a language: messages by invented people, from which the learned reader learns."""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import tomli

from data.errors import BadContent

FLAGGED = ("literal", "indirect")  # happening to the writer, or to somebody cared for, now
KINDS = (*FLAGGED, "chat", "lookalike", "denial", "other", "benign")
CAUDA_EQUINA = frozenset({"saddle", "bladder", "bowel", "sexual", "bothlegs"})
_FEWEST = 20  # messages for each flag, or nothing can be learned about it


@dataclass(frozen=True, slots=True)
class Message:
    """One message: who wrote it, what kind it is, and the flags that it tells of."""

    persona: str
    kind: str
    flags: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Topic:
    """Flags that the learned reader does not tell apart."""

    id: str
    flags: tuple[str, ...]
    every_time: bool = False  # checked each time, not once in a while


@dataclass(frozen=True, slots=True)
class Corpus:
    messages: Sequence[Message]
    personas: dict[str, str]  # who they are, by id
    topics: Sequence[Topic]
    questions: dict[str, tuple[str, ...]]  # the screening questions that a flag stands for


def read_topics(path: Path) -> tuple[tuple[Topic, ...], dict[str, tuple[str, ...]]]:
    """The topics in *path*, and the questions that each flag stands for."""
    try:
        raw = tomli.loads(path.read_text(encoding="utf-8"))
        topics = tuple(
            Topic(row["id"], tuple(row["flags"]), row.get("every_time", False))
            for row in raw["topic"]
        )
        questions = {flag: tuple(ids) for flag, ids in raw["questions"].items()}
    except (OSError, ValueError, KeyError) as error:
        raise BadContent(f"{path}: cannot be read: {error}") from error
    flags = sorted(flag for topic in topics for flag in topic.flags)
    if flags != sorted(questions):
        raise BadContent(f"{path}: every flag must be in one topic and have its questions")
    return topics, questions


def read_corpus(folder: Path) -> Corpus:
    """The corpus in *folder*, checked."""
    topics, questions = read_topics(folder / "topics.toml")
    personas = dict(_rows(folder / "personas.tsv", 2))
    messages: list[Message] = []
    for path in sorted(folder.glob("*.tsv")):
        if path.name != "personas.tsv":
            messages += read_messages(path)
    corpus = Corpus(messages, personas, topics, questions)
    for fault in faults(corpus):
        raise BadContent(f"{folder}: {fault}")
    return corpus


def read_messages(path: Path) -> list[Message]:
    """The messages in a file of the corpus."""
    return [
        Message(who, kind, () if flags == "-" else tuple(flags.split(",")), text)
        for who, kind, flags, text in _rows(path, 4)
    ]


def _rows(path: Path, columns: int) -> Iterator[list[str]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        row = line.split("\t")
        if len(row) != columns or not all(row) or [cell.strip() for cell in row] != row:
            raise BadContent(f"{path}: line {number}: must have {columns} columns")
        yield row


def faults(corpus: Corpus) -> Iterator[str]:
    """Everything that is wrong with the corpus."""
    seen: set[str] = set()
    for message in corpus.messages:
        words = plain(message.text)
        if words in seen:
            yield f"{message.text!r} is there twice"
        seen.add(words)
        if message.persona not in corpus.personas:
            yield f"{message.persona} is nobody"
        if message.kind not in KINDS:
            yield f"{message.kind} is not a kind"
        if bool(message.flags) != (message.kind in FLAGGED):
            yield f"{message.text!r}: flags go with {' and '.join(FLAGGED)}"
        for flag in message.flags:
            if flag not in corpus.questions:
                yield f"{message.text!r}: {flag} is not a flag"
    writers = {message.persona for message in corpus.messages}
    yield from (f"{who} writes nothing" for who in corpus.personas if who not in writers)
    told = Counter(flag for message in corpus.messages for flag in message.flags)
    yield from (f"too few messages tell of {f}" for f in corpus.questions if told[f] < _FEWEST)


def plain(text: str) -> str:
    """*text* as it is compared with another."""
    words = unicodedata.normalize("NFKC", text).lower().replace("\u2019", "'").split()
    return " ".join(words)
