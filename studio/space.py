"""Points and directions in the room that is drawn, and how a camera sees them.

Centimetres.  The floor is y = 0; somebody who faces +x has their right side at +z, which is where
the camera stands at azimuth 0.
"""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Vector = npt.NDArray[np.float64]


def vector(*numbers: float) -> Vector:
    return np.array(numbers, dtype=np.float64)


def length(v: Vector) -> float:
    return math.sqrt(float(v @ v))


def unit(v: Vector) -> Vector:
    return v / length(v)


def across(v: Vector, axis: Vector) -> Vector:
    """The part of *v* at right angles to *axis*, which has length 1."""
    return v - axis * float(v @ axis)


@dataclass(frozen=True)
class Ball:
    """A ball in the room: all that is drawn of a body is stretched over such balls."""

    at: Vector
    radius: float


@dataclass(frozen=True)
class Disc:
    """A ball as the camera sees it, in pixels."""

    x: float
    y: float
    radius: float


@dataclass(frozen=True)
class Camera:
    azimuth: float  # degrees: 0 looks from +z, 90 from +x
    elevation: float  # degrees above the floor
    scale: float  # pixels for a centimetre
    centre: tuple[float, float, float]  # the point in the room
    place: tuple[float, float]  # that is seen at this point of the picture

    def axes(self) -> tuple[Vector, Vector, Vector]:
        """To the right, up, and towards the camera."""
        a, e = math.radians(self.azimuth), math.radians(self.elevation)
        right = vector(math.cos(a), 0, -math.sin(a))
        towards = vector(math.sin(a) * math.cos(e), math.sin(e), math.cos(a) * math.cos(e))
        return right, np.cross(towards, right), towards

    def see(self, point: Vector) -> tuple[float, float]:
        right, up, _ = self.axes()
        off = (point - np.array(self.centre)) * self.scale
        return self.place[0] + float(off @ right), self.place[1] - float(off @ up)

    def disc(self, ball: Ball) -> Disc:
        return Disc(*self.see(ball.at), ball.radius * self.scale)

    def depth(self, point: Vector) -> float:
        """How near it is: what is nearer is drawn later."""
        return float(point @ self.axes()[2])
