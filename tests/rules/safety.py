"""What holds in every conversation: each rule looks at one thing that can happen.

A rule is a function of an arc, or of a chat and its screen; it asserts.  The numbers are
those of the promises in the design.  `test_safety.py` puts them to every reachable chat,
and `mutants.py` puts them to tables with a row or a guard missing.
"""

from dataclasses import replace

from flows import Chat, State
from flows.book import Book
from flows.chat import OPENS, UNSETTLED, Course, Disposition
from flows.course import LOCKING, current, outdated, over, passed, sequence, unfinished
from flows.events import ALWAYS_HEARD, CLOCK
from flows.explore import Arc
from flows.states import ASKING, CONSENTED, EVERYWHERE, GUIDED, UNCONSENTED, WALKING
from tests.rules.left_alone import CAME_BACK, asks_of_another, is_left_alone


def nothing_is_shown_before_the_screening(arc: Arc, book: Book) -> None:
    """Promise 1."""
    after = arc.outcome.chat
    if after.state in GUIDED:
        assert passed(after, after.now, book)
        assert after.now <= after.gated_until
    if arc.chat.state not in GUIDED and after.state in GUIDED:
        comes_from = (State.GATE, State.PASSED, State.FINISHED)
        assert arc.chat.state in comes_from
        assert after.gated_until > after.now


def the_guide_opens_only_at_the_end_of_a_course(arc: Arc, book: Book) -> None:
    """Promise 1: only a whole screening without a finding makes a chat screened, or gated."""
    before, after = arc.chat, arc.outcome.chat
    if after.screened_at and not before.screened_at:
        assert before.state is State.SCREENING
        assert not before.follow_ups or before.follow_ups[1:] == ()
        assert after.found < LOCKING
        assert arc.event.name in ("no", "unsure", "yes", "none", "done", "rate")
        assert after.lock is None
        end = len(book.screening)
        assert before.at >= end - 1 or before.course is Course.REOPEN
        if before.course is Course.AFRESH:
            assert before.at >= len(sequence(before, book)) - 1
    if after.gated_until > after.now and before.gated_until < before.now:
        assert before.state in (State.GATE, State.SCREENING)


def a_red_flag_is_heard_everywhere(arc: Arc, book: Book) -> None:
    """Promise 2: by button, in words, and late; consent and running holds do not matter."""
    event, after = arc.event, arc.outcome.chat
    question = book.questions.get(event.value)
    if event.name not in ("flag", "happening") or (event.name == "flag" and not question):
        return
    if arc.chat.state in UNCONSENTED:
        assert after.state is State.WARNED
        return
    assert after.lock is not None
    assert after.hold_until == 0
    if event.name == "happening":
        assert after.lock.disposition is Disposition.EMERGENCY
        assert after.state is State.REFERRED
    elif question:
        assert after.lock.disposition >= question.disposition
        assert event.value in after.lock.rules
        asks_more = after.state is State.SCREENING and after.follow_ups
        assert after.state is State.REFERRED or asks_more
        assert not after.pages or asks_of_another(after)


def a_late_yes_is_a_red_flag(arc: Arc, book: Book) -> None:
    """Promise 2: also from a button under an old question."""
    event, before, after = arc.event, arc.chat, arc.outcome.chat
    question = book.questions.get(event.value)
    old = event.name == "yes" and event.turn is not None and event.turn < before.turn
    if old and question and question.disposition >= LOCKING and before.state in CONSENTED:
        assert after.lock is not None
        assert event.value in after.lock.rules


def an_emergency_answer_is_the_last(arc: Arc, book: Book) -> None:
    """Evidence, section 7 (1): yes or not sure gives the emergency screen as the next one."""
    event, before, after = arc.event, arc.chat, arc.outcome.chat
    question = book.questions.get(event.value)
    asked = before.state in (State.SCREENING, State.GATE) and event.turn == before.turn
    if asked and question and event.name in ("yes", "unsure"):
        if question.disposition is Disposition.EMERGENCY:
            assert after.state is State.REFERRED
            assert after.lock
            assert after.lock.disposition is Disposition.EMERGENCY
            assert question.id in after.lock.rules
        elif question.disposition >= LOCKING:
            assert after.lock
            assert after.lock.disposition >= question.disposition


def the_worst_answer_wins(arc: Arc, book: Book) -> None:
    """Promise 3: only two deliberate taps about something old, or a reopening, make it milder."""
    before, after = arc.chat.lock, arc.outcome.chat.lock
    if not before or arc.outcome.chat.state is State.ERASED:
        return
    if after is None:
        assert arc.chat.course in (Course.REOPEN, Course.AFRESH)
        assert arc.chat.state is State.SCREENING
        assert arc.outcome.chat.screened_at
        return
    if after.disposition < before.disposition:
        assert arc.chat.state is State.KNOWN
        assert arc.event.name == "confirm"
        assert after.disposition is Disposition.URGENT
        assert after.examined
        old = [book.questions[rule] for rule in before.rules if rule in book.questions]
        assert all(q.may_be_known for q in old if q.disposition is Disposition.EMERGENCY)
    assert set(before.rules) <= set(after.rules)


def nothing_opens_on_an_answer_of_long_ago(arc: Arc, book: Book) -> None:
    """Promise 3: what was answered half a day ago is not an answer now."""
    before, after = arc.chat, arc.outcome.chat
    if before.state in ASKING and after.gated_until > before.gated_until and before.at:
        assert arc.event.at - before.begun_at < book.numbers.answer_hours * 3_600


def an_answer_gets_older_and_never_younger(arc: Arc, book: Book) -> None:
    """It is known since when the first of them counts; the clock gives none."""
    before, after = arc.chat, arc.outcome.chat
    if not after.at or over(after, book) or not (after.state is State.GATE or unfinished(after)):
        return
    if not before.at:
        assert after.begun_at == arc.event.at
    elif after.course is before.course:
        assert after.begun_at == before.begun_at
    else:  # a sign was told, after which nothing else is left to ask; or a lock does not open
        assert after.lock
        assert after.begun_at in (before.begun_at, arc.event.at)


def who_comes_back_late_begins_anew(arc: Arc, book: Book) -> None:
    """Promise 3: what was found is kept; a notice, and what closes the guide, goes first."""
    before, after, at = arc.chat, arc.outcome.chat, arc.event.at
    if arc.event.name in CLOCK or not outdated(before, at, book):
        return
    if after.state in ASKING and not after.pages:
        assert not outdated(after, at, book) or arc.outcome.notice
    if arc.outcome.notice == "been_a_while":
        assert after.at == 0
        assert after.lock == before.lock or arc.outcome.said == "answer"
        assert set(before.cautions) <= set(after.cautions)
        assert not after.lock or after.course in OPENS or after.found == after.lock.disposition
    ticked = {id for id in before.toggled if id in book.questions} - {arc.event.value}
    grave = {id for id in ticked if book.questions[id].disposition >= LOCKING}
    if arc.outcome.notice in CAME_BACK:  # what was ticked and not sent is told all the same
        assert grave <= {*(after.lock.rules if after.lock else ())}
        assert ticked <= grave.union(after.cautions)


def going_back_takes_no_sign_away(arc: Arc, book: Book) -> None:
    """Promise 3: neither one that was told, nor one that is ticked and not sent."""
    before, after = arc.chat, arc.outcome.chat
    if arc.outcome.said == "back" and before.state in ASKING and not before.pages:
        ticked = {id for id in before.toggled if id in book.questions}
        locking = after.lock.rules if after.lock else ()
        assert ticked <= {*after.toggled, *after.cautions, *locking}
        assert after.found >= before.found or arc.outcome.notice in CAME_BACK


def a_lock_holds(arc: Arc, book: Book) -> None:
    """Promises 4 and 5: a locked chat is nowhere near a technique and wants no alarm."""
    after = arc.outcome.chat
    if after.lock:
        assert after.state not in GUIDED
        assert after.state in (  # and so never "home", where sessions start
            State.REFERRED, State.KNOWN, State.VOUCHING, State.MISREAD, State.SCREENING, State.GATE,
            State.ERASING,
        )  # fmt: skip
        assert {alarm.kind for alarm in arc.alarms} <= {"seen", "fade"}
        assert after.screened_at == 0
        assert after.told == ()


def a_lock_opens_only_after_a_day(arc: Arc, book: Book) -> None:
    """Promise 4: EMERGENCY and URGENT not within 24 hours, and only by a clinician's word."""
    before, after = arc.chat, arc.outcome.chat
    if after.course is Course.REOPEN and before.course is not Course.REOPEN:
        assert before.state is State.VOUCHING
        assert arc.event.name == "confirm"
        assert before.lock
        age = after.now - before.lock.since
        assert before.lock.disposition is Disposition.CLINICIAN or age >= 24 * 3_600


def only_words_alone_can_be_misread(arc: Arc, book: Book) -> None:
    """Promise 3: what a button said, before or after, is never taken back."""
    before, after, said = arc.chat.lock, arc.outcome.chat.lock, arc.event
    if after and after.words and after != before:
        assert said.name == "text"
        assert before is None or before.words
        read = " ".join(after.words).split()
        known = " ".join(before.words).split() if before else []
        assert set(read) <= {*said.value.split(), *known}
    if said.name == "misread" and arc.outcome.heard:
        assert before
        assert before.words
        assert arc.outcome.chat == arc.chat.but(state=State.MISREAD, now=said.at)


def what_was_misread_is_asked_outright_under_the_lock(arc: Arc, book: Book) -> None:
    """Promises 3 and 4: two taps lead to the closed question and a full screening, no further."""
    before, after = arc.chat, arc.outcome.chat
    begins = after.course is Course.AFRESH and before.course is not Course.AFRESH
    confirms = before.state is State.MISREAD and arc.event.name == "confirm" and arc.outcome.heard
    confirms = confirms and before.consent == book.consent  # else that is asked for first
    assert begins == confirms
    if confirms and before.lock:
        assert after.state is State.SCREENING
        assert after.lock == replace(before.lock, words=())
        assert set(before.lock.rules) <= {
            q for id in sequence(after, book) for q in _led_to(id, book)
        }
        assert before.lock.rules[0] in _led_to(current(after, book), book)
        assert [r.what for r in arc.outcome.records] == ["misread"]


def _led_to(id: str, book: Book) -> tuple[str, ...]:
    """The question *id*, and those that follow from it."""
    return (id, *book.questions[id].follow_ups) if id in book.questions else ()


def a_lock_comes_down_with_its_reason(arc: Arc, book: Book) -> None:
    """What fired is kept, with the edition, and is in the log."""
    before, after = arc.chat.lock, arc.outcome.chat.lock
    if after and after != before and after.rules:
        assert after.edition
        assert after.since <= arc.outcome.chat.now
        assert any(r.what in ("locked", "statement", "misread") for r in arc.outcome.records)


def sharp_pain_stops_at_once(arc: Arc, book: Book) -> None:
    """Promise 6: from every screen of a walkthrough, and from an old message of it.

    A question that is to be settled first stays, and tells them to take the weight off.
    """
    before, after = arc.chat, arc.outcome.chat
    if arc.is_stale:  # half a day later nothing is being done any more
        return
    if arc.event.name == "sharp" and before.state in WALKING:
        assert after.state is (State.ENDED if before.sharps else State.HURT)
        assert after.hold_until == 0
        assert after.pages == tuple(page for page in before.pages if page in UNSETTLED)
        assert (after.rested == before.technique) == (before.sharps > 0)


def what_is_always_in_reach(arc: Arc, book: Book) -> None:
    """Promise 7: from every state, home, help, emergency and stop."""
    before, after, name = arc.chat, arc.outcome.chat, arc.event.name
    if before.state not in EVERYWHERE or arc.is_stale:
        return
    if name == "command":
        assert arc.outcome.heard, f"/{arc.event.value} is not heard in {before.state}"
        match arc.event.value:
            case "stop" if before.state in WALKING:
                assert after.state is State.STOPPED
            case "home" if before.state in CONSENTED:
                assert after.state is (State.REFERRED if before.lock else State.HOME)
            case "emergency":
                assert after.page == "emergency"
                assert after.hold_until == 0
    if name == "emergency":
        assert after.page == "emergency"


def junk_changes_nothing(arc: Arc, book: Book) -> None:
    """Promise 7."""
    if arc.event.name == "unknown":
        late = arc.outcome.notice in ("expired", *CAME_BACK)
        assert late or _is_left_alone(arc, book)
        assert not arc.outcome.records or arc.outcome.notice in CAME_BACK


def a_turn_counts_by_one(arc: Arc, book: Book) -> None:
    """Promise 8: what is heard takes one turn, what is not heard takes none."""
    before, after = arc.chat, arc.outcome.chat
    if arc.outcome.heard:
        assert after.turn == before.turn + 1
    else:
        assert _is_left_alone(arc, book)


def _is_left_alone(arc: Arc, book: Book) -> bool:
    return is_left_alone(arc.chat, arc.event, arc.outcome, book)


def an_old_button_is_not_heard(arc: Arc, book: Book) -> None:
    """Promise 8: but for what must always be heard."""
    event = arc.event
    old = event.turn is not None and event.turn != arc.chat.turn
    if old and event.name not in ALWAYS_HEARD | CLOCK:
        assert not arc.outcome.heard or _is_left_alone(arc, book)


def nothing_about_health_before_consent(arc: Arc, book: Book) -> None:
    """Promise 10."""
    after = arc.outcome.chat
    if after.state in UNCONSENTED:
        kept = Chat(
            state=after.state, language=after.language, country=after.country, pages=after.pages,
            topic=after.topic, now=after.now,
        )  # fmt: skip
        assert after == kept
        assert not arc.outcome.records


def a_hold_runs_only_while_holding(arc: Arc, book: Book) -> None:
    after = arc.outcome.chat
    assert (after.hold_until > 0) == (after.state is State.HOLDING)
    kinds = {alarm.kind for alarm in arc.alarms}
    assert ("hold_over" in kinds) == (after.state is State.HOLDING and not after.lock)


def every_button_is_heard(arc: Arc, book: Book) -> None:
    if arc.event.turn == arc.chat.turn and arc.event.name not in CLOCK:
        assert arc.outcome.heard, f"{arc.event} in {arc.chat.state}"
