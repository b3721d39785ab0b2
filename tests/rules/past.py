"""What holds of what has been: who may see it, and which words of a person's are kept.

That its commands are answered in every state is in `tests/past/test_pages.py`.
"""

from flows import State
from flows.book import Book
from flows.explore import Arc
from flows.states import RESTING, UNCONSENTED


def a_file_is_made_only_on_its_page(arc: Arc, book: Book) -> None:
    """Promise 10: and never before consent; but for the copy, which then says that it is empty."""
    made = arc.shown.made
    if made:
        assert arc.chat.state not in UNCONSENTED or made.kind == "export"
        assert arc.chat.page in (made.kind, "summary", "summary_text", "summary_data")


def words_are_kept_only_where_they_are_asked_for(arc: Arc, book: Book) -> None:
    """Promise 10: what is typed for the sheet, until it is taken out or all is erased."""
    before, after = arc.chat, arc.outcome.chat
    if after.notes != before.notes and after.state is not State.ERASED:
        assert before.page == "add_note"
        assert before.state in RESTING
        assert len(after.notes) <= book.past.most_notes
        taken_out = arc.event.name == "drop_note"
        assert len(after.notes) - len(before.notes) == (-1 if taken_out else 1)
        assert taken_out or after.notes[-1] == arc.event.value


def a_line_for_the_sheet_is_kept_whatever_it_is_heard_as(arc: Arc, book: Book) -> None:
    """Promise 2: a flag in it is heard by the rules for flags; the line stays all the same."""
    before, after = arc.chat, arc.outcome.chat
    if arc.event.name != "text" or before.page != "add_note" or before.state not in RESTING:
        return
    if len(before.notes) < book.past.most_notes and not arc.is_stale:
        heard_as_button = after.notes == before.notes and arc.event.value in ("no", "yes", "7")
        assert after.notes == (*before.notes, arc.event.value) or heard_as_button


def a_button_of_what_has_been_opens_its_page(arc: Arc, book: Book) -> None:
    name, after = arc.event.name, arc.outcome.chat
    pages = ("progress", "summary", "summary_text", "summary_data", "add_note")
    if not arc.outcome.heard or arc.is_stale:
        return
    if name in pages:
        assert after.page == name
        aside = {"pages": (), "now": 0, "span": "", "reminder": None}
        assert after.but(**aside) == arc.chat.but(**aside), "nothing underneath moves"
    if name == "span":
        assert (after.page, after.span) == ("progress", arc.event.value)
