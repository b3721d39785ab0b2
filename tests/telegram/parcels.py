"""What people send besides words."""

from tests.telegram.core import Telegram
from tests.telegram.media import describe, keep
from tests.telegram.refusals import Json

_FILES = ("photo", "animation", "audio", "voice", "video", "video_note", "document", "sticker")
LOCATION = {"latitude": 47.4, "longitude": 8.5}
_OTHERS: dict[str, Json] = {
    "contact": {"phone_number": "+15550100", "first_name": "Alex"},
    "location": LOCATION,
    "venue": {"location": LOCATION, "title": "The clinic", "address": "1 Long Road"},
    "dice": {"emoji": "\N{GAME DIE}", "value": 4},
    "poll": {
        "id": "70001",
        "question": "Where does it hurt?",
        "options": [
            {"persistent_id": "1", "text": "Leg", "voter_count": 0},
            {"persistent_id": "2", "text": "Back", "voter_count": 0},
        ],
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": True,
        "type": "regular",
        "allows_multiple_answers": False,
        "allows_revoting": False,
        "members_only": False,
    },
}


def parcel(telegram: Telegram, kind: str, caption: str) -> Json:
    """The part of a message that carries a *kind*."""
    if kind in _FILES:
        file = keep(telegram, kind, f"{kind}.bin", f"{kind} from a phone".encode())
        return describe(file) | ({"caption": caption} if caption else {})
    if kind not in _OTHERS:
        raise LookupError(f"nobody can send a {kind!r}; there are {[*_FILES, *_OTHERS]}")
    return {kind: _OTHERS[kind]}
