"""The chart as it is drawn."""

from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image, ImageColor

from flows import Chat, Made
from flows.book import Book
from flows.past.progress import Chart, progress
from studio.palette import LINE, PAPER, WHITE
from tests.media.test_drawing import contrast
from tests.past.log import NOON, weeks

if TYPE_CHECKING:
    from printing.chart import Style


def chart(book: Book, *pains: int) -> Chart:
    made = progress(Made("progress", "0"), Chat(now=NOON, country="DE"), weeks(pains), book)
    assert isinstance(made.value, Chart)
    return made.value


def draw(made: Chart) -> bytes:
    from printing.chart import draw as drawn

    return drawn(made)


def styles() -> "tuple[Style, ...]":
    from printing.chart import STYLES

    return STYLES


@pytest.mark.parametrize("pains", [(), (5,), (9, 8, 7, 7, 8, 6, 5) * 6], ids=len)
def test_it_is_drawn_whatever_there_is(book: Book, pains: tuple[int, ...]) -> None:
    drawn = Image.open(BytesIO(draw(chart(book, *pains))))
    assert (drawn.format, drawn.size) == ("PNG", (640, 560))
    assert len(drawn.convert("RGB").getcolors(100_000) or ()) > 10


def test_more_pain_is_drawn_higher(book: Book) -> None:
    """The topmost blue of two sessions is where the worse one is."""

    def top(pains: tuple[int, int]) -> int:
        drawn = np.asarray(Image.open(BytesIO(draw(chart(book, *pains)))).convert("RGB"))
        blue = (drawn[100:] == ImageColor.getrgb(styles()[0][3])).all(axis=2)  # below the key
        return int(np.argmax(blue.any(axis=1)))

    assert top((8, 8)) < top((3, 3))


def test_nothing_is_told_by_colour_alone() -> None:
    shapes = [shape for shape, *_ in styles()]
    assert len(set(shapes)) == len(shapes)


def test_every_mark_stands_out() -> None:
    """4.5:1 or more; source: WCAG 2.2, 1.4.3."""
    for _, _, _, colour in styles():
        assert contrast(colour, PAPER) >= 4.5
    assert contrast(LINE, WHITE) >= 4.5
