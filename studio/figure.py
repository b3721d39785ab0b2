"""The mannequin as layers: each limb one outline, the far ones first."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from studio import body as b
from studio import palette as p
from studio import svg
from studio.body import Body, Limb
from studio.space import Ball, Camera, Vector, across, unit


@dataclass(frozen=True)
class Part:
    """Balls with a skin stretched over them."""

    balls: Sequence[Ball]
    fill: str


@dataclass(frozen=True)
class Layer:
    name: str
    depth: float
    drawn: str


def figure(seen: Body, camera: Camera, far: str, apart: Container[str]) -> Iterator[Layer]:
    """The layers of *seen*, in no order; the limbs of the *far* side a shade darker.

    A foot that is named in *apart* is drawn once more by itself, to lie over another leg.
    """
    for side in "rl":
        if f"foot_{side}" in apart:
            skin = p.SKIN_FAR if side in far else p.SKIN
            yield layer(f"foot_{side}", [Part(foot(seen.legs[side]), skin)], camera)
        yield layer(f"leg_{side}", list(leg(seen.legs[side], far=side in far)), camera)
        yield layer(f"arm_{side}", list(arm(seen.arms[side], far=side in far)), camera)
    hips = layer("trunk", list(trunk(seen)), camera)
    yield Layer(hips.name, hips.depth, hips.drawn + cleft(seen, camera))
    yield layer("head", list(head(seen, camera)), camera)


BEHIND = -0.4  # whoever faces away from the camera by more than this is seen from behind
NEARER = {"leg_r": 8.0, "arm_r": 16.0, "leg_l": -8.0, "arm_l": -16.0, "head": 14.0}


def layer(name: str, parts: Sequence[Part], camera: Camera) -> Layer:
    paths = [(svg.hull([camera.disc(ball) for ball in part.balls]), part.fill) for part in parts]
    outline = "".join(svg.shape(path, p.LINE, weight=2 * p.WEIGHT) for path, _ in paths)
    fills = "".join(svg.filled(path, fill) for path, fill in paths)
    depths = [camera.depth(ball.at) for part in parts for ball in part.balls]
    depth = sum(depths) / len(depths) + NEARER.get(name, 0)
    return Layer(name, depth, outline + fills)


def part_of(a: Ball, z: Ball, start: float, end: float) -> list[Ball]:
    """The piece of a limb from *start* to *end*, which go from 0 at *a* to 1 at *z*."""
    return [
        Ball(a.at + (z.at - a.at) * share, a.radius + (z.radius - a.radius) * share)
        for share in (start, end)
    ]


def leg(limb: Limb, *, far: bool) -> Iterator[Part]:
    skin = p.SKIN_FAR if far else p.SKIN
    hip, knee = Ball(limb.root, 8.8), Ball(limb.bend, 5.6)
    calf = Ball(limb.bend + (limb.end - limb.bend) * 0.3, 5.5)
    ankle = Ball(limb.end, 3.7)
    yield Part(part_of(hip, knee, 0.3, 1), skin)
    yield Part([Ball(knee.at, 5.0), calf], skin)
    yield Part([calf, ankle], skin)
    yield Part(foot(limb), skin)
    grown = Ball(hip.at, 9.2), Ball(knee.at, 6.4)
    yield Part(part_of(*grown, 0, 0.5), p.SHORTS_FAR if far else p.SHORTS)


def foot(limb: Limb) -> list[Ball]:
    sole = unit(across(limb.end - limb.bend, limb.tip))
    heel = limb.end - limb.tip * b.HEEL + sole * 3
    return [
        Ball(limb.end, 3.7),
        Ball(heel, 3.3),
        Ball(limb.end + limb.tip * b.TOES + sole * 4.1, 2.4),
    ]


def arm(limb: Limb, *, far: bool) -> Iterator[Part]:
    skin = p.SKIN_FAR if far else p.SKIN
    shoulder, elbow, wrist = Ball(limb.root, 5.6), Ball(limb.bend, 4.0), Ball(limb.end, 2.9)
    yield Part(part_of(shoulder, elbow, 0.3, 1), skin)
    yield Part([elbow, wrist], skin)
    middle = limb.end + (limb.tip - limb.end) * 0.4
    yield Part([wrist, Ball(middle, 3.7), Ball(limb.tip, 2.3)], skin)
    yield Part(part_of(Ball(shoulder.at, 6.0), Ball(elbow.at, 4.8), 0, 0.55),
               p.SHIRT_FAR if far else p.SHIRT)  # fmt: skip


def trunk(seen: Body) -> Iterator[Part]:
    def both(spot: tuple[Vector, float], frame: b.Frame) -> list[Ball]:
        return [Ball(frame.point(spot[0], left=left), spot[1]) for left in (False, True)]

    waist = both(b.WAIST, seen.chest)
    shoulders = [Ball(seen.chest.point(b.SHOULDER, left=left), 5.0) for left in (False, True)]
    nape = seen.skull + (seen.chest.point(b.NECK) - seen.skull) * 0.5
    yield Part([Ball(seen.chest.point(b.NECK), 5.2), Ball(nape, 5.2)], p.SKIN)
    yield Part(both(b.GROIN, seen.pelvis) + waist, p.SHIRT)
    yield Part(waist + both(b.CHEST, seen.chest), p.SHIRT)
    yield Part(both(b.CHEST, seen.chest) + shoulders, p.SHIRT)
    hem = [Ball(seen.pelvis.point(np.array((x, 8.0, -1.0))), 9.2) for x in (6.0, -6.0)]
    yield Part(both(b.BUTTOCK, seen.pelvis) + both(b.GROIN, seen.pelvis) + hem, p.SHORTS)


def cleft(seen: Body, camera: Camera) -> str:
    """The line between the buttocks, for who sees them."""
    if float(seen.pelvis.front @ camera.axes()[2]) > BEHIND:
        return ""
    spots = ((0, 3.5, -13.2), (0, -3, -13.6), (0, -8.5, -10))
    return svg.stroke(svg.line_through(camera.see(seen.pelvis.point(np.array(s))) for s in spots))


def head(seen: Body, camera: Camera) -> Iterator[Part]:
    up = unit(seen.skull - seen.chest.point(b.NECK))
    side = np.cross(seen.face, up)

    def at(right: float, high: float, ahead: float) -> Vector:
        return seen.skull + side * right + up * high + seen.face * ahead

    seen_from_behind = float(seen.face @ camera.axes()[2]) < BEHIND
    eye = [Part([Ball(at(x, 0.5, 8.4), 1.1)], p.LINE) for x in (4.2, -4.2)]
    hair = [Part([Ball(at(0, 2.0, -1.8), 10.4), Ball(at(0, -2.0, -3.0), 8.6)], p.HAIR)]
    parts = [
        Part([Ball(at(0, -2.0, 2.4), 9.0), Ball(at(0, -6.5, 3.0), 6.0)], p.SKIN),
        Part([Ball(at(0, -2.5, 11.2), 1.7), Ball(at(0, 0, 9.5), 1.5)], p.SKIN),
        *(Part([Ball(at(x, -2.0, -1.0), 2.3)], p.SKIN) for x in (9.3, -9.3)),
        *eye,
    ]
    parts.sort(key=lambda part: camera.depth(part.balls[0].at))
    yield from parts + hair if seen_from_behind else hair + parts
