"""The maps of the body: the muscles and the nerve, and where it can be tight."""

from studio import back, marks, svg
from studio import palette as p
from studio.svg import Point

WIDTH, HEIGHT = 640, 720
SIZE, LEFT, TOP = 2.3, 320, 34
LABEL = 19  # pixels: the radius of a number's disc

# Number, where it stands, and what it points to: all in units of the map.
MUSCLES = (
    (1, (-112, 100), (-46, 100)),  # gluteus maximus
    (2, (-112, 30), (-44, 46)),  # gluteus medius
    (3, (112, 40), (22, 66)),  # piriformis
    (4, (-112, 180), (-42, 178)),  # hamstrings
    (5, (112, 166), (32, 166)),  # sciatic nerve
)
SPOTS = (
    (1, (-112, 62), back.SOFT),
    (2, (112, 62), back.DEEP),
    (3, (112, 168), back.THIGH),
)


def pixel(point: Point) -> Point:
    return LEFT + point[0] * SIZE, TOP + point[1] * SIZE


def numbered(number: int, at: Point, to: Point) -> str:
    """A number on a disc, and a line to what it names."""
    (x, y), end = pixel(at), pixel(to)
    line = svg.line_through([(x, y), end])
    return (
        svg.stroke(line, p.WHITE, p.WEIGHT * 2.6)
        + svg.stroke(line)
        + svg.circle(x, y, LABEL, p.WHITE)
        + marks.number(number, x, y, LABEL)
    )


def muscles() -> str:
    """Muscles on the left, the deep one and the nerve on the right, and where never to press."""
    drawn = [back.muscles(SIZE, LEFT, TOP)]
    drawn += [numbered(*label) for label in MUSCLES]
    bones = (back.SPINE, back.TAILBONE, back.HIP_BONE, back.SIT_BONE, back.KNEE)
    places = {(sign * x, y) for x, y in bones for sign in (1, -1)}
    drawn += [marks.cross(*pixel(place), 12) for place in sorted(places)]
    for x, y in ((35, 86), (31, 160)):
        drawn.append(marks.target(*pixel((-x, y)), 13))
    drawn.append(marks.target(*pixel(back.DEEP), 11))
    return svg.page(drawn, WIDTH, HEIGHT, p.PAPER)


def spots() -> str:
    """The three parts that can be worked on, numbered as the buttons are."""
    weight = p.WEIGHT / SIZE
    parts = [back.silhouette(weight)]
    for area in ("glutes", "piriformis", "hamstrings"):
        parts += back.zone(area, "l" if area == "glutes" else "r", weight)
    drawn = [svg.group(parts, f"translate({LEFT} {TOP}) scale({SIZE})")]
    for number, at, (x, y) in SPOTS:
        to = (x if at[0] > 0 else -x, y)
        drawn += [numbered(number, at, to), marks.target(*pixel(to), 15)]
    return svg.page(drawn, WIDTH, HEIGHT, p.PAPER)


MAPS = {"map.muscles": muscles, "map.spots": spots}
