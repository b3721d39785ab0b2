"""The contact sheet: `docs/media.md`, with all that was made, to be looked at."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from PIL import Image

from flows.book import Book, Step, Technique
from flows.chat import Side
from flows.shown import held, still
from studio import film
from studio.draw import dial, drawing
from studio.scenes import Picture
from studio.wanted import release_of

DOCS = Path(__file__).parent.parent / "docs"
STRIPS = DOCS / "media"
THUMB = (320, 240)
HEAD = """# What is shown and heard

Made by `make media` from [`data/content/pictures/`](../data/content/pictures); do not edit. Pictures are for
the right side; those for the left are their mirror images. What moves stands here as its
first and its last moment, and a hold as six seconds into it and its end.

A ring with a dot says "press here", a cross "not here", a dashed line how far the soft part goes.
The dial counts a hold down; the disc in it grows for 4 seconds to breathe in and shrinks for 6 to
breathe out.

| muscles and nerve | where it can be tight |
| --- | --- |
| <img src="../data/gallery/map.muscles.png" width="320"> | <img src="../data/gallery/map.spots.png" width="320"> |
"""  # noqa: E501 - a table's row is a line


def write_sheet(book: Book, pictures: Mapping[str, Picture]) -> None:
    """Write the sheet anew, and the strips of two moments for what moves."""
    STRIPS.mkdir(exist_ok=True)
    strips: dict[str, tuple[film.Pixels, film.Pixels]] = {}
    parts = [HEAD]
    for technique in book.techniques.values():
        parts.append(f"\n## {technique.name}\n\n| step | picture |\n| --- | --- |\n")
        setup = f"../data/gallery/{technique.id}.setup.png"
        parts.append(f'| set-up. {technique.alt} | <img src="{setup}" width="320"> |\n')
        for step in technique.steps:
            images = list(rows(technique, step, pictures, strips))
            parts.append(f"| {step.id}. {step.alt} | {' '.join(images)} |\n")
    parts.append(sounds(book))
    (DOCS / "media.md").write_text("".join(parts), encoding="utf-8")
    for name, moments in strips.items():
        write_strip(STRIPS / name, moments)
    for old in STRIPS.glob("*.png"):
        if old.name not in strips:
            old.unlink()


def rows(
    technique: Technique,
    step: Step,
    pictures: Mapping[str, Picture],
    strips: dict[str, tuple[film.Pixels, film.Pixels]],
) -> Iterator[str]:
    """The images of *step*; what moves is added to *strips*."""
    picture = pictures[f"{technique.id}/{step.picture}"]
    name = still(technique, step, Side.RIGHT)
    if step.hold or picture.kind != "motion":
        yield f'<img src="../data/gallery/{name}.png" width="320">'
    if step.hold:
        name = held(technique, step, Side.RIGHT)
        release = release_of(picture.name, dict(pictures))
        ends = (
            film.with_dial(film.pixels(drawing(picture)), film.pixels(dial(6, step.hold)),
                           picture.ring, left=False),
            film.with_dial(film.pixels(drawing(release, 1.0)),
                           film.pixels(dial(step.hold, step.hold)), picture.ring, left=False),
        )  # fmt: skip
    elif picture.kind == "motion":
        ends = film.pixels(drawing(picture)), film.pixels(drawing(picture, 1.0))
    else:
        return
    strips[f"{name}.png"] = ends
    yield f'<img src="media/{name}.png" width="640">'


def write_strip(path: Path, moments: tuple[film.Pixels, film.Pixels]) -> None:
    strip = Image.new("RGB", (THUMB[0] * 2, THUMB[1]))
    for n, moment in enumerate(moments):
        strip.paste(
            Image.fromarray(moment).resize(THUMB, Image.Resampling.LANCZOS), (n * THUMB[0], 0)
        )
    film.still(strip, path)


def sounds(book: Book) -> str:
    lengths = sorted({s.hold for t in book.techniques.values() for s in t.steps if s.hold})
    told = ", ".join(str(seconds) for seconds in lengths)
    return (
        f"\n## Sounds\n\nOne for each length of hold ({told} seconds), and one each that says the "
        "other side comes next: a chime, the first breath in and out in words, every breath as a "
        "tone, two tones half way, a tick for each of the last seconds, a bell.\n"
    )
