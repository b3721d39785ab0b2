"""What has to be made, and whether what is there was made from the same."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from data.library import Library
from flows.book import Book
from flows.chat import Side
from flows.shown import held, setup, sound, still
from studio import film
from studio import sound as sound_of
from studio.draw import dial, drawing
from studio.maps import MAPS
from studio.scenes import Picture
from studio.sound import cues

MADE = "made.json"
SIDES = {"r": Side.RIGHT, "l": Side.LEFT}


@dataclass(frozen=True)
class Job:
    """Files that are made together: a picture for both sides, a map, or a sound."""

    kind: str  # "still", "motion", "hold", "map" or "sound"
    name: str  # of the picture, the map or the language
    files: tuple[str, ...]  # the right side first
    seconds: int = 0  # of a hold
    other_side: bool = False  # the sound says that the other side comes next


def jobs(library: Library, pictures: dict[str, Picture]) -> list[Job]:
    """Everything, once."""
    found: dict[tuple[str, ...], Job] = {}
    for book in library.books.values():
        for job in (*picture_jobs(book, pictures), *sound_jobs(book)):
            found[job.files] = job
    maps = [Job("map", name, (f"{name}.png",)) for name in MAPS]
    return maps + list(found.values())


def picture_jobs(book: Book, pictures: dict[str, Picture]) -> Iterator[Job]:
    for technique in book.techniques.values():
        yield Job("still", f"{technique.id}/setup", (f"{setup(technique)}.png",))
        for step in technique.steps:
            name = f"{technique.id}/{step.picture}"
            moves = not step.hold and pictures[name].kind == "motion"
            ending = "mp4" if moves else "png"
            files = tuple(f"{still(technique, step, side)}.{ending}" for side in SIDES.values())
            yield Job("motion" if moves else "still", name, files)
            if step.hold:
                films = tuple(f"{held(technique, step, side)}.mp4" for side in SIDES.values())
                yield Job("hold", name, films, step.hold)


def sound_jobs(book: Book) -> Iterator[Job]:
    lengths = {step.hold for t in book.techniques.values() for step in t.steps if step.hold}
    for seconds in sorted(lengths):
        for other in (False, True):
            name = f"{sound(book, seconds, other_side=other)}.ogg"
            yield Job("sound", book.language if book.speech else "", (name,), seconds, other)


def made_from(job: Job, pictures: dict[str, Picture], library: Library) -> str:
    """The hash of what *job* is made from: what is drawn or said, and with which settings."""
    return hashlib.sha256("\n".join(sources(job, pictures, library)).encode()).hexdigest()[:16]


def sources(job: Job, pictures: dict[str, Picture], library: Library) -> Iterator[str]:
    yield from (job.kind, str(job.seconds))
    if job.kind == "sound":
        yield from (f"{name} {heard(tone())}" for name, tone in sound_of.TONES.items())
        yield repr((sound_of.BIT_RATE, sound_of.PACE, sound_of.VOICE_LEVEL))
        yield json.dumps(speech(job, library), sort_keys=True)
        yield repr(list(cues(job.seconds, other_side=job.other_side)))
        return
    yield repr((film.RATE, film.RELEASE, film.GOING, film.QUALITY, film.COLOURS))
    if job.kind == "map":
        yield MAPS[job.name]()
        return
    picture = pictures[job.name]
    yield repr((picture.seconds, picture.once, picture.ring))
    count = len(picture.poses)
    yield from (drawing(picture, n / max(1, count - 1)) for n in range(count))
    if job.kind == "hold":
        yield f"dial {int(film.ROUND.sum())}"
        yield drawing(release_of(job.name, pictures), 1.0)
        yield from (dial(t, job.seconds) for t in (0, 3, 8, job.seconds))


def speech(job: Job, library: Library) -> dict[str, str]:
    """What is said aloud in the sound *job*, if anything is."""
    return dict(library.books[job.name].speech) if job.name in library.books else {}


def heard(tone: sound_of.Wave) -> str:
    """The hash of *tone*, no finer than any machine works it out."""
    return hashlib.sha256(np.round(tone * 100).astype(np.int8).tobytes()).hexdigest()


def release_of(name: str, pictures: dict[str, Picture]) -> Picture:
    """How the hold *name* is let go: the picture `release` of the same technique."""
    return pictures[f"{name.split('/', maxsplit=1)[0]}/release"]
