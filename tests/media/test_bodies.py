"""Nobody in a picture floats or sinks or bends wrongly, and tools are where the text says."""

import numpy as np
import pytest

from studio import body as b
from studio import things
from studio.body import Body, Pose, body, target
from studio.draw import between
from studio.figure import foot, trunk
from studio.scenes import Picture, read_pictures
from studio.space import Ball, length, unit, vector

PICTURES = read_pictures()
MOMENTS = (0.0, 0.25, 0.5, 0.75, 1.0)
NAMED = pytest.mark.parametrize("name", sorted(PICTURES))
HELD = pytest.mark.parametrize("name", sorted(n for n, p in PICTURES.items() if p.kind == "hold"))
GIVE = 1.6  # centimetres that flesh gives way where one sits or lies
PRESSED = 3.0  # and where a ball or a roller presses


def poses(name: str) -> list[Pose]:
    picture = PICTURES[name]
    return [
        between(picture.poses, moment) for moment in MOMENTS[: 5 if len(picture.poses) > 1 else 1]
    ]


def bodies(name: str) -> list[Body]:
    return [body(pose) for pose in poses(name)]


def lowest(balls: list[Ball]) -> float:
    return min(float(ball.at[1]) - ball.radius for ball in balls)


def seat(picture: Picture) -> float | None:
    """How high the seat is, where somebody sits on a chair."""
    on_it = any(t["kind"] == "chair" for t in picture.things) and "wall" not in picture.name
    return things.SEAT if on_it else None


@NAMED
def test_limbs_keep_their_length(name: str) -> None:
    for seen in bodies(name):
        for leg in seen.legs.values():
            assert length(leg.bend - leg.root) == pytest.approx(b.THIGH)
            assert length(leg.end - leg.bend) == pytest.approx(b.SHANK)
        for arm in seen.arms.values():
            assert length(arm.bend - arm.root) == pytest.approx(b.UPPER_ARM)
            assert length(arm.end - arm.bend) == pytest.approx(b.FOREARM)


@NAMED
def test_knees_bend_to_where_the_toes_point(name: str) -> None:
    for seen in bodies(name):
        for leg in seen.legs.values():
            out = leg.bend - (leg.root + leg.end) / 2
            if length(out) > 5:  # a straight leg points nowhere
                assert float(unit(out) @ leg.tip) > -0.2, name


@NAMED
def test_knees_and_elbows_do_not_bend_further_than_they_can(name: str) -> None:
    for seen in bodies(name):
        for limb in (*seen.legs.values(), *seen.arms.values()):
            folded = float(unit(limb.root - limb.bend) @ unit(limb.end - limb.bend))
            assert np.degrees(np.arccos(folded)) > 35, name


@NAMED
def test_nobody_sinks_into_the_floor(name: str) -> None:
    for seen in bodies(name):
        parts = [ball for part in trunk(seen) for ball in part.balls]
        parts += [Ball(limb.tip, 2.3) for limb in seen.arms.values()]
        parts += [ball for limb in seen.legs.values() for ball in foot(limb)]
        assert lowest(parts) > -GIVE, name


@NAMED
def test_feet_that_stand_are_on_the_floor(name: str) -> None:
    for seen in bodies(name):
        for limb in seen.legs.values():
            stands = float(unit(limb.bend - limb.end)[1]) > 0.5
            if stands and abs(float(limb.tip[1])) < 0.1 and limb.end[1] < 10:
                assert -0.5 < lowest(foot(limb)) < 0.7, name


@pytest.mark.parametrize(
    "name",
    sorted(
        n
        for n in PICTURES
        if n.startswith(("glutes_roller/", "hamstrings_roller/", "piriformis_ball_floor/"))
        and "place" not in n
    ),
)
def test_hands_that_bear_weight_are_on_the_floor(name: str) -> None:
    for seen in bodies(name):
        for limb in seen.arms.values():
            assert 0 <= float(limb.end[1]) - 3.7 < 1, name
            assert abs(float(limb.tip[1] - limb.end[1])) < 2, name


@NAMED
def test_whoever_sits_on_a_chair_touches_it(name: str) -> None:
    high = seat(PICTURES[name])
    for pose, seen in zip(poses(name), bodies(name), strict=True):
        if high is not None:
            bottom = lowest([seen.buttock(side) for side in "rl"])
            lifted = 2 * things.BALL if "ball" in pose else 1.5
            assert high - GIVE < bottom < high + lifted, name


@HELD
def test_the_ball_of_a_hold_is_pressed_between_the_buttock_and_what_bears_it(name: str) -> None:
    pose, seen = poses(name)[0], bodies(name)[0]
    if "ball" not in pose:
        return
    at = target(pose, "ball", seen)
    buttock = seen.buttock("r")
    gap = length(at - buttock.at) - buttock.radius - things.BALL
    assert -PRESSED < gap < 0.5, f"{name}: {gap:.1f} cm between ball and buttock"
    if "wall" in name:
        wall = next(t["at"][0] for t in PICTURES[name].things if t["kind"] == "wall")
        assert float(at[0]) - things.BALL == pytest.approx(wall, abs=0.5)
    else:
        under = seat(PICTURES[name]) or 0.0
        assert float(at[1]) - things.BALL == pytest.approx(under, abs=0.5)


@HELD
def test_the_ball_is_between_the_tailbone_and_the_hip_bone_and_on_neither(name: str) -> None:
    pose, seen = poses(name)[0], bodies(name)[0]
    if "ball" not in pose:
        return
    at = target(pose, "ball", seen)
    share = float((at - seen.pelvis.at) @ seen.pelvis.right) / b.HIP_BONE[0]
    low, high = (0.4, 0.75) if name.startswith("piriformis") else (0.35, 0.75)
    assert low < share < high, f"{name}: {share:.2f} of the way"
    for bone in (b.TAILBONE, b.HIP_BONE):
        assert length(at - seen.pelvis.point(bone)) > things.BALL + 1, name


@pytest.mark.parametrize("name", ["glutes_hands_chair/hold", "glutes_hands_side/hold"])
def test_the_hand_is_on_the_soft_part_of_the_right_buttock(name: str) -> None:
    seen = bodies(name)[0]
    tip, buttock = seen.arms["r"].tip, seen.buttock("r")
    assert -3 < length(tip - buttock.at) - buttock.radius < 3
    assert 3 < float((tip - seen.pelvis.at) @ seen.pelvis.right) < 14


@pytest.mark.parametrize(
    "name",
    sorted(
        f"hamstrings_hands_{where}/{what}"
        for where in ("chair", "floor")
        for what in ("palms", "glide", "search", "hold")
    ),
)
def test_both_palms_are_on_the_back_of_the_thigh_and_off_the_knee(name: str) -> None:
    for seen in bodies(name):
        leg = seen.legs["r"]
        thigh = leg.bend - leg.root
        for arm in seen.arms.values():
            palm = arm.end + (arm.tip - arm.end) * 0.5
            along = float((palm - leg.root) @ unit(thigh)) / b.THIGH
            assert 0.2 < along < 0.95, f"{name}: {along:.2f}"
            off = palm - (leg.root + thigh * along)
            assert length(off) < 12, f"{name}: {length(off):.1f} cm from the middle of the thigh"
            assert float(off[1]) < 0, f"{name}: from below"


@pytest.mark.parametrize("name", sorted(n for n in PICTURES if "roller/" in n))
def test_the_roller_lies_on_the_floor_under_the_body(name: str) -> None:
    for pose, seen in zip(poses(name), bodies(name), strict=True):
        at = target(pose, "roller", seen)
        assert float(at[1]) == pytest.approx(things.ROLLER)
        if name.startswith("glutes"):
            gap = length(vector(*(at - seen.buttock("r").at)[:2])) - 9.5 - things.ROLLER
            assert -PRESSED < gap < (9 if "release" in name else 2.8), f"{name}: {gap:.1f}"
        else:
            along = float((at - seen.legs["r"].root)[0]) / b.THIGH
            assert 0.2 < along < 0.86, f"{name}: {along:.2f} of the thigh: off the knee"


def test_the_figure_four_has_the_ankle_on_the_other_knee() -> None:
    seen = bodies("glutes_roller/figure_four")[0]
    assert length(seen.legs["r"].end - seen.legs["l"].bend) < 13
    assert float(seen.legs["r"].end[1]) > float(seen.legs["l"].bend[1])


def test_crossed_legs_have_the_ankle_on_the_knee_of_the_leg_that_is_rolled() -> None:
    seen = bodies("hamstrings_roller/cross_legs")[0]
    assert length(seen.legs["l"].end - seen.legs["r"].bend) < 13
    assert float(seen.legs["l"].end[1]) > float(seen.legs["r"].bend[1])
