"""From SVG to files: PNG for what stands still, H.264 without sound for what moves."""

import io
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
import resvg_py
from av.video.frame import VideoFrame
from PIL import Image

from studio import palette as p
from studio.draw import DIAL, dial, drawing
from studio.scenes import Picture

RATE = 10  # frames a second
RELEASE = 0.5  # seconds at the end of a hold that show how to let go
GOING = 0.6  # the share of a motion that goes one way only; then it stays
COLOURS = 160  # of a PNG
QUALITY = {
    "crf": "31",
    "preset": "slow",
    "tune": "animation",
    "x264-params": "keyint=600:threads=1",
}

Pixels = npt.NDArray[np.uint8]

_ACROSS = np.arange(DIAL) - (DIAL - 1) / 2
_INSIDE = np.hypot(_ACROSS[:, None], _ACROSS[None, :]) <= DIAL / 2 - 2
ROUND = _INSIDE[:, :, None]  # the part of the dial's square that is the dial


def image(svg: str) -> Image.Image:
    raw = resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True)
    return Image.open(io.BytesIO(bytes(raw))).convert("RGB")


def pixels(svg: str) -> Pixels:
    """*svg* as rows of red, green and blue."""
    return np.asarray(image(svg))


def still(drawn: Image.Image, path: Path) -> None:
    """Write *drawn* as a PNG of its most frequent colours, a third of the size."""
    colours = Counter(map(bytes, np.asarray(drawn).reshape(-1, 3))).most_common(COLOURS)
    palette = Image.new("P", (1, 1))
    palette.putpalette(b"".join(colour for colour, _ in colours))
    few = drawn.quantize(palette=palette, dither=Image.Dither.NONE)
    few.save(path, "png", optimize=True)


def film(frames: Iterable[Pixels], path: Path) -> None:
    """Write *frames* as a film that begins to play before it has come whole."""
    with av.open(str(path), "w", format="mp4", options={"movflags": "faststart"}) as file:
        stream = file.add_stream("libx264", rate=RATE, options=QUALITY)
        stream.width, stream.height, stream.pix_fmt = p.WIDTH, p.HEIGHT, "yuv420p"
        for frame in frames:
            file.mux(stream.encode(VideoFrame.from_ndarray(frame, format="rgb24")))
        file.mux(stream.encode())


def motion(picture: Picture) -> Iterator[Pixels]:
    """The frames of a motion, for the right side: there and back, or there and then still."""
    count = round(picture.seconds * RATE)
    shown: dict[float, Pixels] = {}
    for n in range(count):
        share = n / count
        moment = min(1.0, share / GOING) if picture.once else 1 - abs(1 - 2 * share)
        moment = round(moment, 6)
        if moment not in shown:
            shown[moment] = pixels(drawing(picture, moment))
        yield shown[moment]


@cache
def dial_at(t: float, seconds: int) -> Pixels:
    """The dial; every hold of this length has the same."""
    return pixels(dial(t, seconds))


def hold(picture: Picture, release: Picture, seconds: int) -> Iterator[tuple[Pixels, Pixels]]:
    """For each frame of a hold what stands there, for the right side, and the dial over it."""
    pressing, letting_go = pixels(drawing(picture)), pixels(drawing(release, 1.0))
    for n in range(seconds * RATE):
        t = n / RATE
        over = t >= seconds - RELEASE
        yield (letting_go if over else pressing), dial_at(seconds if over else t, seconds)


def with_dial(base: Pixels, dial: Pixels, at: tuple[float, float], *, left: bool) -> Pixels:
    """*base*, mirrored for the left side, and the dial, which never is."""
    frame = np.ascontiguousarray(base[:, ::-1] if left else base).copy()
    x = p.WIDTH - at[0] if left else at[0]
    top, start = round(at[1] - DIAL / 2), round(x - DIAL / 2)
    under = frame[top : top + DIAL, start : start + DIAL]
    np.copyto(under, dial, where=ROUND)
    return frame


def mirrored(frame: Pixels) -> Pixels:
    return np.ascontiguousarray(frame[:, ::-1])
