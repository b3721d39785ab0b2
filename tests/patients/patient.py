"""A patient, as the file has it."""

import tomllib
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field

HERE = Path(__file__).parent
PATIENTS = sorted(HERE.glob("*.toml"))
SECONDS = {"min": 60, "h": 3_600, "d": 86_400}


class Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Answer(Table):
    tap: str
    type: str | list[str]

    @property
    def tries(self) -> list[str]:
        return [self.type] if isinstance(self.type, str) else self.type


class Choice(Table):
    """A session of their own choosing, in their own words."""

    technique: str
    words: list[str]  # area, tool, position if there are several, side


class Expected(Table):
    disposition: Literal[
        "EMERGENCY", "URGENT", "CLINICIAN", "CAUTION", "SELF_CARE", "UNDER_AGE", ""
    ]
    rules: list[str] = []
    screen: list[str] = []
    silent: list[str] = []
    offered: list[str] | None = None
    not_offered: list[str] = []
    never: list[str] = []
    reopening: bool = False


class Visit(Table):
    comes: Literal["start", "session", "screen", "reopening", "thoughts", "happening"] = "start"
    wait: str = "0 min"
    says: str = ""
    country: Answer | None = None
    answers: dict[str, Answer] = {}
    ticks: dict[str, str] = {}
    long_known: bool = False
    chooses: Choice | None = None
    expect: Expected

    @property
    def seconds(self) -> int:
        amount, unit = self.wait.split()
        return int(amount) * SECONDS[unit]


class Patient(Visit):
    story: str
    decisions: list[int] = Field(min_length=1)
    later: list[Visit] = []

    @classmethod
    def read(cls, path: Path) -> Self:
        return cls.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))

    @property
    def visits(self) -> list[Visit]:
        return [self, *self.later]
