"""What is said above the screen when typed words stood for nothing: thanks, or how to say it."""

from flows.agreement import says_days
from flows.book import Book
from flows.chat import Chat, Disposition, State
from flows.naming import TOLD
from flows.phrases import holds, made_of, plain
from flows.screens import buttons
from flows.states import AT_REST

ANSWERED = (  # by a button of the screen
    State.SCREENING, State.GATE, State.AGE, State.RATING, State.CHECK_IN, State.WEEKLY,
)  # fmt: skip
VOUCHED_FOR = (State.REFERRED, State.NOTHING_FITS)  # where a clinician's word counts
MET = ("greeting", "thanks", "angry", "human", "afraid")
MET_UNDER_A_LOCK = MET[:2]  # the others say too little there, and where the week is asked about
# What is asked and said where help is needed now; "I will go tomorrow" is no going.
GOING = ("no_waiting", "go_now", "can_be_grave", "going")


def unclear(chat: Chat, said: str, book: Book) -> str:
    """The notice, by its name."""
    if not chat.turn:  # whatever a stranger says first, the welcome answers it
        return ""
    if notice := met(chat, said, book):
        return notice
    if chat.page in ("country", "region"):
        return "unknown_country"
    if notice := about_going(chat, said, book):
        return notice
    is_weekly = chat.state is State.WEEKLY and not chat.pages
    if is_weekly and holds(plain(said), book.words["other_wish"]):
        return "week_first"
    if chat.state in ANSWERED and not chat.pages:
        events = {button.event for button in buttons(chat, book)}
        return (
            "tap_number"
            if "rate" in events
            else "tap_boxes"
            if "toggle" in events
            else "tap_answer"
        )
    if not chat.pages and told_of_care(chat, said, book):
        return "cared_for"
    if chat.page == "set_zone" and says_days(said, book):
        return "zone_first"
    here = f"unclear.{chat.page or chat.state.value}"
    return here if here in book.notices else "not_understood"


def about_going(chat: Chat, said: str, book: Book) -> str:
    """The notice for who is told to get help now, and asks whether, when or why, or goes."""
    if chat.state is not State.REFERRED or chat.pages or chat.lock is None:
        return ""
    if chat.lock.disposition < Disposition.EMERGENCY:
        return ""
    words = plain(said)
    return next((notice for notice in GOING if holds(words, book.words[notice])), "")


def told_of_care(chat: Chat, said: str, book: Book) -> bool:
    """Whether *said* is about who has looked at what closes the guide, where a button says that."""
    if chat.state not in VOUCHED_FOR or not holds(plain(said), book.words["cared_for"]):
        return False
    return any(button.event in ("known", "vouch", "agreed") for button in buttons(chat, book))


def is_over(chat: Chat, said: str, book: Book) -> bool:
    """Whether *said* is that nothing hurts any more, where nothing is asked and nothing is done."""
    if chat.state not in AT_REST or chat.lock or chat.page not in TOLD:
        return False
    phrases, asks = book.words["pain_over"], book.words["pain_over.asks"]
    return bool(made_of(plain(said), phrases, book.words["filler"], asks))


def met(chat: Chat, said: str, book: Book) -> str:
    """The notice that answers what is said to no question, and is about nothing: thanks, anger."""
    if not chat.turn:
        return ""
    grave = chat.lock is not None or chat.state is State.WEEKLY
    answered = MET_UNDER_A_LOCK if grave else MET
    words, filler = plain(said), book.words["filler"]
    meant = next((notice for notice in answered if made_of(words, book.words[notice], filler)), "")
    return "week_first" if meant == "thanks" and chat.state is State.WEEKLY else meant
