"""One hand: what is drawn stands out, is told by shape, and is mirrored as a whole."""

import math
import re

import pytest

from studio import marks, palette, svg
from studio.draw import between, drawing
from studio.maps import MAPS
from studio.scenes import read_pictures
from studio.space import Disc

PICTURES = read_pictures()
ENOUGH = 4.5  # WCAG 2.2, contrast of text


def light(colour: str) -> float:
    """The relative luminance of a colour, as WCAG has it."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("fill", palette.FILLS)
def test_the_line_stands_out_from_every_fill(fill: str) -> None:
    assert contrast(palette.LINE, fill) >= ENOUGH


@pytest.mark.parametrize("mark", palette.MARKS)
def test_every_mark_stands_out_from_the_disc_that_it_is_on(mark: str) -> None:
    assert contrast(mark, palette.WHITE) >= ENOUGH
    assert contrast(mark, palette.PAPER) >= ENOUGH


def test_here_and_never_differ_in_shape_and_not_in_colour_alone() -> None:
    here = re.sub("#[0-9a-f]{6}", "", marks.target(0, 0))
    never = re.sub("#[0-9a-f]{6}", "", marks.cross(0, 0))
    assert here.count("<circle") == 2
    assert never.count("<path") == 1
    assert here != never


def test_no_picture_has_words_or_a_colour_that_is_not_on_the_palette() -> None:
    known = {value for value in vars(palette).values() if str(value).startswith("#")}
    for drawn in (*map(drawing, PICTURES.values()), *(draw() for draw in MAPS.values())):
        assert set(re.findall("#[0-9a-f]{6}", drawn)) <= known
        assert "<text" not in drawn


@pytest.mark.parametrize("left", [30, 9, 1])
def test_the_dial_counts_down_in_whole_seconds(left: int) -> None:
    shown = marks.ring(90, 90, 78, 45 - left + 0.1, 45)
    assert marks.number(left, 90, 90, 39) in shown
    assert marks.number(left, 90, 90, 39) not in marks.ring(90, 90, 78, 45, 45)


def test_the_breath_goes_in_for_4_seconds_and_out_for_6_after_2_to_get_ready() -> None:
    assert marks.breath(1.9) == (0.0, True)
    assert marks.breath(6.0)[0] == pytest.approx(1)
    for second in range(2, 22):
        _, filling = marks.breath(second)
        assert filling is ((second - 2) % 10 < 4)
    assert marks.breath(11.99)[0] == pytest.approx(0, abs=0.01)


def test_a_string_around_discs_touches_each_from_outside() -> None:
    path = svg.hull([Disc(0, 0, 10), Disc(40, 0, 5)])
    points = [tuple(map(float, p.split())) for p in re.findall(r"[-\d.]+ [-\d.]+", path)]
    assert min(x for x, _ in points) == pytest.approx(-10, abs=0.1)
    assert max(x for x, _ in points) == pytest.approx(45, abs=0.1)
    assert all(math.hypot(x, y) > 9.8 for x, y in points)


def test_between_two_poses_the_first_and_the_last_are_as_they_were() -> None:
    picture = PICTURES["glutes_ball_floor/roll"]
    start, middle, end = (between(picture.poses, m) for m in (0.0, 0.5, 1.0))
    assert (start, end) == picture.poses
    assert float(middle["pelvis"][0]) == pytest.approx(0)  # type: ignore[index]


def test_the_left_side_is_the_mirror_image_of_the_right() -> None:
    picture = PICTURES["piriformis_ball_floor/hold"]
    right, left = drawing(picture), drawing(picture, left=True)
    assert left.replace(' transform="translate(640 0) scale(-1 1)"', "") == right
