"""Whose turn it is."""

import asyncio

from bot.lanes import ANSWERS, AT_ONCE, OTHERS, Lanes


async def test_who_waits_for_an_answer_goes_before_all_others() -> None:
    gone: list[int] = []
    lanes = Lanes(1000, gone.append)
    for chat_id in range(1, 50):
        lanes.add(chat_id, OTHERS)
    lanes.add(99, ANSWERS)
    lanes.open()
    await asyncio.sleep(0.2)
    assert gone[0] == 99
    assert sorted(gone) == [*range(1, 50), 99]


async def test_who_begins_to_wait_changes_lanes_and_goes_once() -> None:
    gone: list[int] = []
    lanes = Lanes(1000, gone.append)
    for chat_id in (1, 2, 3):
        lanes.add(chat_id, OTHERS)
    lanes.add(3, ANSWERS)
    lanes.open()
    await asyncio.sleep(0.1)
    assert gone == [3, 1, 2]


async def test_a_chat_that_has_to_wait_does_not_hold_the_others_up() -> None:
    gone: list[int] = []
    lanes = Lanes(1000, gone.append)
    lanes.open()
    lanes.add(1, ANSWERS, after=0.1)
    lanes.add(2, ANSWERS)
    await asyncio.sleep(0.05)
    assert gone == [2]
    await asyncio.sleep(0.1)
    assert gone == [2, 1]


async def test_who_is_dropped_does_not_go() -> None:
    gone: list[int] = []
    lanes = Lanes(1000, gone.append)
    lanes.add(1, ANSWERS)
    lanes.drop(1)
    lanes.open()
    await asyncio.sleep(0.05)
    assert gone == []


async def test_while_all_are_held_nobody_goes() -> None:
    gone: list[int] = []
    lanes = Lanes(1000, gone.append)
    lanes.open()
    lanes.hold(0.15)
    lanes.add(1, ANSWERS)
    await asyncio.sleep(0.1)
    assert gone == []
    await asyncio.sleep(0.1)
    assert gone == [1]


async def test_one_chat_is_not_sent_more_than_it_bears() -> None:
    gone: list[int] = []
    lanes = Lanes(1000, gone.append)
    lanes.open()
    for _ in range(4):
        lanes.add(1, ANSWERS)
        await asyncio.sleep(0.02)
    assert gone == [1, 1, 1]


async def test_a_rate_of_nothing_paces_nobody() -> None:
    gone: list[int] = []
    lanes = Lanes(0, gone.append)
    lanes.open()
    for _ in range(50):
        lanes.add(1, ANSWERS)
        await asyncio.sleep(0)
    assert gone == [1] * 50


async def test_what_one_writes_goes_out_before_the_next_goes() -> None:
    seen: list[str] = []

    def go(chat_id: int) -> None:
        seen.append(f"{chat_id} goes")
        asyncio.get_running_loop().call_soon(seen.append, f"{chat_id} writes")

    lanes = Lanes(0, go)
    lanes.open()
    for chat_id in (1, 2, 3):
        lanes.add(chat_id, ANSWERS)
    await asyncio.sleep(0.05)
    assert seen == ["1 goes", "1 writes", "2 goes", "2 writes", "3 goes", "3 writes"]


async def test_who_is_at_the_end_of_a_hold_waits_for_nobody_and_counts_all_the_same() -> None:
    gone: list[int] = []
    lanes = Lanes(30, gone.append)
    lanes.open()
    for chat_id in range(1, 50):
        lanes.add(chat_id, OTHERS)
    held = [*range(100, 140)]
    for chat_id in held:
        lanes.add(chat_id, AT_ONCE)
    await asyncio.sleep(0.05)
    assert gone == held
    await asyncio.sleep(0.2)
    assert gone == held, "the others pay it back"
