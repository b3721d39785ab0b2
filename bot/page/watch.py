"""Content is read again when a file of it is saved.  A slip leaves the books as they were."""

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path

from data.errors import BadContent
from data.library import CONTENT, Library, read_library
from data.where import with_line

LOG = logging.getLogger(__name__)

GLANCE = 0.2  # seconds between two looks at the files
Stamp = dict[Path, tuple[int, int]]


class Watch:
    def __init__(self, library: Library, tell: Callable[[], None], content: Path = CONTENT) -> None:
        """*tell* is called whenever content was read again, well or not."""
        self._library = library
        self._tell = tell
        self._content = content
        self._seen = stamp(content)
        self.slip = ""  # what is wrong with the files, while something is

    async def run(self) -> None:
        """Look for ever."""
        while True:
            await asyncio.sleep(GLANCE)
            now = await asyncio.to_thread(stamp, self._content)
            if now != self._seen:
                self._seen = now
                await self.read()

    async def read(self) -> None:
        """Read all content, and put it in force if it is right."""
        try:
            self._library.replace(await asyncio.to_thread(read_library, self._content))
        except BadContent as error:
            self.slip = with_line(str(error))
            LOG.error("content is not read again: %s", self.slip)  # noqa: TRY400 - not a bug
        except Exception as error:
            self.slip = f"{self._content}: cannot be read ({type(error).__name__})"
            LOG.exception("content is not read again")
        else:
            self.slip = ""
            LOG.warning("content was read again")
        self._tell()


def stamp(content: Path) -> Stamp:
    """When each file was last saved, and how long it is."""
    stamps: Stamp = {}
    for path in content.rglob("*"):
        try:
            found = path.stat()
        except FileNotFoundError:
            continue  # saved by moving a new file into its place
        if path.is_file():
            stamps[path] = found.st_mtime_ns, found.st_size
    return stamps
