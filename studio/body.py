"""The mannequin: how long its limbs are, and where its joints go for a pose.

A pose says where the hips, hands and feet are; knees and elbows follow, so that whatever is
said to stand on the floor stands on it, and a limb is never longer than it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from studio.space import Ball, Vector, across, length, unit, vector

# Centimetres, of a person 166 tall.
UPPER_ARM, FOREARM, HAND = 31.0, 26.0, 9.0
THIGH, SHANK = 42.0, 41.0
ANKLE = 6.5  # its height when the foot is flat
HEEL, TOES = 4.0, 14.0  # behind and before the ankle

# Right, towards the head, to the front; and the radius.  Mirrored for the left.
BUTTOCK = (vector(7.6, -1.0, -4.5), 9.5)
GROIN = (vector(6.0, 3.0, 2.0), 8.5)
WAIST = (vector(5.0, 17.0, -0.5), 9.5)
CHEST = (vector(8.0, 37.0, 0.5), 10.5)
HIP = vector(8.5, 0, 0)
SHOULDER = vector(16.5, 45.0, 0)
NECK = vector(0, 51.0, 0)
HEAD = vector(0, 65.0, 2.0)
HEAD_RADIUS = 10.5
TAILBONE = vector(0, 0.5, -12.5)
HIP_BONE = vector(15.5, 0, -1)  # its point, at the side


class BadPose(Exception):
    """No body can stand like that."""


@dataclass(frozen=True)
class Limb:
    root: Vector
    bend: Vector  # knee or elbow
    end: Vector  # ankle or wrist
    tip: Vector  # toes or fingers


@dataclass(frozen=True)
class Frame:
    """A part of the trunk: where it is and how it lies."""

    at: Vector
    right: Vector
    head: Vector
    front: Vector

    def point(self, own: Vector, *, left: bool = False) -> Vector:
        """Where *own* (right, head, front) is in the room."""
        right = -own[0] if left else own[0]
        off = self.right * right + self.head * own[1] + self.front * own[2]
        point: Vector = self.at + off
        return point


@dataclass(frozen=True)
class Body:
    pelvis: Frame
    chest: Frame
    face: Vector  # where the nose points
    skull: Vector
    legs: Mapping[str, Limb]  # by side: "r", "l"
    arms: Mapping[str, Limb]

    def buttock(self, side: str) -> Ball:
        return Ball(self.pelvis.point(BUTTOCK[0], left=side == "l"), BUTTOCK[1])


Pose = Mapping[str, object]


def body(pose: Pose) -> Body:
    """The joints of *pose*.  Raises BadPose where a hand or foot cannot be reached."""
    pelvis = frame(given(pose, "pelvis"), given(pose, "head"), given(pose, "front"))
    upper = given(pose, "chest") if "chest" in pose else pelvis.head
    chest = frame(pelvis.at, upper, given(pose, "chest_front", pelvis.front))
    middle = pelvis.at + pelvis.head * 14  # the trunk bends here
    chest = Frame(middle - chest.head * 14, chest.right, chest.head, chest.front)
    legs = {side: leg(pose, pelvis, side) for side in "rl"}
    neck = unit(given(pose, "neck", chest.head))
    skull = chest.point(NECK) + neck * (HEAD[1] - NECK[1]) + chest.front * HEAD[2]
    face = unit(across(given(pose, "face", chest.front), neck))
    seen = Body(pelvis, chest, face, skull, legs, {})
    return Body(pelvis, chest, face, skull, legs, {s: arm(pose, seen, s) for s in "rl"})


def given(pose: Pose, name: str, default: Vector | None = None) -> Vector:
    if name not in pose:
        assert default is not None, f"a pose must say its {name}"
        return default
    return np.array(pose[name], dtype=np.float64)


def frame(at: Vector, head: Vector, front: Vector) -> Frame:
    up = unit(head)
    ahead = unit(across(front, up))
    return Frame(at, np.cross(ahead, up), up, ahead)


def leg(pose: Pose, pelvis: Frame, side: str) -> Limb:
    hip = pelvis.point(HIP, left=side == "l")
    ankle = given(pose, f"foot_{side}")
    toward = given(pose, f"knee_{side}", pelvis.front)
    knee = joint(hip, ankle, THIGH, SHANK, toward, f"foot_{side}")
    level = pelvis.front * (1, 0, 1)
    toes = unit(given(pose, f"toes_{side}", level))
    return Limb(hip, knee, ankle, toes)


def arm(pose: Pose, seen: Body, side: str) -> Limb:
    shoulder = seen.chest.point(SHOULDER, left=side == "l")
    wrist = target(pose, f"hand_{side}", seen)
    toward = given(pose, f"elbow_{side}", -seen.chest.front)
    elbow = joint(shoulder, wrist, UPPER_ARM, FOREARM, toward, f"hand_{side}")
    fingers = unit(given(pose, f"fingers_{side}", wrist - elbow))
    return Limb(shoulder, elbow, wrist, wrist + fingers * HAND)


def settled(pose: Pose) -> Pose:
    """*pose* with all that hangs on its body said as points of the room, to be mixed."""
    seen = body(pose)
    points = {name: target(pose, name, seen) for name in ("ball", "roller") if name in pose}
    hands = {f"hand_{side}": seen.arms[side].end for side in "rl"}
    return {**pose, **points, **hands}


def target(pose: Pose, name: str, seen: Body) -> Vector:
    """A point of the room, or one that moves with the hips: `{ hips = [...] }`."""
    value = pose[name]
    if isinstance(value, Mapping) and "hips" in value:
        return seen.pelvis.point(vector(*value["hips"]))
    if isinstance(value, Mapping) and "thigh" in value:
        return on_thigh(seen, value)
    return given(pose, name)


def on_thigh(seen: Body, value: Mapping[str, object]) -> Vector:
    """`{ thigh = "r", along = 0.4, off = [...] }`: a part of the way from hip to knee."""
    limb = seen.legs[str(value["thigh"])]
    along = float(str(value["along"]))
    off = np.asarray(value.get("off", (0, 0, 0)), dtype=np.float64)
    return limb.root + (limb.bend - limb.root) * along + off


def joint(
    root: Vector, end: Vector, first: float, second: float, toward: Vector, name: str
) -> Vector:
    """The knee or elbow between *root* and *end*, on the side of *toward*."""
    way = end - root
    reach = length(way)
    if not abs(first - second) < reach <= first + second:
        raise BadPose(f"{name} is {reach:.1f} away; at most {first + second} can be reached")
    axis = way / reach
    along = (first**2 - second**2 + reach**2) / (2 * reach)
    out = max(first**2 - along**2, 0.0) ** 0.5
    bend: Vector = root + axis * along + unit(across(toward, axis)) * out
    return bend
