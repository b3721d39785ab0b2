"""What was made: every step has it, it is fresh, small, of the right kind and exactly as long."""

import hashlib
import json
from pathlib import Path

import av
import numpy as np
import pytest
from av.audio.stream import AudioStream
from av.video.stream import VideoStream

from data.checks import media_slips
from data.library import Library
from data.media import GALLERY, Medium, read_media
from flows.book import Book
from studio.scenes import read_pictures
from studio.wanted import MADE, jobs, made_from

MEGABYTE = 1024 * 1024
MOST = 8 * MEGABYTE  # of everything that was made, the contact sheet with it
MOST_FILM = 600 * 1024
SHEET = Path("docs/media")
MEDIA = read_media()


def of(kind: str) -> list[Medium]:
    return [medium for medium in MEDIA.values() if medium.kind == kind]


def hold_of(id: str) -> int | None:
    """The seconds in the id of a hold's film or sound."""
    return next((int(part) for part in id.split(".") if part.isdigit()), None)


def test_every_step_has_its_picture_and_every_hold_its_film_and_sound(book: Book) -> None:
    assert list(media_slips(book, MEDIA)) == []
    without = {id: m for id, m in MEDIA.items() if id != "glutes_roller.hold.25.left"}
    (slip,) = media_slips(book, without)
    assert slip.startswith("techniques/glutes_roller.toml: steps.hold.hold: ")
    assert slip.endswith("glutes_roller.hold.25.left is not made yet: make media")


def test_everything_is_made_from_what_is_there_now(library: Library) -> None:
    """Else: make media."""
    pictures = read_pictures()
    wanted = {name: job for job in jobs(library, pictures) for name in job.files}
    made = json.loads((GALLERY / MADE).read_text())
    assert set(made) == set(wanted) == {path.name for path in GALLERY.iterdir()} - {MADE}
    fresh = {job: made_from(job, pictures, library) for job in set(wanted.values())}
    stale = [name for name, job in wanted.items() if made[name]["made_from"] != fresh[job]]
    assert not stale, f"make media: {stale}"
    for name, how in made.items():
        content = hashlib.sha256((GALLERY / name).read_bytes()).hexdigest()
        assert content.startswith(how["content"]), f"{name} was changed by hand"


def test_every_film_is_h264_without_sound_and_small() -> None:
    films = of("animation")
    assert len(films) > 60
    for medium in films:
        assert medium.path.stat().st_size < MOST_FILM, medium.id
        with av.open(str(medium.path)) as file:
            assert [type(stream) for stream in file.streams] == [VideoStream], medium.id
            codec = file.streams.video[0].codec_context
            assert (codec.name, codec.pix_fmt) == ("h264", "yuv420p"), medium.id
            assert (codec.width, codec.height) == (640, 480), medium.id


def test_the_film_of_a_hold_is_as_long_as_the_hold() -> None:
    films = [medium for medium in of("animation") if hold_of(medium.id)]
    assert len(films) == 26
    for medium in films:
        with av.open(str(medium.path)) as file:
            seconds = (file.duration or 0) / av.time_base
        assert seconds == pytest.approx(hold_of(medium.id), abs=0.1), medium.id


def test_every_sound_is_ogg_opus_as_long_as_its_hold_and_is_heard() -> None:
    sounds = of("voice")
    assert len(sounds) == 6
    for medium in sounds:
        with av.open(str(medium.path)) as file:
            assert [type(stream) for stream in file.streams] == [AudioStream], medium.id
            assert (file.format.name, file.streams.audio[0].codec_context.name) == ("ogg", "opus")
            frames = [(f.samples, np.abs(f.to_ndarray()).max()) for f in file.decode(audio=0)]
        seconds = sum(samples for samples, _ in frames) / 48000
        assert seconds == pytest.approx(hold_of(medium.id), abs=0.1), medium.id
        assert max(loud for _, loud in frames) > 0.1, medium.id


def test_it_is_under_8_megabytes_in_all() -> None:
    files = [*GALLERY.iterdir(), *SHEET.iterdir()]
    assert sum(path.stat().st_size for path in files) < MOST


def test_the_contact_sheet_shows_every_picture(book: Book) -> None:
    sheet = Path("docs/media.md").read_text(encoding="utf-8")
    for medium in MEDIA.values():
        shown = medium.kind == "photo" or medium.id.endswith(".right")
        if shown and not medium.id.endswith(".left") and medium.kind != "voice":
            assert f"{medium.id}.png" in sheet, medium.id
    for strip in SHEET.iterdir():
        assert f"media/{strip.name}" in sheet
    assert all(technique.alt in sheet for technique in book.techniques.values())
