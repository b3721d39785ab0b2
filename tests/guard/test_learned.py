"""The learned reader: it can only raise a check, or make a question of a hint."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from data.corpus import Corpus, read_corpus
from data.errors import BadContent
from data.learned import read_learned, write_learned
from data.library import CONTENT
from flows.guard import Lexicon, Tier, read
from flows.guard.learned import weigh
from flows.guard.words import split
from tests.guard.tables import rows
from training.fingerprint import fingerprint

ENGLISH = CONTENT / "en"
ROUNDABOUT = "had to strip the bedding again and i never woke up"


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return read_corpus(ENGLISH / "corpus")


@pytest.fixture(scope="module")
def figures() -> dict[str, dict[str, float]]:
    return tomllib.loads((ENGLISH / "learned.toml").read_text(encoding="utf-8"))


def test_it_has_learned_from_the_corpus_as_it_is(
    corpus: Corpus, figures: dict[str, object]
) -> None:
    """Run `make guard-train` after changing the corpus."""
    assert figures["corpus"] == fingerprint(corpus)


def test_its_figures_keep_to_their_floors_and_ceilings(
    figures: dict[str, dict[str, float]],
) -> None:
    """The reader alone; and with the rules, which is what a person meets."""
    checked, whole = figures["checked"], figures["whole"]
    assert checked["indirect"] >= 0.95
    assert checked["flagged"] >= 0.94
    assert checked["chat"] <= 0.12
    assert whole["caught"] >= 0.97
    assert whole["cauda_equina_caught"] >= 0.98
    assert whole["alert_or_ask"] >= 0.70
    assert whole["chat_alert"] <= 0.005
    assert whole["chat_ask"] <= 0.05
    assert whole["chat_check"] <= 0.12
    assert whole["lookalike_alert"] <= 0.02


def test_it_only_ever_raises_and_never_to_an_alert(english: Lexicon) -> None:
    rules = replace(english, learned=None)
    for table in ("must_fire", "ask", "heard", "must_not_fire"):
        for _, message in rows(table):
            alone, both = read(message, rules).tier, read(message, english).tier
            assert both >= alone, message
            assert both == alone or both <= Tier.ASK, message


def test_what_it_asks_about_quotes_a_hint_of_the_lexicon(english: Lexicon) -> None:
    hints = {rule.id for rule in english.rules if rule.hint}
    hit = read(ROUNDABOUT, english).hits[0]
    assert hit.tier is Tier.ASK
    assert hit.rule in hints
    assert hit.weak
    assert set(" ".join(hit.evidence).split()) <= set(ROUNDABOUT.split())


def test_a_hint_alone_means_nothing(english: Lexicon) -> None:
    rules = replace(english, learned=None)
    assert read(ROUNDABOUT, rules).tier is Tier.NONE
    assert read("where do i put the sheets", english).hits == ()


def test_a_check_names_the_flag_that_it_sounds_like(english: Lexicon) -> None:
    checks = [
        hit
        for _, message in rows("heard")
        for hit in read(message, replace(english, rules=())).hits
    ]
    assert {hit.tier for hit in checks} == {Tier.CHECK}
    assert english.learned
    assert {hit.evidence[0] for hit in checks} <= {w.flag for w in english.learned.worries}


def test_marks_and_capitals_change_nothing(english: Lexicon) -> None:
    assert english.learned
    plain = weigh(split(ROUNDABOUT).words, english.learned)
    for said in (ROUNDABOUT.upper(), f"  {ROUNDABOUT}!!!", ROUNDABOUT.replace(" and", ", and")):
        assert weigh(split(said).words, english.learned) == plain


def test_a_long_message_is_read_to_its_end(english: Lexicon) -> None:
    assert english.learned
    long = "the weather is nice today and i had a sandwich " * 60 + ROUNDABOUT
    assert weigh(split(long).words, english.learned).check


def test_what_is_kept_is_read_back_the_same(english: Lexicon, tmp_path: Path) -> None:
    assert english.learned
    (tmp_path / "corpus").mkdir()
    topics = (ENGLISH / "corpus/topics.toml").read_text(encoding="utf-8")
    (tmp_path / "corpus/topics.toml").write_text(topics, encoding="utf-8")
    write_learned(english.learned, tmp_path)
    again = read_learned(tmp_path)
    assert again
    words = split(ROUNDABOUT).words
    assert weigh(words, again) == weigh(words, english.learned)


def test_a_language_without_a_corpus_has_learned_nothing(tmp_path: Path) -> None:
    assert read_learned(tmp_path) is None


@pytest.mark.parametrize(
    ("row", "slip"),
    [
        ("a01\tliteral\t-\tmy leg", "flags go with"),
        ("a01\tchat\tsaddle\tmy leg", "flags go with"),
        ("a01\tsong\t-\tmy leg", "is not a kind"),
        ("nobody\tchat\t-\tmy leg", "is nobody"),
        ("a01\tindirect\tmoon\tmy leg", "is not a flag"),
        ("a01\tchat\t-\tmy leg\nx\tchat\t-\tMy  leg", "is there twice"),
        ("a01\tchat\tmy leg", "must have 4 columns"),
    ],
)
def test_a_slip_in_the_corpus_is_said_in_a_line(row: str, slip: str, tmp_path: Path) -> None:
    for name in ("topics.toml", "personas.tsv"):
        (tmp_path / name).write_bytes((ENGLISH / "corpus" / name).read_bytes())
    (tmp_path / "a.tsv").write_text(f"{row}\n", encoding="utf-8")
    with pytest.raises(BadContent, match=slip):
        read_corpus(tmp_path)


def test_the_corpus_has_what_it_needs(corpus: Corpus) -> None:
    """At least 6,000 messages, half of them with a flag, a good part of those indirect."""
    flagged = [message for message in corpus.messages if message.flags]
    assert len(corpus.messages) >= 6000
    assert 0.4 <= len(flagged) / len(corpus.messages) <= 0.6
    assert sum(message.kind == "indirect" for message in flagged) >= 0.4 * len(flagged)
    assert len(corpus.personas) >= 160


def test_no_hint_is_a_word_of_ordinary_chat_that_nobody_says_of_its_flag(corpus: Corpus) -> None:
    """What at least three people say in chat must be said by somebody who tells of the flag."""
    raw = tomllib.loads((ENGLISH / "lexicon.toml").read_text(encoding="utf-8"))
    said: dict[str, set[str]] = {}  # by word: who says it in chat
    told: dict[str, set[str]] = {}  # by word: the questions of which it is said
    for message in corpus.messages:
        for word in split(message.text).words:
            if message.kind == "chat":
                said.setdefault(word, set()).add(message.persona)
            for flag in message.flags:
                told.setdefault(word, set()).update(corpus.questions[flag])
    for rule in raw["rules"]:
        for hint in raw["concepts"][rule["all"][0]] if rule.get("hint") else ():
            heard = rule["question"] in told.get(hint, ())
            assert heard or len(said.get(hint, ())) < 3, (rule["id"], hint)
