"""Where each thing that is said leads: what the table says, said once more in other words."""

from flows import Chat, State, alarms, course, offer
from flows.book import Book
from flows.chains import waiting
from flows.chat import OPENS, UNSETTLED, Course, Disposition
from flows.course import LOCKING, potential
from flows.events import AWAITED, CLOCK
from flows.explore import Arc
from flows.reminders.reminder import answered
from flows.states import ASKING, CONSENTED, GUIDED, SESSION, UNCONSENTED, WALKING
from flows.worries import CHECKED
from tests.rules.left_alone import CAME_BACK, asks_of_another, is_left_alone

PAGES = ("help", "privacy", "export", "settings", "language", "learn")  # that a command opens
DOUBTS = {"i had cancer years ago": "U05", "my leg feels weak": "E09"}  # are asked about, no more
SOUNDS = "the leg betrays me, it goes down"  # is checked: it only sounds like something
ANSWERS = ("yes", "no", "unsure", "decline", "rate", "none", "done")


def _is_timely(arc: Arc, book: Book) -> bool:
    return arc.outcome.heard and not arc.is_stale


def _begins_anew(arc: Arc) -> bool:
    """Whether all is asked again, since the answers that were kept are too old to count."""
    return arc.outcome.notice in CAME_BACK


def _is_answer(arc: Arc) -> bool:
    """Whether a button is pressed, in time, that answers what is being asked."""
    same = arc.outcome.chat.lock == arc.chat.lock and not course.follows(arc.chat, arc.book)
    if _begins_anew(arc) and same:  # it came too late to be one
        return False
    asked = arc.chat.state in ASKING and arc.event.turn == arc.chat.turn
    return asked and not arc.chat.pages and arc.event.name in ANSWERS


def _is_told_to_go(chat: Chat) -> bool:
    """Whether the guide is closed for an emergency: then nothing else is asked."""
    return chat.lock is not None and chat.lock.disposition is Disposition.EMERGENCY


def _was_there(chat: Chat) -> Chat:
    """*chat* once its person has said anything: no reminder is unanswered any more."""
    return chat.but(reminder=answered(chat.reminder)) if chat.reminder else chat


# Pages, and leaving


def a_command_opens_its_page_everywhere(arc: Arc, book: Book) -> None:
    """Promise 7: whatever is going on, and nothing underneath moves."""
    if arc.event.name == "command" and arc.event.value in PAGES and _is_timely(arc, book):
        after = arc.outcome.chat
        assert after.page == arc.event.value
        assert after.but(pages=(), now=0) == _was_there(arc.chat).but(pages=(), now=0)


def a_command_that_leads_elsewhere_closes_every_page(arc: Arc, book: Book) -> None:
    leads = arc.event.name == "command" and arc.event.value in (
        "start", "home", "session", "screen", "stop",
    )  # fmt: skip
    ends = arc.event.name in CLOCK - AWAITED  # a reminder is itself a page
    asks = arc.outcome.chat.state is State.CHECK_IN is not arc.chat.state
    keeps = asks or arc.event.name == "time_out"  # what is to be settled first stands there still
    if (leads or ends or asks) and _is_timely(arc, book):
        asked = arc.outcome.chat.pages == ("consent",) and arc.chat.consent != book.consent
        plan = arc.chat.plan
        news = plan is not None and bool(plan.why) and not plan.told  # is shown first
        told = news and arc.outcome.chat.pages == ("plan",)
        first = tuple(page for page in arc.chat.pages if keeps and page in UNSETTLED)
        assert asked or told or arc.outcome.chat.pages == first


def a_command_loses_nothing_of_what_it_comes_back_to(arc: Arc, book: Book) -> None:
    """/session in a session, /start at a question, /stop where there is nothing to stop."""
    before, after, said = arc.chat, arc.outcome.chat, arc.event.value
    if arc.event.name != "command" or not _is_timely(arc, book) or _begins_anew(arc):
        return
    stays = (
        (said == "session" and before.state in (State.GATE, *GUIDED))
        or (said in ("start", "session", "screen") and before.state is State.SCREENING)
        or (said == "start" and before.state is State.GATE)
        or (said in ("session", "screen", "stop") and before.state in UNCONSENTED)
        or (said == "start" and before.state in (State.AGE, State.CONSENT, State.DECLINED))
        or (said == "stop" and before.state in (State.STOPPED, State.REFERRED))
    )
    if stays and not before.is_unsettled:
        forgotten = {"pages": (), "topic": "", "span": "", "suspected": "", "now": 0}
        assert after.but(**forgotten) == _was_there(before).but(**forgotten)


def what_was_to_be_settled_first_is_not_left_open(arc: Arc, book: Book) -> None:
    """Whether a sign is there, or a condition: who leaves that is asked all of it again."""
    before, after = arc.chat, arc.outcome.chat
    if not before.is_unsettled or arc.is_stale or arc.event.name != "command":
        return
    if arc.event.value in ("start", "home", "session", "screen", "stop"):
        assert after.lock or after.screened_at == 0
        assert after.lock or after.state in (State.HOME, State.SCREENING, State.STOPPED)


def a_no_to_a_sign_leads_on_to_the_one_that_waits(arc: Arc, book: Book) -> None:
    """Wherever somebody is.  What is not about them is not asked about to its end."""
    before, after, said = arc.chat, arc.outcome.chat, arc.event.name
    denied = said in ("not_so", "not_about_me") and arc.event.turn == before.turn
    chains = (chain.asks for chain in book.lexicon.chains if before.suspected in chain.asks)
    same = next(chains, ()) if said == "not_about_me" else ()
    waiting = [id for id in before.suspects if id not in same]
    if denied and before.page == "suspicion" and waiting and _is_timely(arc, book):
        assert (after.page, after.suspected) == ("suspicion", waiting[0])


def a_command_leads_as_far_as_the_chat_has_come(arc: Arc, book: Book) -> None:
    """Promises 1 and 4: to care under a lock, to the questions without a full screening."""
    before, after, said = arc.chat, arc.outcome.chat, arc.event.value
    stays = before.state is State.GATE and said in ("start", "session")
    standing = stays or before.state in (State.SCREENING, *GUIDED, *UNCONSENTED)
    if arc.event.name != "command" or standing or not _is_timely(arc, book):
        return
    if before.is_unsettled and not before.lock:
        return  # see above
    if before.lock and said in ("start", "home", "session", "screen"):
        assert after.state is State.REFERRED
    elif said in ("session", "screen") and before.consent != book.consent:
        assert (after.state, after.page) == (State.HOME, "consent")
    elif arc.outcome.notice == "ticked_then":
        assert after.lock
    elif said == "screen" or (said == "session" and not course.passed(before, after.now, book)):
        assert after.state is State.SCREENING
        assert (after.at, after.edition) == (
            before.at if course.unfinished(before) and not _begins_anew(arc) else 0,
            book.edition,
        )
    elif said == "session" and course.unfinished(before):
        assert after.state is State.SCREENING
    elif said == "session" and not offer.offered(before.but(rested="", minutes=0), book):
        assert after.state is State.NOTHING_FITS
        assert after.technique == ""
    elif said == "session" and offer.is_enough(before, after.now, book):
        assert after.state is State.HOME
    elif said == "session":
        gated = before.state is State.PASSED and after.now <= before.gated_until
        assert after.state is (State.AREA if gated else State.GATE)


def the_beginning_is_one_command_away_before_consent(arc: Arc, book: Book) -> None:
    if arc.chat.state in UNCONSENTED and arc.event.name == "command" and arc.event.value == "home":
        assert arc.outcome.chat.state is State.NEW


def nothing_is_left_after_erasing(arc: Arc, book: Book) -> None:
    """Promise 10."""
    after = arc.outcome.chat
    said = arc.event.value if arc.event.name == "command" else arc.event.name
    if after.state is State.ERASED and said in ("erase", "confirm"):
        assert after == Chat(state=State.ERASED, language=after.language, now=after.now)


# Red flags and questions


def what_could_make_it_worse_is_asked_next(arc: Arc, book: Book) -> None:
    """Decision 2: from everywhere; all else that closes the guide leads to care at once."""
    before, event, after = arc.chat, arc.event, arc.outcome.chat
    late = event.name in ("yes", "unsure") and not _is_answer(arc)
    question = book.questions.get(event.value)
    if before.state not in CONSENTED or not (late or event.name == "flag"):
        return
    if question is None or question.disposition < LOCKING:
        return
    known = before.lock is not None and question.id in before.lock.rules
    if known:
        alone = is_left_alone(before, event, arc.outcome, book)
        assert not late or alone or _begins_anew(arc)
        assert late or after.state is State.REFERRED or _still_asks_what_follows(arc, question.id)
        return
    assert after.lock
    worse = [id for id in question.follow_ups if potential(id, book) > after.lock.disposition]
    if worse:
        assert after.state is State.SCREENING
        assert course.current(after, book) == worse[0]
    else:
        assert after.state is State.REFERRED
    assert after.pages == () or asks_of_another(after)


def _still_asks_what_follows(arc: Arc, id: str) -> bool:
    """Whether what follows from a yes to *id* was being asked, and still is, after other signs."""
    before, after = arc.chat, arc.outcome.chat
    if before.state is not State.SCREENING or not course.pending(before, arc.book):
        return False
    asked = course.current(before, arc.book)
    if asked not in arc.book.questions[id].follow_ups:
        return False
    assert (after.state, course.current(after, arc.book)) == (State.SCREENING, asked)
    assert {*waiting(before)} <= {*waiting(after)}
    assert after.pages == (("suspicion",) if waiting(after) else ())
    return True


def words_that_leave_a_doubt_are_asked_about(arc: Arc, book: Book) -> None:
    """Promise 2: and a hold does not run on meanwhile."""
    before, after = arc.chat, arc.outcome.chat
    if arc.event.name != "text" or arc.event.value not in DOUBTS:
        return
    if before.state in UNCONSENTED:
        assert after.page == "emergency"
    elif _is_told_to_go(before):
        assert (after.state, after.lock) == (State.REFERRED, before.lock)
    elif _still_asks_what_follows(arc, DOUBTS[arc.event.value]):
        return
    elif before.lock == after.lock:  # else it was the very question that is being asked
        assert after.page == "suspicion"
        assert DOUBTS[arc.event.value] in (after.suspected, *after.suspects)
        assert after.suspected in (DOUBTS[arc.event.value], before.suspected)
        assert after.state is not State.HOLDING


def words_that_sound_like_something_are_checked(arc: Arc, book: Book) -> None:
    """Promise 2: and a hold does not run on meanwhile; it is noted when it was asked about."""
    before, after = arc.chat, arc.outcome.chat
    if arc.event.name != "text" or arc.event.value != SOUNDS:
        return
    assert after.hold_until == 0
    if _is_told_to_go(before):
        assert (after.state, after.lock) == (State.REFERRED, before.lock)
        return
    if before.page in CHECKED and "add_note" not in before.pages:
        assert after.page == "worries", "there is more than one"
        return
    assert after.page == "doubt"
    noted = () if before.state in UNCONSENTED else (f"weakness:{arc.event.at}",)
    assert after.checked == noted


def an_answer_counts(arc: Arc, book: Book) -> None:
    before, after = arc.chat, arc.outcome.chat
    if not _is_answer(arc) or not _is_timely(arc, book):
        return
    if before.state is State.GATE and after.state is State.SCREENING:
        assert (after.at, after.course, after.screened_at) == (0, Course.FULL, 0)
        assert book.questions[arc.event.value].rescreens or arc.event.name == "rate"
        return
    asked = book.questions.get(course.current(before, book))
    yes = asked is not None and asked.rescreens and arc.event.name in ("yes", "unsure")
    assert not yes, "a yes that asks for the full screening has it asked"
    expected = course.answered(before, arc.event, book)
    for kept in ("conditions", "agreed", "places", "cautions", "pain"):
        assert getattr(after, kept) == getattr(expected, kept), kept
    declined = arc.event.name == "decline" and after.state is before.state
    assert (after.page == "card") == declined
    leads = (
        State.REFERRED if course.over(expected, book) and expected.lock
        else before.state if not course.over(expected, book)
        else None
    )  # fmt: skip
    if leads and before.course not in OPENS:
        assert after.state is leads


def an_answer_is_kept(arc: Arc, book: Book) -> None:
    """With the others, until there is a line of them in the log."""
    if not _is_answer(arc) or not _is_timely(arc, book):
        return
    after, logged = arc.outcome.chat, [r.about for r in arc.outcome.records if r.what == "answers"]
    kept = (*after.answers, *" ".join(logged).split())
    assert course.current(arc.chat, book) in {one.partition("=")[0] for one in kept}


def what_was_answered_is_written_down_with_a_lock(arc: Arc, book: Book) -> None:
    """With the day on which it was answered: afterwards nobody could tell."""
    whats = [record.what for record in arc.outcome.records]
    if "locked" in whats:
        assert not arc.outcome.chat.answers
        assert "answers" in whats or not arc.chat.answers or arc.is_stale


def when_nothing_fits_nothing_is_offered(arc: Arc, book: Book) -> None:
    after = arc.outcome.chat
    if after.state is State.NOTHING_FITS and arc.chat.state is not State.NOTHING_FITS:
        assert offer.offered(after.but(rested="", minutes=0), book) == ()
    if after.state is State.PASSED and arc.chat.state is not State.PASSED:
        assert offer.offered(after, book) != ()


# A session


def nothing_is_chosen_before_it_is_chosen(arc: Arc, book: Book) -> None:
    after = arc.outcome.chat
    if after.state in (State.AREA, State.SPOT, State.TOOL, State.HARDER):
        assert (after.tool, after.technique) == ("", "")


def a_walkthrough_goes_in_order(arc: Arc, book: Book) -> None:
    """Every step of a side, then the other side, then the rating."""
    before, after, name = arc.chat, arc.outcome.chat, arc.event.name
    if before.state not in WALKING or not _is_timely(arc, book):
        return
    total = len(offer.steps(book.techniques[before.technique], before, book))
    here, switching = before.place, before.state is State.SWITCHING
    went = (after.state, after.place, after.side, after.second)
    both = book.techniques[before.technique].minutes
    both_fit = before.minutes + both <= book.numbers.session_minutes
    match name:
        case "fine" | "next" | "skip" if switching or (here + 1 == total and before.second):
            assert after.state is State.RATING
        case "fine" | "next" | "skip" if here + 1 == total and not both_fit:
            assert after.state is State.RATING
        case "fine" | "next" | "skip" if here + 1 == total:
            assert went == (State.SWITCHING, here, before.side, False)
        case "fine" | "next" | "skip":
            assert went == (State.STEP, here + 1, before.side, before.second)
        case "back" if here == 0 and not switching:
            assert after.state is State.BRIEFING
        case "back":
            assert went == (State.STEP, here - (not switching), before.side, before.second)
        case "repeat" | "resume":
            assert went == (State.STEP, here, before.side, before.second)
        case "ease" | "pause" | "hold":
            stands = {"ease": State.EASED, "pause": State.PAUSED, "hold": State.HOLDING}[name]
            assert went == (stands, here, before.side, before.second)
        case "other_side":
            assert went == (State.STEP, 0, before.side.other, True)
    if after.state is State.RATING and name != "finish":
        assert after.minutes == before.minutes + (both if before.second else -(-both // 2))
        assert after.minutes <= book.numbers.session_minutes


def a_walkthrough_begins_at_its_first_step(arc: Arc, book: Book) -> None:
    before, after = arc.chat, arc.outcome.chat
    if before.state is State.BRIEFING and after.state is State.STEP:
        assert (after.place, after.second) == (0, False)
        assert after.side.value == arc.event.name


def a_hold_that_ran_out_in_time_is_checked(arc: Arc, book: Book) -> None:
    if arc.event.name == "hold_over" and _is_timely(arc, book):
        late = int(arc.event.value) > book.numbers.hold_grace
        assert arc.outcome.chat.state is (State.INTERRUPTED if late else State.CHECKING)


def the_clock_ends_a_session_that_was_left(arc: Arc, book: Book) -> None:
    """In silence; and what belonged to it is forgotten."""
    if arc.event.name == "time_out" and _is_timely(arc, book):
        after = arc.outcome.chat
        assert arc.outcome.silent
        assert after.state is State.HOME
        assert (after.gated_until, after.technique, after.hold_until) == (0, "", 0)


def an_alarm_of_the_past_is_not_heard(arc: Arc, book: Book) -> None:
    if arc.event.name in CLOCK and not arc.is_stale:
        wanted = {(alarm.kind, alarm.turn) for alarm in alarms(arc.chat)}
        assert arc.outcome.heard == ((arc.event.name, arc.event.turn) in wanted)


def another_technique_follows_only_within_the_gate(arc: Arc, book: Book) -> None:
    before, after = arc.chat, arc.outcome.chat
    if (
        before.state is State.FINISHED
        and after.state in SESSION
        and after.state is not before.state
    ):
        assert after.state is {"more": State.AREA, "today": State.BRIEFING}[arc.event.name]
        assert arc.event.at <= before.gated_until
        assert (after.rating, after.feeling) == (-1, "")


RECORDED = {  # where something matters: what is said there, where it leads, what is kept
    (State.BRIEFING, State.STEP): "started",
    (State.RATING, State.FEELING): "rated",
    (State.RATING, State.REFERRED): "rated",
    (State.FEELING, State.FINISHED): "finished",
    (State.GATE, State.AREA): "gated",
    (State.SCREENING, State.PASSED): "screened",
    (State.SCREENING, State.NOTHING_FITS): "screened",
    (State.VOUCHING, State.SCREENING): "vouched",
    (State.MISREAD, State.SCREENING): "misread",
    **{(state, State.STOPPED): "stopped" for state in WALKING},
    **{(state, State.HURT): "sharp" for state in WALKING},
    **{(state, State.ENDED): "sharp" for state in (*WALKING, State.RATING, State.FEELING)},
}


def what_matters_is_recorded(arc: Arc, book: Book) -> None:
    before, after, name = arc.chat, arc.outcome.chat, arc.event.name
    elsewhere = ("flag", "happening", "long_known", "text", "yes", "unsure")
    moved = name not in elsewhere and (name != "command" or arc.event.value == "stop")
    kept = {record.what for record in arc.outcome.records}
    expected = RECORDED.get((before.state, after.state))
    stays = before.state is after.state and name != "sharp"
    if expected and moved and not stays and _is_timely(arc, book):
        assert expected in kept, f"{before.state} -> {after.state}"
    if name == "agreed" and arc.outcome.heard:
        assert "agreed" in kept
    if name == "rate" and before.state is State.CHECK_IN and arc.outcome.heard:
        assert "next_day" in kept
    if name == "no" and before.state is State.WEEKLY and arc.outcome.heard:
        assert "answered" in kept
    if name == "confirm" and before.state is State.KNOWN and arc.outcome.heard:
        assert "statement" in kept
    if name == "long_known" and after.lock != before.lock:
        assert "locked" in kept
        assert after.state is State.KNOWN, "the second of two taps, after all it must mean is read"
