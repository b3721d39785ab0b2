"""A chart of pain over time.

What a colour tells, a shape and a line tell too.  It is read 320 pixels wide, half of its size.
"""

from io import BytesIO
from typing import Literal

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from flows.past.progress import Chart
from studio.palette import ARROW, HERE, LINE, PAPER, REST, WHITE

DPI = 100
SIZE = (6.4, 5.6)  # inches
LETTERS = 15  # points: 10 pixels when it is read
Line = Literal["-", "--", "none"]
Style = tuple[str, str, Line, str]  # a shape, its filling, a line, a colour

STYLES: tuple[Style, ...] = (  # before, after, next day
    ("o", ARROW, "-", ARROW),
    ("s", WHITE, "--", HERE),
    ("^", LINE, "none", LINE),
)
STRIP = -1.5  # where sessions and rest days stand, under the scale
EDGE = 0.7  # days left free at both ends


def draw(chart: Chart) -> bytes:
    """*chart* as a PNG."""
    figure = Figure(SIZE, dpi=DPI, facecolor=PAPER)
    FigureCanvasAgg(figure)
    lay_out(figure, chart, LETTERS)
    made = BytesIO()
    figure.savefig(made, format="png")
    return made.getvalue()


def lay_out(figure: Figure, chart: Chart, letters: float) -> None:
    axes = figure.add_axes((0.12, 0.09, 0.83, 0.74), facecolor=PAPER)
    frame(axes, chart, letters)
    for points, style in zip(chart.points, STYLES, strict=True):
        curve(axes, points, style, letters)
    for day, mark in chart.changes:
        change(axes, day, mark, letters)
    strip(axes, chart, letters)
    key(figure, chart, letters)


def frame(axes: Axes, chart: Chart, letters: float) -> None:
    axes.set_xlim(chart.first - EDGE, chart.last + EDGE)
    axes.set_ylim(STRIP - 0.8, 10.9)
    axes.set_yticks(range(0, 11, 2))
    axes.set_xticks([day for day, _ in chart.ticks], [said for _, said in chart.ticks])
    axes.tick_params(labelsize=letters, colors=LINE, length=4)
    axes.grid(axis="y", color=REST, linewidth=1)
    axes.set_axisbelow(True)
    axes.set_ylabel(chart.pain, size=letters, color=LINE)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)


def curve(axes: Axes, points: tuple[tuple[int, int], ...], style: Style, letters: float) -> None:
    shape, filling, line, colour = style
    axes.plot(
        [day for day, _ in points], [pain for _, pain in points], marker=shape, color=colour,
        markerfacecolor=filling, linestyle=line, markersize=letters * 0.6, linewidth=letters / 7,
        markeredgewidth=letters / 8, clip_on=False,
    )  # fmt: skip


def change(axes: Axes, day: int, mark: str, letters: float) -> None:
    """A line for what changed in the plan, with its mark on top."""
    axes.axvline(day, color=LINE, linewidth=letters / 12, linestyle=(0, (1, 2)))
    axes.text(
        day, 10.55, mark, size=letters * 0.9, color=LINE, ha="center", va="center",
        bbox={"boxstyle": "circle,pad=0.2", "facecolor": WHITE, "edgecolor": LINE},
    )  # fmt: skip


def strip(axes: Axes, chart: Chart, letters: float) -> None:
    axes.axhline(STRIP + 0.75, color=REST, linewidth=1)
    for days, shape, size in ((chart.sessions, "D", 0.5), (chart.rests, ".", 0.35)):
        axes.plot(
            days, [STRIP] * len(days), marker=shape, markersize=letters * size, linestyle="none",
            color=LINE,
        )  # fmt: skip


def key(figure: Figure, chart: Chart, letters: float) -> None:
    """What each shape means."""
    curves = [
        Line2D([], [], marker=shape, color=colour, markerfacecolor=filling, linestyle=line)
        for shape, filling, line, colour in STYLES
    ]
    flat = [Line2D([], [], marker=shape, color=LINE, linestyle="none") for shape in ("D", ".")]
    line = Line2D([], [], color=LINE, linestyle=(0, (1, 2)))
    names = (*chart.labels, chart.session, chart.rest, chart.change)
    figure.legend(
        [*curves, *flat, line], names, loc="upper center", ncols=3, fontsize=letters,
        frameon=False, labelcolor=LINE, handlelength=1.6, columnspacing=1.0, borderaxespad=0.2,
    )  # fmt: skip
