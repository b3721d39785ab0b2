"""Reads `data/content/pictures/`: what is to be drawn, as plain data.

Everything is said for the right side of the body; the left one is its mirror image.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from studio.body import Pose
from studio.space import Camera

PICTURES = Path(__file__).parent.parent / "data" / "content" / "pictures"


@dataclass(frozen=True)
class Picture:
    """One thing to look at: a still, a motion of two poses or more, or a hold."""

    name: str
    poses: tuple[Pose, ...]
    things: tuple[Mapping[str, Any], ...]
    camera: Camera
    area: str  # whose map stands in the corner
    kind: str  # "set up", "still", "motion" or "hold"
    seconds: float  # of a motion, there and back
    once: bool  # a motion that goes there and stays a while, and not back
    arrows: tuple[Mapping[str, Any], ...]
    corner: tuple[float, float]  # of the map, in pixels
    ring: tuple[float, float]  # the middle of the countdown
    nearer: Mapping[str, float]  # layers to be drawn as if they were so much nearer
    far: str  # the sides whose limbs are a shade darker


def read_pictures(folder: Path = PICTURES) -> dict[str, Picture]:
    """Every picture, by "technique/name"."""
    found = {}
    for path in sorted(folder.glob("*.toml")):
        scene = tomllib.loads(path.read_text(encoding="utf-8"))
        for name, said in scene["picture"].items():
            found[f"{path.stem}/{name}"] = picture(f"{path.stem}/{name}", scene, said)
    return found


def picture(name: str, scene: Mapping[str, Any], said: Mapping[str, Any]) -> Picture:
    names = said.get("poses") or [said["pose"]]
    view = scene["view"] | said.get("view", {})
    return Picture(
        name=name,
        poses=tuple(pose(scene["pose"], one) for one in names),
        things=tuple(said.get("things", scene.get("things", ()))),
        camera=Camera(
            view["azimuth"], view["elevation"], view["scale"], tuple(view["centre"]),
            tuple(view["place"]),
        ),
        area=said.get("area", scene["area"]),
        kind=said.get("kind", "motion" if len(names) > 1 else "still"),
        seconds=float(said.get("seconds", 0)),
        once=said.get("once", False),
        arrows=tuple(said.get("arrows", ())),
        corner=tuple(said.get("corner", scene["corner"])),
        ring=tuple(said.get("ring", scene["ring"])),
        nearer=scene.get("nearer", {}) | said.get("nearer", {}),
        far=scene.get("far", "l"),
    )  # fmt: skip


def pose(poses: Mapping[str, Any], name: str) -> Pose:
    """The pose *name*, with what it takes over from the one that it is like."""
    own = dict(poses[name])
    like = own.pop("like", "")
    return {**pose(poses, like), **own} if like else own
