"""What begins only with consent, what is done without it, and what long silence comes to."""

from flows import Chat, State
from flows.book import Book
from flows.consent import KEEP
from flows.events import CLOCK
from flows.explore import Arc
from flows.states import ASKING, GUIDED, UNCONSENTED
from tests.rules.left_alone import fades_in_time


def nothing_new_begins_without_consent(arc: Arc, book: Book) -> None:
    """Promise 10; but a new red flag is heard, and what could make it worse is asked."""
    before, after = arc.chat, arc.outcome.chat
    if after.consent == book.consent:
        return
    begins = after.state in (*ASKING, *GUIDED) and before.state not in (*ASKING, *GUIDED)
    assert not begins or _flags(after) > _flags(before)
    assert after.lock or not before.lock or after.state is State.ERASED, "no lock opens"


def _flags(chat: Chat) -> set[str]:
    return set(chat.lock.rules) if chat.lock else set()


def nothing_is_said_unasked_without_consent(arc: Arc, book: Book) -> None:
    """Nor is anything agreed that would be."""
    before, after = arc.chat, arc.outcome.chat
    if after.consent or after.state in UNCONSENTED:
        return
    assert {alarm.kind for alarm in arc.alarms} <= {"fade"}
    assert before.consent or after.reminder == before.reminder


def consent_is_given_by_saying_so(arc: Arc, book: Book) -> None:
    if arc.outcome.chat.consent > arc.chat.consent:
        assert arc.event.name in ("agree", "text")
        assert arc.chat.page == "consent" or arc.chat.state in (State.CONSENT, State.DECLINED)
        assert "consented" in {record.what for record in arc.outcome.records}


def who_takes_it_back_says_so(arc: Arc, book: Book) -> None:
    before, after = arc.chat, arc.outcome.chat
    if before.consent and not after.consent and after.state is not State.ERASED:
        assert arc.event.name == "suspend"
        assert after.lock == before.lock


def who_is_silent_for_long_is_asked_once_and_then_forgotten(arc: Arc, book: Book) -> None:
    before, after = arc.chat, arc.outcome.chat
    if arc.event.name != "fade" or not arc.outcome.heard:
        return
    if before.state in UNCONSENTED or (KEEP in before.pages and not arc.outcome.silent):
        assert after == Chat(state=State.ERASED, language=after.language, now=after.now)
        assert arc.outcome.silent == (before.state in UNCONSENTED)
    elif not arc.outcome.silent:
        assert after.page == KEEP
        assert after.fades_at == after.now + book.reminding.answer_days * 86_400
        assert after.but(pages=(), now=0) == before.but(pages=(), now=0, topic="", suspected="")


def whoever_says_anything_is_kept(arc: Arc, book: Book) -> None:
    """Heard or not; and the next long silence is asked about anew."""
    after = arc.outcome.chat
    if arc.event.name not in CLOCK:
        assert fades_in_time(after, arc.event.at, book)
        assert KEEP not in after.pages
