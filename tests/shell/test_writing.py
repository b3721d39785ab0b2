"""Screens as Telegram wants them."""

import pytest

from bot.said import TooLong, pack_data, to_base36
from bot.telegram.write import message, to_html
from flows import Button, Screen


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("plain", "plain"),
        ("**Stop** now", "<b>Stop</b> now"),
        ("a **b** c **d**", "a <b>b</b> c <b>d</b>"),
        ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
        ("**a < b**", "<b>a &lt; b</b>"),
        ("one ** alone", "one ** alone"),
        ("**a** and ** alone", "<b>a</b> and ** alone"),
        ('say "yes"', 'say "yes"'),
    ],
)
def test_bold_marks_become_tags_and_nothing_else_does(text: str, html: str) -> None:
    assert to_html(text) == html


def test_a_text_is_as_long_as_telegram_counts_it() -> None:
    assert to_html("**" + "x" * 4096 + "**")
    assert to_html("🦵" * 2048)
    with pytest.raises(TooLong):
        to_html("🦵" * 2049)
    with pytest.raises(TooLong):
        to_html("x" * 4097)


def test_buttons_carry_the_turn_in_64_bytes() -> None:
    screen = Screen("Ready?", ((Button("Yes", "yes", "E01"), Button("No", "no")),))
    [row] = message(screen, 36)["reply_markup"]["inline_keyboard"]
    assert row == [
        {"text": "Yes", "callback_data": "10:yes:E01"},
        {"text": "No", "callback_data": "10:no:"},
    ]
    assert pack_data(1, "yes", "x" * 58)
    with pytest.raises(TooLong):
        pack_data(1, "yes", "x" * 59)


def test_a_screen_without_buttons_takes_those_away_that_were_there() -> None:
    assert "reply_markup" not in message(Screen("Bye."), 1)


@pytest.mark.parametrize("number", [0, 1, 35, 36, 1_800_000_000])
def test_base_36(number: int) -> None:
    assert int(to_base36(number), 36) == number
