"""Shapes as SVG: outlines around balls, polygons, lines.  Pure text, one decimal."""

import math
from collections.abc import Iterable, Sequence

from studio.palette import LINE, WEIGHT
from studio.space import Disc

Point = tuple[float, float]
ROUND = 'stroke-linejoin="round" stroke-linecap="round"'


def hull(discs: Sequence[Disc]) -> str:
    """The path of a string pulled tight around *discs*."""
    outline = turning_points([p for disc in discs for p in rim(disc)])
    return polygon(outline)


def rim(disc: Disc, corners: int = 28) -> Iterable[Point]:
    for n in range(corners):
        angle = 2 * math.pi * n / corners
        yield disc.x + disc.radius * math.cos(angle), disc.y + disc.radius * math.sin(angle)


def turning_points(points: Iterable[Point]) -> list[Point]:
    """The corners of the smallest convex shape around *points* (Andrew's monotone chain)."""
    ordered = sorted(set(points))
    lower = chain(ordered)
    upper = chain(reversed(ordered))
    return lower[:-1] + upper[:-1]


def chain(points: Iterable[Point]) -> list[Point]:
    corners: list[Point] = []
    for point in points:
        while len(corners) > 1 and turn(corners[-2], corners[-1], point) <= 0:
            corners.pop()
        corners.append(point)
    return corners


def turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def polygon(points: Iterable[Point]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "Z"


def line_through(points: Iterable[Point]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def shape(path: str, fill: str, stroke: str = LINE, weight: float = WEIGHT, more: str = "") -> str:
    line = f'stroke="{stroke}" stroke-width="{weight:g}" {ROUND}'
    return f'<path d="{path}" fill="{fill}" {line} {more}/>'


def filled(path: str, fill: str) -> str:
    return f'<path d="{path}" fill="{fill}"/>'


def stroke(path: str, colour: str = LINE, weight: float = WEIGHT, more: str = "") -> str:
    return shape(path, "none", colour, weight, more)


def circle(
    x: float, y: float, radius: float, fill: str, line: str = LINE, weight: float = WEIGHT
) -> str:
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{fill}" '
        f'stroke="{line}" stroke-width="{weight:g}"/>'
    )


def group(parts: Iterable[str], transform: str = "", more: str = "") -> str:
    moved = f' transform="{transform}"' if transform else ""
    return f"<g{moved} {more}>{''.join(parts)}</g>"


def page(parts: Iterable[str], width: float, height: float, paper: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" '
        f'width="{width:g}" height="{height:g}">'
        f'<rect width="{width:g}" height="{height:g}" fill="{paper}"/>{"".join(parts)}</svg>'
    )
