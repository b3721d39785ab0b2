"""The one hand that everything is drawn with: colours, the line, the paper.

The line stands out from every fill by 4.5:1 or more, and so does every mark from the disc that
it stands on.  What a colour tells, a shape tells too: a target is rings, "not here" is a cross.
"""

WIDTH, HEIGHT = 640, 480  # pixels; looked at 320 wide, half of it
WEIGHT = 3.5  # pixels: every line

LINE = "#1e2a38"
PAPER = "#fbf8f1"
WHITE = "#ffffff"

SKIN = "#e0b48c"
SKIN_FAR = "#d3a57d"  # limbs of the side that is not worked on
HAIR = "#a89788"
SHIRT = "#a9cfc9"
SHIRT_FAR = "#97c0ba"
SHORTS = "#86aad8"
SHORTS_FAR = "#7ea2d0"

BALL = "#f5c52e"
ROLLER = "#cdb9ea"
WOOD = "#ddc6a4"
MAT = "#dcebe6"
WALL = "#ece2d3"
PILLOW = "#f1eaf7"

MUSCLE = "#eaa9a0"
MUSCLE_DEEP = "#f3c9a8"
NERVE = "#f7dc4a"

HERE = "#0b5c3b"  # press here
NEVER = "#9b1c1c"  # not here
ARROW = "#0b4f8a"
BREATH = "#bfe0ea"
REST = "#e4dfd3"  # of the ring: the time that is over

FILLS = (
    PAPER, WHITE, SKIN, SKIN_FAR, HAIR, SHIRT, SHIRT_FAR, SHORTS, SHORTS_FAR, BALL, ROLLER, WOOD,
    MAT, WALL, PILLOW, MUSCLE, MUSCLE_DEEP, NERVE, BREATH, REST,
)  # fmt: skip
MARKS = (LINE, HERE, NEVER, ARROW)
