"""Updates as they should be, and as they should not."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest

from bot.heard import Heard, Presence
from bot.said import pack_data
from bot.telegram.read import GroupCall, Ignored, Unreadable, read, update_id
from flows import Event

AT = 1_800_000_000
ME = {"id": 7, "type": "private"}
GROUP = {"id": -7, "type": "supergroup"}


def message(**content: object) -> dict[str, Any]:
    return {"update_id": 5, "message": {"message_id": 3, "chat": ME, **content}}


def tap(data: object, **message: object) -> dict[str, Any]:
    shown = {"message_id": 3, "date": 1, "chat": ME, **message}
    query = {"id": "99", "from": {"id": 7}, "message": shown, "data": data}
    return {"update_id": 5, "callback_query": query}


def heard(update: object) -> Event:
    said = read(update, AT, "our_bot")
    assert isinstance(said, Heard)
    assert (said.chat_id, said.update_id) == (7, 5)
    return said.event


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("hello", Event("text", "hello", at=AT)),
        ("/start", Event("command", "start", at=AT)),
        ("/Start@our_bot deep_link", Event("command", "start deep_link", at=AT)),
        ("/help\nplease", Event("command", "help please", at=AT)),
        ("/ start", Event("text", "/ start", at=AT)),
        ("/9:30 it hurt", Event("text", "/9:30 it hurt", at=AT)),
        ("", Event("text", "", at=AT)),
    ],
)
def test_words_and_commands(text: str, event: Event) -> None:
    assert heard(message(text=text)) == event


def test_captions_and_edits_are_words_too() -> None:
    assert heard(message(photo=[], caption="my leg")) == Event("caption", "my leg", at=AT)
    edited = {"update_id": 5, "edited_message": message(text="/stop")["message"]}
    assert heard(edited) == Event("edited", "/stop", at=AT)


@pytest.mark.parametrize("kind", ["sticker", "voice", "poll", "contact", "photo"])
def test_what_has_no_words_is_media(kind: str) -> None:
    assert heard(message(**{kind: {}})) == Event("media", kind, at=AT)


def test_a_kind_that_telegram_adds_tomorrow_is_media_too() -> None:
    assert heard(message(hologram={})) == Event("media", "other", at=AT)


def test_what_telegram_notes_by_itself_is_nothing() -> None:
    assert read(message(pinned_message={}), AT, "our_bot") == Ignored()


def test_a_position_that_moves_on_is_nothing() -> None:
    moved = {"update_id": 5, "edited_message": message(location={})["message"]}
    assert read(moved, AT, "our_bot") == Ignored()


def test_a_button_comes_back_as_it_was_packed() -> None:
    data = pack_data(AT, "yes", "E01")
    said = read(tap(data), AT, "our_bot")
    assert said == Heard(7, 5, Event("yes", "E01", AT, AT), 3, "99")


def test_a_button_of_a_message_that_telegram_does_not_show_any_more() -> None:
    data = pack_data(AT, "sharp", "")
    assert heard(tap(data, date=0)).name == "sharp"


def test_a_tap_without_its_message_is_the_persons_who_taps() -> None:
    update = tap(pack_data(AT, "sharp", ""))
    del update["callback_query"]["message"]
    assert read(update, AT, "our_bot") == Heard(7, 5, Event("sharp", "", AT, AT), None, "99")


@pytest.mark.parametrize(
    "data",
    ["", "x", "1:2", "1:text:I am fine", "1:hold_over:", "1:command:start", "1:media:", "-1:yes:",
     "é:yes:", "1" * 13 + ":yes:", "1:yes:" + "x" * 80, None, 7, [], "\ud800:yes:"],
)  # fmt: skip
def test_forged_data_is_an_event_that_nobody_hears(data: object) -> None:
    assert heard(tap(data)) == Event("forged", turn=-1, at=AT)


@pytest.mark.parametrize(
    ("status", "here"), [("member", True), ("kicked", False), ("restricted", True)]
)
def test_who_blocks_and_unblocks(status: str, here: bool) -> None:
    change = {"chat": ME, "old_chat_member": {}, "new_chat_member": {"status": status}}
    assert read({"update_id": 5, "my_chat_member": change}, AT, "our_bot") == Presence(7, here)


@pytest.mark.parametrize(
    ("text", "calls"),
    [
        ("/start", True),
        ("/start@our_bot", True),
        ("/start@OUR_BOT", True),
        ("/start@other_bot", False),
        ("ask @our_bot", True),
        ("ask @our_bottle", False),
        ("hello", False),
    ],
)
def test_in_a_group_only_a_call_is_answered(text: str, calls: bool) -> None:
    said = read(message(chat=GROUP, text=text), AT, "our_bot")
    assert said == (GroupCall(-7) if calls else Ignored())


def test_being_brought_into_a_group_is_a_call() -> None:
    came = {"chat": GROUP, "old_chat_member": {"status": "left"}}
    came["new_chat_member"] = {"status": "member"}
    assert read({"update_id": 5, "my_chat_member": came}, AT, "our_bot") == GroupCall(-7)


@pytest.mark.parametrize(
    "update",
    [
        None, [], 7, "x", {}, {"update_id": None}, {"update_id": "5"}, {"update_id": True},
        {"update_id": 2**63}, message(text=7), message(text=None), message(chat=None),
        message(chat={"id": 2**64, "type": "private"}), message(chat={"id": 7}),
        {"update_id": 5, "message": None}, {"update_id": 5, "callback_query": {}},
        {"update_id": 5, "callback_query": {"id": 9, "from": {"id": 7}}},
        {"update_id": 5, "my_chat_member": {"chat": ME}},
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_unreadable(update: object) -> None:
    with pytest.raises(Unreadable):
        read(update, AT, "our_bot")


_JUNK: tuple[object, ...] = (
    None,
    True,
    -1,
    2**70,
    1.5,
    float("nan"),
    "",
    "\ud800",
    "x",
    [],
    [{}],
    {},
    {"id": []},
)
_SAMPLES = (
    message(text="/start@our_bot", entities=[{"type": "bot_command"}]),
    message(chat=GROUP, text="@our_bot"),
    message(photo=[{}], caption="words"),
    {"update_id": 5, "edited_message": message(text="x")["message"]},
    tap("1:yes:E01"),
    {
        "update_id": 5,
        "my_chat_member": {
            "chat": GROUP,
            "old_chat_member": {"status": "left"},
            "new_chat_member": {"status": "member"},
        },
    },
)


def spoiled(value: object) -> Iterator[object]:
    """*value* with one thing in it gone, or replaced by junk; and junk in its place."""
    yield from _JUNK
    if isinstance(value, dict):
        for key in value:
            yield {other: value[other] for other in value if other != key}
            for junk in spoiled(value[key]):
                yield {**value, key: junk}


@pytest.mark.parametrize("sample", _SAMPLES)
def test_no_junk_does_any_harm(sample: dict[str, Any]) -> None:
    for update in spoiled(sample):
        with suppress(Unreadable):
            said = read(update, AT, "our_bot")
            assert isinstance(said, Heard | Presence | GroupCall | Ignored)
        assert isinstance(update_id(update), int)
