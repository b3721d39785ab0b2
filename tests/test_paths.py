"""What the desk draws of the table is what the table does."""

import pytest
import pytest_asyncio

from flows import Chat, State, step
from flows.book import Book
from flows.consent import KEEP
from flows.drawing import MANY
from flows.paths import paths_in, paths_out, row_for, sayable
from flows.table import SAME, TABLE
from flows.turn import Turn
from tests.page.gallery import gallery


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def chats(book: Book) -> list[Chat]:
    return await gallery(book)


async def test_the_chats_stand_in_every_state(chats: list[Chat]) -> None:
    gone = {State.UNDER_AGE, State.ERASED}  # they leave no trace
    assert {chat.state for chat in chats} >= set(State) - gone


async def test_what_is_called_open_is_what_is_done(chats: list[Chat], book: Book) -> None:
    for chat in chats:
        for what, event in sayable(chat, book):
            row = row_for(Turn(chat, event, book, chat.turn))
            outcome = step(chat, event, book)
            where = f"{what} at {chat.state}"
            is_kept = KEEP in chat.pages  # whatever is said answers that, and is a turn
            assert outcome.heard is (row is not None or is_kept), where
            if row is not None and row["dest"] != SAME:
                assert outcome.chat.state is row["dest"], where


async def test_every_button_takes_a_path_out(chats: list[Chat], book: Book) -> None:
    for chat in chats:
        taken = {what for path in paths_out(chat, book) for what in path.takes}
        said = {what for what, event in sayable(chat, book) if not what.startswith("/")}
        assert said - taken == set(), chat.state


@pytest.mark.parametrize("state", State)
def test_every_row_is_on_the_drawing_of_its_states(state: State) -> None:
    rows = [row for row in TABLE if row["dest"] is state and len(row["source"]) <= MANY]
    wanted = {(source.name, row["trigger"]) for row in rows for source in row["source"]}
    assert {(path.at, path.hears) for path in paths_in(state)} == {
        (at, hears) for at, hears in wanted if at != state.name
    }


def test_rows_are_in_the_order_in_which_they_are_tried(book: Book) -> None:
    here = [row["trigger"] for row in TABLE if State.NEW in row["source"]]
    assert [path.hears for path in paths_out(Chat(), book)] == here
