"""Where the bot runs on a day, and how it hears: the seed says."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Setting:
    """Where the bot runs, and how it hears."""

    mode: str
    processes: int = 1  # two are on one PostgreSQL, and one is on SQLite

    @property
    def is_shared(self) -> bool:
        return self.processes > 1


# A day of two processes costs three times as much as one on SQLite.
SETTINGS = (
    Setting("polling"), Setting("webhook"), Setting("polling", 2),
    Setting("polling"), Setting("webhook"), Setting("webhook", 2),
)  # fmt: skip


def setting_of(seed: int) -> Setting:
    return SETTINGS[seed % len(SETTINGS)]
