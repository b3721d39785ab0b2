"""What holds of a chat by itself, and of the screen that it shows."""

from dataclasses import replace
from functools import lru_cache

from bot.said import pack_data
from flows import Chat, Event, Screen, State, course, step
from flows.book import EMERGENCY_BUTTON, Book
from flows.chat import UNSETTLED, WONDERING, Disposition
from flows.layout import LAYOUT, PAGES, events_of
from flows.machine import HEARABLE
from flows.states import GUIDED, WALKING
from flows.step import is_stale
from tests.rules.left_alone import is_left_alone

NOTICE = 400  # characters that a notice above the screen may take
LONGEST = 4_096  # characters of a message; source: Telegram
DATA = 64  # bytes of callback data; source: Telegram
BUTTONS = 100  # of a message; source: Telegram
PROMISES = ("safe", "all clear", "cured", "diagnosed", "you are fine")
ENDINGS = (
    State.UNDER_AGE, State.DECLINED, State.WARNED, State.REFERRED, State.PASSED, State.NOTHING_FITS,
    State.ENDED, State.STOPPED, State.FINISHED, State.ERASED,
)  # fmt: skip


def every_screen_fits_telegram(chat: Chat, shown: Screen, book: Book) -> None:
    """Promise 12."""
    assert 0 < len(shown.text.encode("utf-16-le")) // 2 <= LONGEST - NOTICE
    assert "{" not in shown.text
    assert len(shown.buttons) <= BUTTONS
    for button in shown.buttons:
        data = pack_data(9_999_999_999, button.event, button.value)
        assert 0 < len(data.encode()) <= DATA


def no_screen_promises(chat: Chat, shown: Screen, book: Book) -> None:
    """Promise 11."""
    assert not any(promise in shown.text.lower() for promise in PROMISES)


def every_ending_carries_the_safety_net(chat: Chat, shown: Screen, book: Book) -> None:
    """Promise 11: or it is itself a call to get help."""
    if chat.state in ENDINGS and not chat.pages:
        urges = chat.state in (State.UNDER_AGE, State.WARNED, State.REFERRED)
        assert urges or book.texts["net"] in shown.text


def sharp_pain_is_one_press_away(chat: Chat, shown: Screen, book: Book) -> None:
    """Promise 6."""
    if chat.state in WALKING and not chat.pages and not is_stale(chat, chat.now, book):
        assert "sharp" in {button.event for button in shown.buttons}


def the_emergency_button_is_always_there(chat: Chat, shown: Screen, book: Book) -> None:
    """Promise 7."""
    events = {button.event for button in shown.buttons}
    assert "emergency" in events or chat.page == "emergency" or chat.state is State.ERASED


def nobody_is_stuck(chat: Chat, shown: Screen, book: Book) -> None:
    """Promise 7: something can be pressed that is not the emergency button."""
    assert {button.event for button in shown.buttons} - {"emergency"} or chat.leaves_no_trace


# What is laid out and may all the same not be shown, since a condition decides.
MAY_HIDE = {
    "suspicion": {"long_known"},  # where it may be old: decision 1
    State.SCREENING: {
        "rate", "toggle", "yes", "no", "unsure", "decline", "none", "done", "why", "back",
    },
    State.GATE: {"rate", "yes", "no", "unsure", "back"},  # what fits the question
    # More to ask; a day has passed; it may be old; words were read.
    State.REFERRED: {"go_on", "vouch", "known", "misread"},
    State.NOTHING_FITS: {"agreed"},
    State.STEP: {"hold", "next"},  # one of them
    State.EASED: {"hold"},
    State.FINISHED: {"more", "today"},  # it went well, and there is time; the plan has more
    State.HOME: {"plan"},  # there is one
    State.AREA: {"today", "bring_back"},  # the plan has something; something was put away
    "settings": {"language", "reminders"},  # there is but one; before consent there are none
    "privacy": {"suspend"},  # consent is in force
    "plan": {"undo"},  # something has changed
    "summary": {"add_note"},  # in a session, and at a question, nothing is typed for it
    "add_note": {"drop_note"},  # there is a line
    "reminder": {"tonight"},  # the evening is not over, and not quiet
    "nudge": {"tonight"},
    "reminders": {"turn_on", "turn_off", "skip_next", "set_pause"},  # they are on, or held up
}  # fmt: skip


def what_is_laid_out_is_shown(chat: Chat, shown: Screen, book: Book) -> None:
    """Promise 7: a button is missing only where a condition says so."""
    if is_stale(chat, chat.now, book):
        return
    where = chat.page or chat.state
    rows = PAGES[chat.page] if chat.page else LAYOUT[chat.state]
    laid_out = events_of(rows)
    missing = laid_out - {button.event for button in shown.buttons}
    assert missing <= MAY_HIDE.get(where, set()), f"{missing} of {where}"
    if chat.state is State.STEP and not chat.pages:
        assert len(missing & {"hold", "next"}) == 1


FORGEABLE = (  # what takes a value; none has the one that is forged
    "agreed", "area", "tool", "technique", "toggle", "topic", "region", "live", "speak", "rate",
    "feel", "flag", "at", "every", "quiet", "zone", "pause_for", "bring_back",
    "span", "drop_note", "no", "unsure",
)  # fmt: skip
REMINDED = ("reminder", "nudge", "missed", "ask_pause")
ON_PAGES = {  # what is heard on these pages alone
    "look": WONDERING, "carry_on": WONDERING,
    "been": ("seen",), "not_yet": ("seen",),
    "later": REMINDED, "tonight": REMINDED, "not_today": REMINDED,
    "not_so": UNSETTLED, "not_about_me": ("suspicion",), "long_known": ("suspicion",),
    "close": tuple(page for page in PAGES if page != "suspicion"),
}  # fmt: skip


def a_forged_button_changes_nothing(chat: Chat, shown: Screen, book: Book) -> None:
    """A value that nothing has; what belongs to another page; and what is over by now."""
    if is_stale(chat, chat.now, book) or course.outdated(chat, chat.now, book):
        return
    forged = [Event(name, "forged", chat.turn, chat.now) for name in FORGEABLE]
    elsewhere = [name for name, pages in ON_PAGES.items() if chat.page not in pages]
    if not chat.consent:
        elsewhere.append("suspend")
    if chat.now > chat.gated_until:
        elsewhere.append("more")
    if chat.reminder is None or chat.lock:
        elsewhere += ["set_time", "set_days", "set_quiet", "set_zone", "set_pause"]
    if chat.plan is None:
        elsewhere.append("plan")
    for event in (*forged, *(Event(name, "", chat.turn, chat.now) for name in elsewhere)):
        if event.name in HEARABLE[chat.state]:
            assert is_left_alone(chat, event, step(chat, event, book), book), event


@lru_cache(maxsize=4)
def _changed(book: Book) -> Book:
    return replace(book, edition="another")


def other_rules_close_what_they_opened(chat: Chat, shown: Screen, book: Book) -> None:
    """Promise 1: the edition counts, also in the middle; what was found is kept."""
    other = _changed(book)
    after = step(chat, Event("unknown", at=chat.now), other).chat
    assert after.lock == chat.lock
    if chat.state is State.SCREENING:
        assert (after.state, after.at, after.follow_ups) == (State.SCREENING, 0, ())
        assert after.edition == other.edition
        assert course.over(after, other) is False or chat.lock
    elif chat.state in GUIDED or (chat.state is State.GATE and not chat.lock):
        assert after.state is State.HOME
        assert (after.technique, after.gated_until, after.pages) == ("", 0, ())


def a_lock_is_asked_itself(chat: Chat, shown: Screen, book: Book) -> None:
    """Promise 4: whatever led to the question, the lock decides whether it opens."""
    asked = chat.state in (State.KNOWN, State.VOUCHING, State.MISREAD)
    if not asked or chat.pages or not chat.lock:
        return
    grave = replace(
        chat.lock,
        disposition=Disposition.EMERGENCY,
        since=chat.now,
        rules=(*chat.lock.rules, EMERGENCY_BUTTON),
        words=(),
    )
    locked = chat.but(lock=grave)
    confirm = Event("confirm", turn=chat.turn, at=chat.now)
    assert is_left_alone(locked, confirm, step(locked, confirm, book), book)
