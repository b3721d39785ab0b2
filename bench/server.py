"""A PostgreSQL of the benches' own, which keeps what is committed, and what it costs."""

from pathlib import Path

from bench.bots import cpu_seconds
from tests.shell.postgres import Postgres


class Server:
    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self._postgres = Postgres(folder, keeps=True)
        self._pid = int((folder / "postmaster.pid").read_text(encoding="ascii").split()[0])

    def create(self) -> str:
        """The URL of a new database."""
        return self._postgres.create()

    def stop(self) -> None:
        self._postgres.stop()

    @property
    def cpu_seconds(self) -> float:
        """What all of its processes have taken."""
        children = Path(f"/proc/{self._pid}/task/{self._pid}/children").read_text(encoding="ascii")
        own = cpu_seconds(self._pid, of_children=True)
        return own + sum(cpu_seconds(int(pid)) for pid in children.split())
