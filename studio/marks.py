"""What is laid over a picture: target, cross, arrows, figures, the ring and the breath.

All of it is in pixels of the picture, and is never mirrored.
"""

import math

from studio import palette as p
from studio import svg
from studio.svg import Point

READY = 2.0  # seconds to get ready before the first breath
IN, OUT = 4.0, 6.0  # seconds: the breath


def target(x: float, y: float, radius: float = 15) -> str:
    """Press here: rings."""
    return svg.circle(x, y, radius, p.WHITE, p.HERE, p.WEIGHT) + svg.circle(
        x, y, radius * 0.42, p.HERE, p.HERE, 0
    )


def cross(x: float, y: float, radius: float = 11) -> str:
    """Not here: a cross on a disc."""
    r = radius * 0.5
    arms = "".join(svg.line_through([(x - r, y - s), (x + r, y + s)]) for s in (r, -r))
    return svg.circle(x, y, radius, p.WHITE, p.NEVER) + svg.stroke(arms, p.NEVER, p.WEIGHT * 1.2)


def arrow(start: Point, end: Point, *, both: bool = False, head: float = 17) -> str:
    """A straight arrow with a white rim, so that it is seen on anything."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    size = math.hypot(dx, dy) or 1
    ux, uy = dx / size, dy / size

    def point(at: Point, forward: float) -> str:
        bx, by = at[0] - ux * head * forward, at[1] - uy * head * forward
        wide = head * 0.62
        return svg.polygon([at, (bx - uy * wide, by + ux * wide), (bx + uy * wide, by - ux * wide)])

    short = head * 0.8
    tail = (start[0] + ux * short, start[1] + uy * short) if both else start
    shaft = svg.line_through([tail, (end[0] - ux * short, end[1] - uy * short)])
    heads = point(end, 1) + (point(start, -1) if both else "")
    rim = svg.stroke(shaft, p.WHITE, 13) + svg.shape(heads, p.WHITE, p.WHITE, 7)
    return rim + svg.stroke(shaft, p.ARROW, 7) + svg.shape(heads, p.ARROW, p.ARROW, 2)


# Figures as strokes on a field 10 wide and 16 high, so that no font is needed.
FIGURES = {
    "0": "M5 0C1.5 0 0 3 0 8S1.5 16 5 16S10 13 10 8S8.5 0 5 0Z",
    "1": "M1.5 3.5L6 0V16",
    "2": "M0.5 4C1 1 3 0 5 0C8 0 9.7 2 9.7 4.5C9.7 8.5 3 11 0.3 16H10",
    "3": ("M0.8 2.5C2 0.8 3.5 0 5.2 0C8 0 9.5 1.8 9.5 4C9.5 6.5 7.5 7.6 4.5 7.6"
         "C8 7.6 10 9.2 10 11.7C10 14.4 8 16 5 16C3 16 1.2 15.2 0 13.3"),
    "4": "M7.5 16V0L0 11.2H10",
    "5": ("M9 0H1.5L0.8 7C2 6.2 3.3 5.8 4.8 5.8C8 5.8 10 7.8 10 10.8C10 14 7.9 16 4.9 16"
         "C2.9 16 1.2 15.3 0 13.6"),
    "6": ("M8.8 1.6C7.8 0.5 6.6 0 5.2 0C1.8 0 0 3.4 0 8.6C0 13.5 1.8 16 5 16"
         "C8 16 10 13.9 10 10.9C10 8 8.1 6 5.2 6C2.6 6 0.6 7.6 0 10"),
    "7": "M0 0H10C6.5 4.5 4.2 9.5 3.6 16",
    "8": ("M5 7.5C2 7.5 0.6 6 0.6 3.8C0.6 1.5 2.3 0 5 0S9.4 1.5 9.4 3.8C9.4 6 8 7.5 5 7.5"
         "C1.8 7.5 0 9.3 0 11.8C0 14.3 1.9 16 5 16S10 14.3 10 11.8C10 9.3 8.2 7.5 5 7.5Z"),
    "9": ("M1.2 14.4C2.2 15.5 3.4 16 4.8 16C8.2 16 10 12.6 10 7.4C10 2.5 8.2 0 5 0"
         "C2 0 0 2.1 0 5.1C0 8 1.9 10 4.8 10C7.4 10 9.4 8.4 10 6"),
}  # fmt: skip


def number(value: int, x: float, y: float, height: float, colour: str = p.LINE) -> str:
    """*value* in figures, its middle at (x, y)."""
    size = height / 16
    figures = str(value)
    left = x - (len(figures) * 14 - 4) * size / 2
    return "".join(
        svg.group(
            [svg.stroke(FIGURES[figure], colour, 2.6)],
            f"translate({left + n * 14 * size:.1f} {y - height / 2:.1f}) scale({size:.3f})",
        )
        for n, figure in enumerate(figures)
    )


def arc(x: float, y: float, radius: float, share: float) -> str:
    """A part of a circle, clockwise from the top."""
    if share >= 1:
        share = 0.9999
    angle = 2 * math.pi * share
    end = x + radius * math.sin(angle), y - radius * math.cos(angle)
    return (
        f"M{x:.1f} {y - radius:.1f}A{radius:.1f} {radius:.1f} 0 {round(share)} 1 "
        f"{end[0]:.1f} {end[1]:.1f}"
    )


def breath(t: float) -> tuple[float, bool]:
    """How full the lungs are *t* seconds into a hold, from 0 to 1, and whether they are filling."""
    if t < READY:
        return 0.0, True
    now = (t - READY) % (IN + OUT)
    filling = now < IN
    share = now / IN if filling else 1 - (now - IN) / OUT
    return (1 - math.cos(math.pi * share)) / 2, filling


def ring(x: float, y: float, radius: float, t: float, seconds: float) -> str:
    """The countdown of a hold, *t* seconds after it began, around the breath; a tick at its end."""
    if t >= seconds:
        return tick(x, y, radius)
    left = math.ceil(seconds - t - 1e-6)
    band = radius * 0.15
    drawn = svg.circle(x, y, radius, p.WHITE, p.LINE, band + 2 * p.WEIGHT)
    drawn += svg.circle(x, y, radius, p.WHITE, p.REST, band)
    drawn += svg.stroke(arc(x, y, radius, (seconds - t) / seconds), p.ARROW, band)
    full, filling = breath(t)
    size = radius * (0.42 + 0.24 * full)
    drawn += svg.circle(x, y, size, p.BREATH)
    drawn += chevrons(x, y, size + radius * 0.11, outward=filling)
    return drawn + number(left, x, y, radius * 0.5)


def chevrons(x: float, y: float, radius: float, *, outward: bool) -> str:
    """Eight small arrowheads: outward while the breath comes in, inward while it goes out."""
    step = 5 if outward else -5
    marks = []
    for angle in range(0, 360, 45):
        a = math.radians(angle)
        cx, cy = x + radius * math.cos(a), y + radius * math.sin(a)
        tip = cx + step * math.cos(a), cy + step * math.sin(a)
        sides = [(cx + 6 * math.cos(a + turn), cy + 6 * math.sin(a + turn))
                 for turn in (math.pi / 2, -math.pi / 2)]  # fmt: skip
        marks.append(svg.line_through([sides[0], tip, sides[1]]))
    return svg.stroke("".join(marks), p.LINE, p.WEIGHT)


def tick(x: float, y: float, radius: float) -> str:
    """Done: a tick in a ring."""
    r = radius * 0.4
    mark = svg.line_through([(x - r, y), (x - r * 0.25, y + r * 0.75), (x + r, y - r * 0.75)])
    band = radius * 0.15
    around = svg.circle(x, y, radius, p.WHITE, p.LINE, band + 2 * p.WEIGHT)
    return around + svg.circle(x, y, radius, p.WHITE, p.HERE, band) + svg.stroke(mark, p.HERE, 9)
