"""`make media`: makes what is missing or was made from something else."""

import hashlib
import json
import sys
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import cache
from pathlib import Path

from rich.progress import track

from data.library import read_library
from data.media import GALLERY
from studio import film, sound
from studio.draw import drawing
from studio.maps import MAPS
from studio.scenes import Picture, read_pictures
from studio.sheet import write_sheet
from studio.wanted import MADE, Job, jobs, made_from, release_of, speech

CORES = 2


@cache
def all_pictures() -> dict[str, Picture]:
    return read_pictures()


def make(job: Job, words: dict[str, str]) -> Job:
    """Make the files of *job*."""
    paths = [GALLERY / name for name in job.files]
    if job.kind == "sound":
        voice = bool(words) and sound.has_voice()
        whole = sound.track(job.seconds, words, other_side=job.other_side, voice=voice)
        sound.write(whole, paths[0])
    elif job.kind == "map":
        film.still(film.image(MAPS[job.name]()), paths[0])
    else:
        picture(job, all_pictures()[job.name], paths)
    return job


def picture(job: Job, drawn: Picture, paths: list[Path]) -> None:
    if job.kind == "still":
        for n, path in enumerate(paths):
            film.still(film.image(drawing(drawn, left=n == 1)), path)
    elif job.kind == "motion":
        frames = list(film.motion(drawn))
        film.film(frames, paths[0])
        film.film(map(film.mirrored, frames), paths[1])
    else:
        pairs = list(film.hold(drawn, release_of(job.name, all_pictures()), job.seconds))
        for n, path in enumerate(paths):
            film.film(
                (film.with_dial(base, dial, drawn.ring, left=n == 1) for base, dial in pairs), path
            )


def read_made() -> dict[str, dict[str, str]]:
    path = GALLERY / MADE
    made: dict[str, dict[str, str]] = json.loads(path.read_text()) if path.exists() else {}
    return made


def content(name: str) -> str:
    return hashlib.sha256((GALLERY / name).read_bytes()).hexdigest()[:16]


def main() -> None:
    GALLERY.mkdir(exist_ok=True)
    library = read_library(gallery=None)
    every = jobs(library, all_pictures())
    source = {job: made_from(job, all_pictures(), library) for job in every}
    made = read_made()
    stale = [job for job in every if any(
        made.get(name, {}).get("made_from") != source[job] or not (GALLERY / name).exists()
        for name in job.files)]  # fmt: skip
    if any(job.kind == "sound" for job in stale) and not sound.has_voice():
        print("espeak-ng is not installed: the sounds have tones alone", file=sys.stderr)  # noqa: T201
    with ProcessPoolExecutor(CORES) as pool:
        going = [pool.submit(make, job, speech(job, library)) for job in longest_first(stale)]
        for done in track(as_completed(going), "Making media", total=len(going)):
            job = done.result()
            made |= {name: {"made_from": source[job], "content": content(name)}
                     for name in job.files}  # fmt: skip
    keep(made, {name for job in every for name in job.files})
    write_sheet(library.book(""), all_pictures())


def longest_first(stale: list[Job]) -> list[Job]:
    weight = {"hold": 3, "motion": 2, "sound": 1}
    return sorted(stale, key=lambda job: (-weight.get(job.kind, 0), -job.seconds, job.files))


def keep(made: dict[str, dict[str, str]], names: set[str]) -> None:
    """Write down how *names* were made, and take away what nobody wants any more."""
    for path in GALLERY.iterdir():
        if path.name != MADE and path.name not in names:
            path.unlink()
    told = {name: made[name] for name in sorted(names)}
    (GALLERY / MADE).write_text(json.dumps(told, indent=1) + "\n")


if __name__ == "__main__":
    main()
