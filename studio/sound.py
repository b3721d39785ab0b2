"""The sound of a hold: when what is to be heard, as tones and short speech.

Tones carry all of it; speech says it once.  Where no voice is at hand the tones are alone.
"""

import io
import shutil
import subprocess
import wave
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
from av.audio.frame import AudioFrame

from studio.marks import IN, OUT, READY

RATE = 48000
BIT_RATE = 20000
PACE = "145"  # words a minute: slower than people talk
LAST = 5  # seconds that are counted by a tick
BELL = 1.3  # seconds before the end: it has rung out when the hold is over
SILENCE = 0.01
VOICE_LEVEL = 0.085  # of speech, as the root of its mean square

Wave = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Cue:
    """Something to be heard *at* seconds: a tone, or words by their name."""

    at: float
    what: str


def cues(seconds: int, *, other_side: bool) -> Iterator[Cue]:
    """What is heard in a hold of *seconds*; *other_side* tells that the other side comes next."""
    yield Cue(0.0, "chime")
    yield Cue(0.4, "ready")
    yield Cue(READY, "in")
    yield Cue(READY + IN, "out")
    end = seconds - LAST - 0.5
    at = READY
    while at < end:
        yield Cue(at, "breath in")
        if at + IN < end:
            yield Cue(at + IN, "breath out")
        at += IN + OUT
    yield Cue(seconds / 2, "two tones")
    yield Cue(seconds / 2 + 0.5, "half")
    if other_side:
        yield Cue(seconds / 2 + 2.5, "other")
    yield from (Cue(seconds - left, "tick") for left in range(LAST, 1, -1))
    yield Cue(seconds - BELL, "bell")
    yield Cue(seconds - BELL + 0.1, "release")


def times(seconds: float) -> Wave:
    return np.arange(round(seconds * RATE)) / RATE


def note(pitch: float, seconds: float, level: float, fade: float) -> Wave:
    """A struck note: a soft start, two overtones, dying away by *fade*."""
    t = times(seconds)
    tone = sum(np.sin(2 * np.pi * pitch * n * t) / n**2.2 for n in (1, 2, 3))
    soft = np.minimum(t / 0.012, 1) * np.minimum((seconds - t) / 0.03, 1)
    return np.asarray(level * tone * np.exp(-t * fade) * soft)


def sweep(low: float, high: float, seconds: float) -> Wave:
    """A breath: a quiet tone that glides, swelling and fading."""
    t = times(seconds)
    pitch = low + (high - low) * (1 - np.cos(np.pi * t / seconds)) / 2
    tone = np.sin(2 * np.pi * np.cumsum(pitch) / RATE)
    return np.asarray(0.07 * tone * np.sin(np.pi * t / seconds) ** 0.8)


TONES: dict[str, Callable[[], Wave]] = {
    "chime": lambda: np.concatenate([note(523.3, 0.35, 0.22, 5), note(659.3, 0.7, 0.22, 5)]),
    "breath in": lambda: sweep(220, 330, IN),
    "breath out": lambda: sweep(330, 220, OUT),
    "two tones": lambda: np.concatenate([note(659.3, 0.22, 0.18, 7), note(659.3, 0.6, 0.18, 7)]),
    "tick": lambda: note(880, 0.14, 0.2, 22),
    "bell": lambda: note(523.3, BELL, 0.32, 3.2) + note(1046.5, BELL, 0.1, 4),
}


def has_voice() -> bool:
    return shutil.which("espeak-ng") is not None


def spoken(words: str, voice: str) -> Wave:
    """*words* as espeak-ng says them."""
    said = subprocess.run(  # noqa: S603 - words of the content, no shell
        ["espeak-ng", "-v", voice, "-s", PACE, "--stdout", words],  # noqa: S607
        capture_output=True,
        check=True,
    ).stdout
    with wave.open(io.BytesIO(said)) as file:
        rate = file.getframerate()
        raw = np.frombuffer(said[44:], dtype="<i2").astype(np.float64) / 32768
    loud = np.flatnonzero(np.abs(raw) > SILENCE)
    raw = raw[loud[0] : loud[-1] + 1]  # what espeak keeps silent before and after goes
    grid = np.arange(0, len(raw) - 1, rate / RATE)
    return np.asarray(
        np.interp(grid, np.arange(len(raw)), raw) * VOICE_LEVEL / np.sqrt(np.mean(raw**2))
    )


def track(seconds: int, words: Mapping[str, str], *, other_side: bool, voice: bool) -> Wave:
    """The whole of it, *seconds* long to the sample."""
    whole = np.zeros(seconds * RATE)
    for cue in cues(seconds, other_side=other_side):
        if cue.what in TONES:
            heard = TONES[cue.what]()
        elif voice:
            heard = spoken(words[cue.what], words["voice"])
        else:
            continue
        start = round(cue.at * RATE)
        heard = heard[: len(whole) - start]
        whole[start : start + len(heard)] += heard
    return np.clip(whole, -1, 1)


def write(sound: Wave, path: Path) -> None:
    """Write *sound* as Ogg Opus: what Telegram plays as a voice message."""
    with av.open(str(path), "w", format="ogg") as file:
        stream = file.add_stream("libopus", rate=RATE, layout="mono")
        stream.bit_rate = BIT_RATE
        samples = (sound * 32767).astype(np.int16).reshape(1, -1)
        for start in range(0, samples.shape[1], 960):
            frame = AudioFrame.from_ndarray(samples[:, start : start + 960], "s16", "mono")
            frame.sample_rate, frame.pts, frame.time_base = RATE, start, Fraction(1, RATE)
            file.mux(stream.encode(frame))
        file.mux(stream.encode())
