"""What the bot itself says and offers never sounds like a red flag when somebody repeats it."""

from flows.book import Book
from flows.guard import Tier, read

# Buttons that are meant as red flags, and answers that tell of one.
MEANT = {"flag", "happening", "known", "known.confirm", "look", "doubt.look", "suspicion.flag"}


def test_no_label_trips_the_guard(book: Book) -> None:
    labels = {key: label for key, label in book.labels.items() if key not in MEANT}
    labels |= {id: technique.name for id, technique in book.techniques.items()}
    labels |= {**book.areas, **book.tools, **book.positions, **book.commands}
    tiers = {key: read(said, book.lexicon).tier for key, said in labels.items()}
    assert {key: tier for key, tier in tiers.items() if tier > Tier.CHECK} == {}


def test_no_instruction_raises_the_alarm(book: Book) -> None:
    steps = [step.say for t in book.techniques.values() for step in t.steps]
    alerts = [said for said in steps if read(said, book.lexicon).tier is Tier.ALERT]
    assert alerts == []


def test_no_known_question_raises_the_alarm(book: Book) -> None:
    answers = [said for key, said in book.notices.items() if key.startswith("faq.")]
    assert len(answers) >= 60
    assert [said for said in answers if read(said, book.lexicon).tier is Tier.ALERT] == []
