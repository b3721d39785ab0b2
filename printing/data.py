"""Plain data as a file."""

import json


def write(data: object) -> bytes:
    """*data* as JSON that a person can read, too."""
    return json.dumps(data, ensure_ascii=False, indent=1).encode()
