"""What stands beside the text: a picture for every step, a film and a sound for every hold."""

import pytest

from data.media import read_media
from flows import Chat, State, screen
from flows.book import Book
from flows.chat import Side
from tests.players import NOON
from tests.shown import chats

MEDIA = read_media()


def on_a_walk(book: Book, **changes: object) -> Chat:
    return next(chats(book)).but(technique="glutes_roller", tool="foam_roller", **changes)


def test_every_screen_of_a_walkthrough_has_a_picture_that_is_there_and_is_told_in_words(
    book: Book,
) -> None:
    for chat in chats(book):
        shown = screen(chat, book)
        assert MEDIA[shown.picture].kind in ("photo", "animation")
        assert shown.alt
        assert "{" not in shown.alt
        assert set(shown.soon) <= set(MEDIA)
        side = chat.side.value
        assert shown.picture.endswith((f".{side}", ".setup"))


def test_a_hold_shows_its_film_and_plays_its_sound_once(book: Book) -> None:
    hold = on_a_walk(book, state=State.HOLDING, place=3, side=Side.RIGHT)
    shown = screen(hold, book)
    assert shown.picture == "glutes_roller.hold.25.right"
    assert shown.sound == "hold.25.this.en"  # one more hold comes on this side
    assert shown.soon == ("glutes_roller.release.right",)
    assert MEDIA[shown.sound].mime == "audio/ogg"
    assert screen(hold.but(turn=2), book).sound == ""  # seen again, in the middle of it


@pytest.mark.parametrize(("second", "said"), [(False, "other"), (True, "this")])
def test_the_last_hold_of_the_first_side_says_that_the_other_comes_next(
    book: Book, second: bool, said: str
) -> None:
    hold = on_a_walk(book, state=State.HOLDING, place=4, second=second)
    assert screen(hold, book).sound == f"hold.20.{said}.en"


def test_whoever_wants_no_pictures_or_no_sounds_gets_none(book: Book) -> None:
    hold = on_a_walk(book, state=State.HOLDING, place=3)
    silent, words = screen(hold.but(silent=True), book), screen(hold.but(text_only=True), book)
    assert (silent.sound, bool(silent.picture)) == ("", True)
    assert (words.picture, words.alt, words.soon, bool(words.sound)) == ("", "", (), True)
    assert silent.text == words.text == screen(hold, book).text


def test_before_a_hold_its_film_is_made_ready(book: Book) -> None:
    step = on_a_walk(book, state=State.STEP, place=3, side=Side.RIGHT)
    assert screen(step, book).picture == "glutes_roller.hold.right"
    assert screen(step, book).soon == ("glutes_roller.hold.25.right",)


@pytest.mark.parametrize("state", [State.HURT, State.ENDED, State.STOPPED, State.HOME])
def test_what_must_be_read_has_nothing_beside_it(book: Book, state: State) -> None:
    shown = screen(on_a_walk(book, state=state), book)
    assert (shown.picture, shown.sound) == ("", "")


def test_a_page_hides_the_picture_of_what_it_lies_over(book: Book) -> None:
    for page in ("help", "emergency", "settings", "learn"):
        shown = screen(on_a_walk(book, state=State.HOLDING, place=3, pages=(page,)), book)
        assert (shown.picture, shown.alt, shown.sound) == ("", "", "")


def test_learn_and_where_it_is_tight_show_the_maps(book: Book) -> None:
    muscles = Chat(state=State.HOME, pages=("learn", "topic"), topic="muscles", now=NOON, turn=1)
    assert screen(muscles, book).picture == "map.muscles"
    assert "sciatic nerve" in screen(muscles, book).alt
    spot = on_a_walk(book, state=State.SPOT)
    assert screen(spot, book).picture == "map.spots"
    assert [b.label[:2] for b in screen(spot, book).buttons[:3]] == ["1.", "2.", "3."]
