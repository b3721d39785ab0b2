"""The bot in a terminal, as a program of its own."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.commands import cli
from bot.terminal import Terminal, keys, show
from flows import Button, Event, Screen

ROOT = Path(__file__).parents[2]


def environment(folder: Path, **settings: str) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "DATABASE_URL": f"sqlite:///{folder}/bot.db",
        **settings,
    }


def run(
    folder: Path, *command: str, typed: str = "", **settings: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", *command],
        input=typed,
        env=environment(folder, **settings),
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_it_talks_here(tmp_path: Path) -> None:
    done = run(tmp_path, "chat", typed="/help\nhello there\n")
    assert done.returncode == 0
    assert "terminal" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout.count("How this works") == 2


def test_each_line_answers_the_screen_before_it_also_from_a_file(tmp_path: Path) -> None:
    done = run(tmp_path, "chat", typed="1\nYes\n")
    screens = done.stdout.split("\n> ")
    assert len(screens) == 4
    assert len(set(screens)) == 4


def test_it_goes_on_where_it_was(tmp_path: Path) -> None:
    first = run(tmp_path, "chat", typed="1\n")
    again = run(tmp_path, "chat")
    asked = first.stdout.split("\n> ")[1].strip()
    assert asked in again.stdout


def test_with_a_token_chat_talks_here_all_the_same(tmp_path: Path) -> None:
    done = run(tmp_path, "chat", typed="/help\n", TELEGRAM_TOKEN="1:A")
    assert done.returncode == 0
    assert "How this works" in done.stdout


def test_a_picture_is_told_in_words() -> None:
    shown = show(Screen("Lie down.", picture="a.setup", alt="A mat on the floor."), ("", ""))
    assert shown.split("\n") == ["", "🖼 A mat on the floor.", "", "Lie down.", ""]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_well(tmp_path: Path, number: int) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "chat"],
        env=environment(tmp_path),
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    while process.stdout.read(1) != ">":
        pass
    process.send_signal(number)
    _, errors = process.communicate(timeout=20)
    assert process.returncode == 0
    assert "Traceback" not in errors


# As in a folder of somebody else's, one cannot even ask whether it is there.
NOBODY_MAY_LOOK = f"sqlite:////tmp/{'x' * 300}/bot.db"


@pytest.mark.parametrize(
    ("settings", "code", "named"),
    [
        ({"MODE": "pull"}, 78, "MODE"),
        ({"DATABASE_URL": "mysql://x/y"}, 78, "DATABASE_URL"),
        ({"DATABASE_URL": "sqlite:////nowhere/at/all/bot.db"}, 1, "DATABASE_URL"),
        ({"DATABASE_URL": NOBODY_MAY_LOOK}, 1, "DATABASE_URL"),
        ({"TELEGRAM_TOKEN": "1:A", "MODE": "webhook"}, 78, "WEBHOOK_URL"),
        ({"HOST": "0.0.0.0"}, 78, "PREVIEW_PASSWORD"),
        ({"HOST": "192.0.2.1", "PREVIEW_PASSWORD": "long enough"}, 1, "HOST, PORT: cannot listen"),
        (
            {"HOST": "192.0.2.1", "PREVIEW_PASSWORD": "long enough", "METRICS_PORT": "1"},
            1,
            "HOST, METRICS_PORT: cannot listen at 192.0.2.1:1: Cannot assign requested address",
        ),
    ],
)
def test_what_keeps_it_from_starting_is_one_line(
    tmp_path: Path,
    settings: dict[str, str],
    code: int,
    named: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(cli, ["run"], env=environment(tmp_path, **settings))
    assert done.exit_code == code
    line = done.stderr.strip().splitlines()[-1]
    assert line.startswith(f"The bot does not start. {named}")
    assert "Traceback" not in done.stderr


class TestALine:
    screen = Screen("**Now**?", ((Button("Yes", "yes", "E01"),), (Button("Not sure", "unsure"),)))
    scale = Screen("Pain?", (tuple(Button(str(n), "rate", str(n)) for n in range(11)),))

    async def heard(self, line: str, screen: Screen) -> Event:
        terminal = Terminal()
        await terminal.speak(1, screen, 9, None)
        return terminal.meaning(line, 5)

    @pytest.mark.parametrize("line", ["1", "Yes", "yes"])
    async def test_a_number_or_a_label_presses_a_button(self, line: str) -> None:
        assert await self.heard(line, self.screen) == Event("yes", "E01", 9, 5)

    async def test_a_number_on_a_scale_is_what_it_says(self) -> None:
        assert await self.heard("7", self.scale) == Event("rate", "7", 9, 5)
        assert await self.heard("0", self.scale) == Event("rate", "0", 9, 5)

    @pytest.mark.parametrize("line", ["3", "0", "my leg hurts", "yes please"])
    async def test_all_else_is_typed_text(self, line: str) -> None:
        assert await self.heard(line, self.screen) == Event("text", line, at=5)

    async def test_a_slash_makes_a_command(self) -> None:
        assert await self.heard("/Help me", self.screen) == Event("command", "help me", at=5)

    def test_buttons_have_numbers_unless_they_are_numbers(self) -> None:
        assert keys(self.screen) == ["1", "2"]
        assert set(keys(self.scale)) == {""}

    def test_bold_is_bold_where_that_can_be_shown(self) -> None:
        assert show(self.screen, ("<", ">")).splitlines()[1] == "<Now>?"
        assert show(self.screen, ("", "")).splitlines()[1] == "Now?"
