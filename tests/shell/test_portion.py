"""How much of what waits is taken at once."""

from asyncio import Future

from hypothesis import given
from hypothesis import strategies as st

from bot.heard import Heard
from bot.loop import MEAL, MOST, MOUTHFUL, Waiting, portion
from flows import Event

LENGTHS = st.sampled_from([0, 1, 100, MOUTHFUL // 2, MOUTHFUL])
KEPT: Future[str] = Future.__new__(Future)  # nobody waits for it here


def says(chat_id: int, number: int, length: int) -> Waiting:
    return Heard(chat_id, number, Event("text", "x" * length)), KEPT, 0.0


@given(st.lists(st.tuples(st.integers(1, 4), LENGTHS), max_size=2 * MOST))
def test_all_is_taken_each_person_in_order_and_never_too_much(said: list[tuple[int, int]]) -> None:
    waiting = [says(chat_id, n, length) for n, (chat_id, length) in enumerate(said)]
    taken: list[Heard] = []
    while waiting:
        batch, later = portion(waiting)
        assert len(batch) + len(later) == len(waiting)
        assert 0 < len(batch) <= MOST
        assert characters(batch) <= MEAL
        for chat_id in range(1, 5):
            assert characters([one for one in batch if one[0].chat_id == chat_id]) <= MOUTHFUL
        taken += [item for item, *_ in batch if isinstance(item, Heard)]
        waiting = later
    for chat_id in range(1, 5):
        numbers = [item.update_id for item in taken if item.chat_id == chat_id]
        assert numbers == [n for n, (chat, _) in enumerate(said) if chat == chat_id]


def test_a_word_of_somebody_else_is_taken_before_the_second_page() -> None:
    batch, later = portion(
        [says(1, 1, MOUTHFUL), says(1, 2, MOUTHFUL), says(1, 3, 0), says(2, 4, 9)]
    )
    assert [item.chat_id for item, *_ in batch] == [1, 2]
    assert [item.chat_id for item, *_ in later] == [1, 1]


def characters(batch: list[Waiting]) -> int:
    return sum(len(item.event.value) for item, *_ in batch if isinstance(item, Heard))
