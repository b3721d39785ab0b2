"""Content may change under a chat: rules close what they opened, words do not."""

from dataclasses import replace

import pytest

from flows import Chat, Event, State, screen, step
from flows.book import Book
from flows.chat import Course, Disposition, Lock
from flows.packed import unpack
from flows.plan import Plan
from flows.reminders.reminder import Reminder
from flows.reminders.rule import Rule
from flows.states import GUIDED
from tests.players import NOON, CorePlayer
from tests.transcript import TRANSCRIPTS, named, play

LATER = NOON + 60


def walking(book: Book, state: State) -> Chat:
    return Chat(
        state=state, screened_at=NOON, edition=book.edition, gated_until=NOON + 3_600, now=NOON,
        area="glutes", tool="tennis_ball", technique="glutes_ball_floor", turn=9,
        hold_until=NOON + 25 if state is State.HOLDING else 0,
    )  # fmt: skip


@pytest.fixture
def changed(book: Book) -> Book:
    return replace(book, edition="another")


@pytest.mark.parametrize("state", GUIDED)
def test_a_walkthrough_does_not_go_on_under_other_rules(
    book: Book, changed: Book, state: State
) -> None:
    chat = walking(book, state)
    shown = screen(chat, changed)
    assert shown.text.startswith(book.notices["expired"])
    assert book.techniques["glutes_ball_floor"].steps[0].say not in shown.text
    outcome = step(chat, Event("next", turn=chat.turn, at=LATER), changed)
    assert outcome.chat.state is State.HOME
    assert outcome.notice == "expired"


def test_a_red_flag_is_heard_all_the_same(book: Book, changed: Book) -> None:
    chat = walking(book, State.HOLDING)
    after = step(chat, Event("text", "i cant feel when i wipe", at=LATER), changed).chat
    assert after.state is State.REFERRED
    assert after.lock
    assert after.lock.disposition is Disposition.EMERGENCY


def test_a_screening_begins_again_under_other_rules(book: Book, changed: Book) -> None:
    chat = Chat(state=State.SCREENING, at=12, edition=book.edition, now=NOON, turn=9)
    assert "Question 1 of" in screen(chat, changed).text
    outcome = step(chat, Event("no", "E08", chat.turn, LATER), changed)
    assert outcome.chat.at == 0
    assert outcome.chat.edition == changed.edition


def test_answers_whose_age_an_older_row_does_not_know_are_asked_again(book: Book) -> None:
    kept = {"state": "screening", "at": 12, "edition": book.edition, "now": NOON, "turn": 9}
    chat = unpack(kept)
    outcome = step(chat, Event("no", "E09", chat.turn, LATER), book)
    assert (outcome.chat.state, outcome.chat.at) == (State.SCREENING, 0)
    assert outcome.notice == "been_a_while"


def test_a_lock_holds_under_other_rules(book: Book, changed: Book) -> None:
    lock = Lock(Disposition.EMERGENCY, NOON, ("E05", "a rule that is gone"), book.edition)
    chat = Chat(state=State.REFERRED, lock=lock, at=99, now=NOON, turn=9)
    for command in ("start", "home", "session", "screen"):
        after = step(chat, Event("command", command, at=LATER), changed).chat
        assert after.state is State.REFERRED
        assert after.lock == lock


@pytest.mark.parametrize(
    ("age", "state"), [(14 * 86_400, State.GATE), (14 * 86_400 + 1, State.SCREENING)]
)
def test_a_screening_counts_for_fourteen_days(book: Book, age: int, state: State) -> None:
    chat = Chat(
        state=State.HOME, screened_at=NOON, edition=book.edition, now=NOON, turn=9,
        consent=book.consent,
    )  # fmt: skip
    assert step(chat, Event("command", "session", at=NOON + age), book).chat.state is state


@pytest.mark.parametrize(("age", "state"), [(86_399, State.REFERRED), (86_400, State.VOUCHING)])
def test_an_emergency_stays_locked_for_a_day(book: Book, age: int, state: State) -> None:
    lock = Lock(Disposition.EMERGENCY, NOON, ("E05",), book.edition)
    chat = Chat(state=State.REFERRED, lock=lock, at=99, now=NOON, turn=9)
    assert step(chat, Event("vouch", turn=9, at=NOON + age), book).chat.state is state


@pytest.mark.parametrize(("late", "state"), [(15, State.CHECKING), (16, State.INTERRUPTED)])
def test_a_hold_that_ends_late_was_interrupted(book: Book, late: int, state: State) -> None:
    chat = walking(book, State.HOLDING).but(hold_turn=9)
    event = Event("hold_over", str(late), 9, chat.hold_until + late)
    assert step(chat, event, book).chat.state is state


@pytest.fixture
def smaller(book: Book) -> Book:
    """*book* once E09b and K03 are taken out of it."""
    questions = {id: question for id, question in book.questions.items() if id != "E09b"}
    questions["E09"] = replace(questions["E09"], follow_ups=())
    conditions = {id: condition for id, condition in book.conditions.items() if id != "K03"}
    lists = {
        name: replace(one, items=tuple(item for item in one.items if item != "K03"))
        for name, one in book.checklists.items()
    }
    return replace(
        book, edition="another", questions=questions, conditions=conditions, checklists=lists
    )


GONE = [
    Chat(state=State.HOME, at=26, follow_ups=("K03",), conditions=("K03",)),
    Chat(state=State.HOME, pages=("suspicion",), suspected="E09b"),
    Chat(state=State.HOME, pages=("suspicion",), suspected="E09", suspects=("E09b",)),
    Chat(state=State.HOME, pages=("topic",), topic="gone"),
    Chat(state=State.HOME, pages=("region", "help"), topic="gone"),
    Chat(state=State.HOME, pages=("a page that is gone",)),
    Chat(state=State.SCREENING, at=26, conditions=("K03",), toggled=("K03",)),
    Chat(state=State.HOME, cautions=("gone",), plan=Plan(NOON, 5, away=("gone",))),
    *(
        Chat(
            state=state, course=course, at=6, follow_ups=("E09b",),
            lock=Lock(Disposition.URGENT, NOON, ("E09",), "before"),
        )
        for state, course in (
            (State.REFERRED, Course.FULL), (State.SCREENING, Course.FULL),
            (State.GATE, Course.GATE),
        )
    ),
]  # fmt: skip


@pytest.mark.parametrize("chat", GONE, ids=lambda chat: f"{chat.state.value} {chat.page}")
def test_what_is_gone_from_the_book_keeps_nobody_from_help(smaller: Book, chat: Chat) -> None:
    chat = chat.but(edition="before", consent=smaller.consent, now=NOON, turn=9)
    assert screen(chat, smaller).text
    for said in ("start", "home", "session", "screen", "help", "emergency", "erase"):
        after = step(chat, Event("command", said, at=LATER), smaller).chat
        assert screen(after, smaller).text
    after = step(chat, Event("text", "i cant feel when i wipe", at=LATER), smaller).chat
    assert (after.state, after.lock and after.lock.disposition) == (
        State.REFERRED, Disposition.EMERGENCY,
    )  # fmt: skip


def test_a_condition_that_is_gone_is_not_ticked_any_more(smaller: Book) -> None:
    before = len(smaller.screening) - 2  # two lists are left
    chat = Chat(
        state=State.SCREENING, at=before, edition=smaller.edition, conditions=("K03",), now=NOON,
        turn=9, consent=smaller.consent, begun_at=NOON,
    )  # fmt: skip
    for turn in (9, 10):
        chat = step(chat, Event("none", turn=turn, at=LATER), smaller).chat
    assert chat.state is State.PASSED


def test_a_gate_whose_question_is_gone_leads_to_care(smaller: Book) -> None:
    chat = GONE[-1].but(edition="before", consent=smaller.consent, now=NOON, turn=9)
    after = step(chat, Event("yes", "E09b", 9, LATER), smaller)
    assert (after.chat.state, after.notice) == (State.REFERRED, "expired")
    assert (after.chat.course, after.chat.follow_ups) == (Course.FULL, ())


def test_seven_is_severe(book: Book) -> None:
    chat = walking(book, State.RATING)
    for pain in range(11):
        after = step(chat, Event("rate", str(pain), 9, LATER), book).chat
        assert (after.lock is not None) == (pain >= 7)


def test_other_words_of_consent_are_agreed_to_before_anything_new_begins(book: Book) -> None:
    chat = Chat(
        state=State.HOME, screened_at=NOON, edition=book.edition, now=NOON, turn=9,
        consent=book.consent,
    )  # fmt: skip
    other = replace(book, consent=book.consent + 1)
    for said in ("session", "screen"):
        asked = step(chat, Event("command", said, at=LATER), other).chat
        assert (asked.state, asked.page) == (State.HOME, "consent")
    agreed = step(asked, Event("agree", turn=asked.turn, at=LATER), other)
    assert (agreed.chat.consent, agreed.chat.page) == (other.consent, "")
    assert [(record.what, record.about) for record in agreed.records] == [
        ("consented", str(other.consent))
    ]
    assert step(agreed.chat, Event("command", "session", at=LATER), other).chat.state is State.GATE


@pytest.mark.parametrize(("said", "state"), [("screen", State.HOLDING), ("session", State.RATING)])
def test_what_is_left_for_them_is_left_whole(book: Book, said: str, state: State) -> None:
    other = replace(book, consent=book.consent + 1)
    asked = step(walking(book, state), Event("command", said, at=LATER), other).chat
    assert (asked.state, asked.page) == (State.HOME, "consent")
    assert (asked.technique, asked.hold_until, asked.gated_until) == ("", 0, 0)


def test_under_a_lock_they_are_not_asked_for_to_be_reminded(book: Book) -> None:
    lock = Lock(Disposition.CLINICIAN, NOON, ("C07",), book.edition)
    chat = Chat(
        state=State.SCREENING, lock=lock, at=3, edition=book.edition, now=NOON, turn=9,
        consent=book.consent,
    )  # fmt: skip
    other = replace(book, consent=book.consent + 1)
    outcome = step(chat, Event("text", "remind me", at=LATER), other)
    assert (outcome.chat.page, outcome.notice) == ("", "no_reminders")


SETTING = (
    Event("zone", "Europe/Paris", 9, LATER),
    Event("city", "Europe/Paris", 9, LATER),
    Event("at", "480", 9, LATER),
    Event("every", "2", 9, LATER),
    Event("quiet", "1320-480", 9, LATER),
    Event("turn_on", "", 9, LATER),
    Event("text", "every monday", at=LATER),
)


@pytest.mark.parametrize("said", SETTING, ids=lambda said: said.name)
def test_reminders_that_come_already_follow_what_is_said(book: Book, said: Event) -> None:
    rule = Rule("Etc/UTC", 19 * 60, every=2)
    chat = Chat(
        state=State.HOME, now=NOON, turn=9, consent=book.consent,
        reminder=Reminder(rule, NOON, silent=True),
    )  # fmt: skip
    other = replace(book, consent=book.consent + 1)
    assert step(chat, said, other).chat.page == "reminders"
    off = chat.but(reminder=Reminder(rule.but(on=False), NOON))
    assert step(off, said, other).chat.page == "consent"


@pytest.mark.parametrize("said", SETTING, ids=lambda said: said.name)
def test_under_a_lock_what_is_asked_is_not_covered_by_them(book: Book, said: Event) -> None:
    lock = Lock(Disposition.CLINICIAN, NOON, ("C07",), book.edition)
    chat = Chat(
        state=State.SCREENING, lock=lock, at=3, edition=book.edition, now=NOON, turn=9,
        consent=book.consent, reminder=Reminder(Rule("Etc/UTC", 19 * 60, on=False), NOON),
    )  # fmt: skip
    assert step(chat, said, replace(book, consent=book.consent + 1)).chat.page == ""


def test_a_session_that_has_begun_is_not_broken_off_by_them(book: Book) -> None:
    other = replace(book, consent=book.consent + 1)
    walk = walking(book, State.HOLDING)
    for said in ("session", "next"):
        after = step(walk, Event("command", said, at=LATER), other).chat
        assert after.state is State.HOLDING


async def test_what_was_answered_long_ago_is_in_the_log_though_it_is_asked_again(
    core: CorePlayer,
) -> None:
    await play(named(TRANSCRIPTS[0], "consent is given"), core)
    for _ in range(6):
        await core.presses("No", "")
    await core.waits(3 * 86_400)
    await core.presses("No", "")
    kept = [record.about for record in core.records if record.what == "answers"]
    assert kept == ["E01a=no E01b=no E01c=no E02a=no E02b=no E03=no"]
    assert core.chat.at == 0


async def test_the_next_part_of_the_plan_is_not_begun_when_the_gate_is_over(
    core: CorePlayer,
) -> None:
    """Nor where the clock has not said so yet."""
    await play(named(TRANSCRIPTS[0], "a hold begins"), core)
    for said in ("skip", "next", "enough", "3", "better"):
        await core.says(said)
    core.take(Event("today", "", core.chat.turn, core.chat.gated_until + 1))
    assert core.chat.state is State.FINISHED
