"""One picture at one moment, as SVG."""

import math
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from studio import back, marks, svg, things
from studio import palette as p
from studio.body import Body, Pose, body, settled, target
from studio.figure import Layer, figure
from studio.scenes import Picture

MAP = 184  # pixels: the side of the map in the corner
RING = 78  # pixels: the radius of the countdown
DIAL = 180  # pixels: the side of the square that it is in


def drawing(picture: Picture, moment: float = 0.0, *, left: bool = False) -> str:
    """*picture* at *moment*, 0 at the first pose and 1 at the last; mirrored for the left side."""
    parts = scene(picture, between(picture.poses, moment))
    parts += corner(picture)
    flip = f"translate({p.WIDTH} 0) scale(-1 1)" if left else ""
    return svg.page([svg.group(parts, flip)], p.WIDTH, p.HEIGHT, p.PAPER)


def scene(picture: Picture, pose: Pose) -> list[str]:
    seen = body(pose)
    layers = list(figure(seen, picture.camera, picture.far, picture.nearer))
    for said in picture.things:
        layers += things.thing(said["kind"], said, picture.camera)
    layers += tools(pose, seen, picture)
    layers.sort(key=lambda layer: layer.depth + nearer(layer.name, picture))
    drawn = [layer.drawn for layer in layers]
    return drawn + [arrow(said, seen, picture) for said in picture.arrows]


def nearer(name: str, picture: Picture) -> float:
    return float(picture.nearer.get(name.split(maxsplit=1)[0], picture.nearer.get(name, 0)))


def tools(pose: Pose, seen: Body, picture: Picture) -> Iterator[Layer]:
    if "ball" in pose:
        yield things.ball(target(pose, "ball", seen), picture.camera)
    if "roller" in pose:
        yield things.roller(target(pose, "roller", seen), picture.camera)


def arrow(said: Mapping[str, Any], seen: Body, picture: Picture) -> str:
    """`{ from = point, to = point, both = true }`: points of the room, or of the body."""
    ends = [picture.camera.see(target({"x": said[name]}, "x", seen)) for name in ("from", "to")]
    return marks.arrow(ends[0], ends[1], both=said.get("both", False))


def corner(picture: Picture) -> list[str]:
    """The map: where it is, for the right side; mirrored with the rest for the left."""
    if not picture.area:
        return []
    x, y = picture.corner
    if picture.kind == "set up":
        return [back.where(picture.area, "rl", (x, y, 300, 300), 19)]
    return [back.where(picture.area, "r", (x, y, MAP, MAP), 15)]


def dial(t: float, seconds: float) -> str:
    """The ring of a hold at *t* seconds, a picture of its own, as large as DIAL."""
    return svg.page([marks.ring(DIAL / 2, DIAL / 2, RING, t, seconds)], DIAL, DIAL, p.PAPER)


def between(poses: tuple[Pose, ...], moment: float) -> Pose:
    """The pose at *moment* of the way through *poses*, slow at each of them."""
    if len(poses) == 1 or moment <= 0:
        return poses[0]
    if moment >= 1:
        return poses[-1]
    place = moment * (len(poses) - 1)
    n = int(place)
    share = (1 - math.cos(math.pi * (place - n))) / 2
    a, z = settled(poses[n]), settled(poses[n + 1])
    return {name: mix(a[name], z.get(name, a[name]), share) for name in a}


def mix(a: Any, z: Any, share: float) -> Any:  # noqa: ANN401 - whatever a pose may hold
    start, end = np.asarray(a, dtype=np.float64), np.asarray(z, dtype=np.float64)
    return start + (end - start) * share
