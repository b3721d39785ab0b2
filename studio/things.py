"""What stands about: the mat, the wall, a chair, a pillow, the ball and the roller."""

import math
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Any

import numpy as np

from studio import palette as p
from studio import svg
from studio.figure import Layer, Part, layer
from studio.space import Ball, Camera, Vector, vector

BALL = 4.0  # centimetres, its radius: a fifth bigger than life, so that it is seen at 320 pixels
ROLLER, ROLLER_LENGTH = 7.0, 44.0
SEAT = 45.0  # its height
BEHIND = -1e6  # the depth of what everything stands before


def thing(kind: str, given: Mapping[str, Any], camera: Camera) -> Iterator[Layer]:
    """The layers of the thing *kind*, with what the scene says about it."""
    at = vector(*given.get("at", (0, 0, 0)))
    match kind:
        case "mat":
            yield mat(at, given, camera)
        case "wall":
            yield wall(at, camera)
        case "chair":
            yield from chair(at, float(given.get("turned", 0)), camera)
        case "pillow":
            yield pillow(at, camera)
        case _:
            raise ValueError(f"nobody knows how to draw a {kind}")


def mat(at: Vector, given: Mapping[str, Any], camera: Camera) -> Layer:
    half, deep = given.get("half", 85), given.get("deep", 34)
    corners = [at + vector(x * half, 0, z * deep) for x, z in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    return Layer("mat", BEHIND + 1, svg.shape(svg.polygon(map(camera.see, corners)), p.MAT))


def wall(at: Vector, camera: Camera) -> Layer:
    """A wall that faces +x, with its skirting board."""

    def board(top: float, bottom: float) -> str:
        corners = ((bottom, -75), (top, -75), (top, 70), (bottom, 70))
        return svg.polygon(camera.see(at + vector(0, y, z)) for y, z in corners)

    drawn = svg.shape(board(185, 0), p.WALL) + svg.shape(board(9, 0), p.WOOD)
    return Layer("wall", BEHIND, drawn)


def pillow(at: Vector, camera: Camera) -> Layer:
    balls = [Ball(at + vector(x, 0, z), 4.5) for x, z in product((-11, 11), (-16, 16))]
    drawn = layer("pillow", [Part(balls, p.PILLOW)], camera)
    return Layer("pillow", BEHIND + 2, drawn.drawn)


def chair(at: Vector, turned: float, camera: Camera) -> Iterator[Layer]:
    """A firm chair that faces +x, or is turned from it, in degrees; its back is open."""
    a = math.radians(turned)

    def place(x: float, y: float, z: float) -> Vector:
        return at + vector(x * math.cos(a) - z * math.sin(a), y, x * math.sin(a) + z * math.cos(a))

    def box(name: str, low: tuple[float, float, float], high: tuple[float, float, float]) -> Layer:
        corners = [place(*c) for c in product(*zip(low, high, strict=True))]
        path = svg.polygon(svg.turning_points(camera.see(c) for c in corners))
        depth = sum(camera.depth(c) for c in corners) / len(corners)
        return Layer(name, depth, svg.shape(path, p.WOOD))

    for x, z in product((-19.5, 19.5), (-19.5, 19.5)):
        yield box("chair leg", (x - 1.8, 0, z - 1.8), (x + 1.8, SEAT - 4, z + 1.8))
    for z in (-19.5, 19.5):
        yield box("chair post", (-21.3, SEAT, z - 1.8), (-18, SEAT + 42, z + 1.8))
    yield box("chair rail", (-21.5, SEAT + 35, -22), (-18, SEAT + 44, 22))
    seat = box("chair seat", (-22, SEAT - 4, -22), (22, SEAT, 22))
    top = svg.polygon(
        camera.see(place(x, SEAT, z)) for x, z in ((-22, -22), (22, -22), (22, 22), (-22, 22))
    )
    yield Layer(seat.name, seat.depth, seat.drawn + svg.stroke(top))


def ball(at: Vector, camera: Camera) -> Layer:
    disc = camera.disc(Ball(at, BALL))
    shine = svg.circle(disc.x - disc.radius * 0.3, disc.y - disc.radius * 0.3, disc.radius * 0.28,
                       p.WHITE, p.WHITE, 0)  # fmt: skip
    drawn = svg.circle(disc.x, disc.y, disc.radius, p.BALL) + shine
    return Layer("ball", camera.depth(at), drawn)


def roller(at: Vector, camera: Camera) -> Layer:
    """A foam roller that lies across, along z."""

    def ring(z: float, radius: float) -> Iterable[tuple[float, float]]:
        for angle in np.linspace(0, 2 * math.pi, 40, endpoint=False):
            off = vector(radius * math.cos(angle), radius * math.sin(angle), z)
            yield camera.see(at + off)

    ends = [list(ring(z, ROLLER)) for z in (-ROLLER_LENGTH / 2, ROLLER_LENGTH / 2)]
    side = svg.polygon(svg.turning_points(ends[0] + ends[1]))
    near = svg.polygon(ends[1]) + svg.polygon(ring(ROLLER_LENGTH / 2, 3.2))
    drawn = svg.shape(side, p.ROLLER) + svg.stroke(near)
    return Layer("roller", camera.depth(at), drawn)
