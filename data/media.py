"""What there is to see and to hear: pictures, films and sounds, by id.

They are made by `make media` and lie in `gallery/`; a file's name without its ending is its id,
which a screen carries (`flows/shown.py` says how it is put together).
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

GALLERY = Path(__file__).parent / "gallery"
KINDS = {
    ".png": ("photo", "image/png"),
    ".mp4": ("animation", "video/mp4"),
    ".ogg": ("voice", "audio/ogg"),
}


@dataclass(frozen=True, slots=True)
class Medium:
    """One picture, film or sound."""

    id: str
    path: Path
    kind: str  # what Telegram calls it: "photo", "animation" or "voice"
    mime: str
    hash: str  # of what is in the file

    @property
    def is_film(self) -> bool:
        return self.kind == "animation"

    @property
    def goes_round(self) -> bool:
        """Whether it begins again at its end; the film of a hold stands still there."""
        return self.is_film and ".hold." not in self.id


@cache
def read_media(gallery: Path = GALLERY) -> Mapping[str, Medium]:
    """Everything in *gallery*, by id."""
    return {path.stem: medium(path) for path in sorted(gallery.iterdir()) if path.suffix in KINDS}


def medium(path: Path) -> Medium:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:32]
    return Medium(path.stem, path, *KINDS[path.suffix], digest)
