"""The sheet for an appointment, as a PDF of one page.

Typst sets `sheet.typ`; what was told is handed to it as data, so nothing in it can be taken for
markup.  The PDF is tagged (PDF/UA-1): a title, a language, headings, and words for the chart.
"""

import json
import unicodedata
from dataclasses import asdict
from functools import cache
from io import BytesIO
from pathlib import Path

import matplotlib as mpl
import typst
from matplotlib.figure import Figure
from matplotlib.ft2font import FT2Font

from flows.past.progress import Chart
from flows.past.sheet import Section, Sheet
from printing.chart import lay_out

TEMPLATE = Path(__file__).with_name("sheet.typ")
FONTS = Path(mpl.get_data_path()) / "fonts" / "ttf"  # DejaVu, of the Bitstream Vera licence
SIZE = (9.0, 3.1)  # inches, of the chart
LETTERS = 10  # points in it


def lay(sheet: Sheet) -> bytes:
    """*sheet* as a PDF."""
    told = asdict(sheet) | {
        "sections": [laid(section, sheet.unprintable) for section in sheet.sections],
        "chart": drawn(sheet.chart) if sheet.chart else "",
    }
    return typst.compile(
        TEMPLATE.read_bytes(),
        font_paths=fonts(),
        sys_inputs={"sheet": json.dumps(told)},
        pdf_standards=["ua-1"],
    )


@cache
def fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[FONTS])


@cache
def letters() -> frozenset[str]:
    """All that the font has."""
    return frozenset(map(chr, FT2Font(FONTS / "DejaVuSans.ttf").get_charmap()))


def is_printable(line: str) -> bool:
    """Whether nothing in *line* would be an empty box; marks and spaces are none by themselves."""
    return all(unicodedata.category(sign)[0] in "MZC" for sign in {*line} - letters())


def laid(section: Section, unprintable: str) -> dict[str, object]:
    """*section* with each line as its pieces, every second of them in bold."""
    shown = (line if is_printable(line) else unprintable for line in section.lines)
    lines = [line.split("**") for line in shown]
    return {"title": section.title, "columns": section.columns, "lines": lines}


def drawn(chart: Chart) -> str:
    """*chart* as an SVG, on white paper."""
    figure = Figure(SIZE)
    lay_out(figure, chart, LETTERS)
    made = BytesIO()
    figure.savefig(made, format="svg", transparent=True)
    return made.getvalue().decode()
