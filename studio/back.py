"""Hips and thighs from behind: where the muscles and the nerve are, where to press, where never.

Drawn in units of 2.6 mm from the waist down the middle; the person's right is the viewer's right,
as it is when one stands behind somebody.
"""

from collections.abc import Iterator, Sequence

from studio import marks, svg
from studio import palette as p
from studio.svg import Point

OUTER = ((44, -12), (43, 8), (48, 30), (58, 58), (65, 84), (64, 106), (60, 132), (55, 168),
         (48, 204), (44, 226), (45, 244), (47, 268), (44, 312))  # fmt: skip
INNER = ((15, 312), (10, 268), (13, 244), (13, 226), (8, 204), (5, 168), (3, 136), (2, 120))

SPINE, TAILBONE = (0, 16), (0, 70)
HIP_BONE, SIT_BONE = (61, 84), (21, 112)
GROIN, KNEE = (7, 132), (29, 228)
DEEP = (
    (TAILBONE[0] + HIP_BONE[0]) / 2,
    (TAILBONE[1] + HIP_BONE[1]) / 2,
)  # midway, as the text says
SOFT = (35, 72)  # the middle of the soft part
THIGH = (31, 168)

BACK_OF_THIGH = ((18, 134), (46, 134), (46, 170), (42, 206), (18, 206), (15, 170))

NEVER = {
    "glutes": ("spine", "tailbone", "hip_bone", "sit_bone"),
    "piriformis": ("spine", "tailbone", "hip_bone", "sit_bone"),
    "hamstrings": ("tailbone", "sit_bone", "groin", "knee"),
}
BONES = {
    "spine": SPINE, "tailbone": TAILBONE, "hip_bone": HIP_BONE, "sit_bone": SIT_BONE,
    "groin": GROIN, "knee": KNEE,
}  # fmt: skip
HERE = {"glutes": SOFT, "piriformis": DEEP, "hamstrings": THIGH}
CUT = {"glutes": (-10, 158), "piriformis": (-10, 158), "hamstrings": (56, 250)}  # what is shown


def smooth(points: Sequence[Point], *, closed: bool = False) -> str:
    """A curve through *points* (Catmull-Rom as Bezier curves)."""
    count = len(points)
    path = f"M{points[0][0]:.1f} {points[0][1]:.1f}"
    for n in range(count if closed else count - 1):
        if closed:
            before, a, b, after = (points[(n + k) % count] for k in (-1, 0, 1, 2))
        else:
            before, a, b, after = (points[min(max(n + k, 0), count - 1)] for k in (-1, 0, 1, 2))
        path += (
            f"C{a[0] + (b[0] - before[0]) / 6:.1f} {a[1] + (b[1] - before[1]) / 6:.1f} "
            f"{b[0] - (after[0] - a[0]) / 6:.1f} {b[1] - (after[1] - a[1]) / 6:.1f} "
            f"{b[0]:.1f} {b[1]:.1f}"
        )
    return path + ("Z" if closed else "")


def mirrored(points: Sequence[Point]) -> list[Point]:
    return [(-x, y) for x, y in points]


def silhouette(weight: float) -> str:
    """Skin, shorts and the lines of the buttocks."""
    right = [*OUTER, *INNER]
    outline = [*right, (0, 116), *reversed(mirrored(right))]
    body = smooth(outline)
    hem = [(62, 148), (34, 154), (4, 150)]
    shorts = [*OUTER[1:8][:-1], *hem, (2, 120)]
    both = [*shorts, *reversed(mirrored(shorts))]
    cleft = "M0 64C2 82 1 98 0 116"
    folds = "M6 116C16 128 38 130 52 120M-6 116C-16 128 -38 130 -52 120"
    knees = "M16 228C24 233 34 233 41 228M-16 228C-24 233 -34 233 -41 228"
    return (
        svg.shape(body, p.SKIN, weight=weight)
        + svg.shape(smooth(both, closed=True), p.SHORTS, weight=weight)
        + svg.stroke(cleft + folds + knees, p.LINE, weight)
    )


def where(area: str, sides: str, box: tuple[float, float, float, float], mark: float) -> str:
    """The map for *area* in *box* (x, y, width, height), with marks of radius *mark* on *sides*."""
    x, y, width, height = box
    top, bottom = CUT[area]
    size = height / (bottom - top)
    weight = p.WEIGHT / size
    inside = [silhouette(weight), *zone(area, sides, weight)]
    moved = svg.group(
        inside, f"translate({x + width / 2:.1f} {y - top * size:.1f}) scale({size:.3f})"
    )

    def pixel(point: Point, sign: int) -> Point:
        return x + width / 2 + sign * point[0] * size, y + (point[1] - top) * size

    over = []
    for sign in (1 if side == "r" else -1 for side in sides):
        over += [marks.cross(*pixel(BONES[name], sign), mark * 0.72) for name in NEVER[area]]
        over.append(marks.target(*pixel(HERE[area], sign), mark))
    name = f"cut{int(x)}-{int(y)}"
    edge = f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" rx="18" '
    return (
        f'<clipPath id="{name}">{edge}/></clipPath>{edge} fill="{p.WHITE}"/>'
        + svg.group([moved, *over], more=f'clip-path="url(#{name})"')
        + f'{edge} fill="none" stroke="{p.LINE}" stroke-width="{p.WEIGHT}"/>'
    )


def zone(area: str, sides: str, weight: float) -> Iterator[str]:
    """How far the soft part reaches, or the line that the spot is the middle of: dashed."""
    for sign in (1 if side == "r" else -1 for side in sides):
        dash = f'stroke-dasharray="{weight * 2.2:.1f} {weight * 2.4:.1f}"'
        match area:
            case "glutes":
                around = f"M{sign * 16} 68a19 25 0 1 0 {sign * 38} 0a19 25 0 1 0 {sign * -38} 0Z"
                yield svg.stroke(around, p.HERE, weight, dash)
            case "hamstrings":
                around = smooth([(sign * x, y) for x, y in BACK_OF_THIGH], closed=True)
                yield svg.stroke(around, p.HERE, weight, dash)
            case _:
                ends = (TAILBONE, HIP_BONE)
                yield svg.stroke(
                    svg.line_through((sign * x, y) for x, y in ends), p.HERE, weight, dash
                )


# The body map

MAXIMUS = (
    (8, 52),
    (22, 46),
    (44, 62),
    (60, 92),
    (58, 118),
    (44, 124),
    (20, 118),
    (4, 104),
    (3, 76),
)
MEDIUS = ((26, 30), (44, 30), (56, 56), (61, 80), (50, 72), (40, 56), (22, 46))
PIRIFORMIS = ((8, 54), (20, 62), (44, 75), (60, 82), (59, 88), (42, 88), (20, 83), (6, 72))
HAMSTRING_IN = (
    (20, 118),
    (30, 126),
    (28, 170),
    (22, 206),
    (17, 222),
    (14, 206),
    (12, 168),
    (14, 136),
)
HAMSTRING_OUT = (
    (26, 118),
    (40, 126),
    (50, 168),
    (46, 206),
    (41, 222),
    (37, 206),
    (32, 168),
    (30, 136),
)
NERVE = ((9, 60), (24, 78), (36, 98), (38, 114), (35, 140), (31, 180), (29, 214), (29, 228))
BRANCHES = (
    ((29, 226), (36, 244), (41, 272), (41, 308)),
    ((29, 226), (26, 250), (25, 280), (26, 308)),
)


def muscles(size: float, left: float, top: float) -> str:
    """The superficial muscles on one side of the body, the deep one and the nerve on the other."""
    weight = p.WEIGHT / size
    shallow = [svg.shape(smooth(mirrored(m), closed=True), p.MUSCLE, weight=weight)
               for m in (HAMSTRING_IN, HAMSTRING_OUT, MEDIUS, MAXIMUS)]  # fmt: skip
    nerve = "".join(smooth(course) for course in (NERVE, *BRANCHES))
    deep = [
        svg.stroke(nerve, p.LINE, 3.2 * weight),
        svg.stroke(nerve, p.NERVE, 1.5 * weight),
        svg.shape(smooth(PIRIFORMIS, closed=True), p.MUSCLE_DEEP, weight=weight),
    ]
    return svg.group(
        [silhouette(weight), *shallow, *deep], f"translate({left} {top}) scale({size})"
    )
