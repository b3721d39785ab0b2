"""What is deployed fits the program: settings, folders, ports, and how long it takes to stop."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.app import LEAVE
from bot.settings import Settings, WrongSettings

ROOT = Path(__file__).parents[1]
SETTINGS = {name.upper() for name in Settings.model_fields}
OTHERS = {"PATH", "PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "MPLCONFIGDIR"}
PACKAGES = {path.parent.name for path in ROOT.glob("*/__init__.py")}


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def compose() -> Any:  # noqa: ANN401 - it is YAML
    return yaml.safe_load(read("compose.yaml"))


def what_runs() -> set[str]:
    """The bot and the printer, which it starts, and what they import, directly or not."""
    found: set[str] = set()
    left = {"bot", "printing"}
    while left:
        found |= left
        text = "".join(f.read_text() for name in left for f in (ROOT / name).rglob("*.py"))
        left = set(re.findall(r"^\s*(?:from|import) (\w+)", text, re.MULTILINE)) & PACKAGES - found
    return found


BOTS = ("bot", "hook")


@pytest.mark.parametrize("name", BOTS)
def test_a_container_gets_settings_that_there_are_and_may_write_nowhere(name: str) -> None:
    service = compose()["services"][name]
    assert set(service["environment"]) <= SETTINGS
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert int(service["stop_grace_period"].removesuffix("s")) > LEAVE


def test_the_file_for_docker_copies_what_there_is_and_runs_as_nobody() -> None:
    lines = read("Dockerfile").replace("\\\n", "").splitlines()
    copied = [line.split()[1] for line in lines if line.startswith("COPY ") and "--" not in line]
    let_in = {line.removeprefix("!") for line in read(".dockerignore").splitlines()}
    assert [name for name in copied if not (ROOT / name).exists() or name not in let_in] == []
    assert what_runs() | {"LICENSE", "requirements.lock"} == set(copied)
    assert [line for line in lines if line.startswith("USER")] == ["USER 10001"]
    [given] = [line for line in lines if line.startswith("ENV")]
    assert set(re.findall(r"(\w+)=", given)) <= SETTINGS | OTHERS


def test_nginx_leads_telegram_to_the_bots() -> None:
    config = read("deploy/nginx.conf")
    port = compose()["services"]["hook"]["environment"]["PORT"]
    assert f":{port};" in config
    assert "set $bots hook;" in config
    assert config.count("{") == config.count("}")


def test_other_places_give_settings_that_there_are() -> None:
    fly = tomllib.loads(read("deploy/fly.toml"))
    assert set(fly["env"]) <= SETTINGS
    assert str(fly["metrics"]["port"]) == fly["env"]["METRICS_PORT"]
    assert fly["kill_timeout"] > LEAVE
    [worker] = yaml.safe_load(read("deploy/render.yaml"))["services"]
    assert {given["key"] for given in worker["envVars"]} <= SETTINGS
    assert worker["maxShutdownDelaySeconds"] > LEAVE


def test_the_unit_waits_long_enough_and_gives_settings_that_there_are() -> None:
    unit = dict(re.findall(r"^(\w+)=(.*)$", read("deploy/sore-back.service"), re.MULTILINE))
    assert int(unit["TimeoutStopSec"]) > LEAVE
    assert set(re.findall(r"(\w+)=", unit["Environment"])) <= SETTINGS | OTHERS
    assert unit["RestartPreventExitStatus"] == str(WrongSettings.status)


def test_a_command_by_hand_is_run_as_the_unit_runs_the_bot() -> None:
    unit = read("deploy/sore-back.service")
    script = read("deploy/sore-back.sh")
    given = set(re.findall(r"--property=(\S+)", script))
    assert [name for name in given if name not in unit.splitlines()] == []
    kept = ("User=", "DynamicUser=", "StateDirectory=", "UMask=", "EnvironmentFile=")
    assert [name for name in kept if not any(line.startswith(name) for line in given)] == []
    [environment] = re.findall(r"^Environment=(.*)$", unit, re.MULTILINE)
    assert re.findall(r"--setenv=(\S+)", script) == environment.split()
    [runs] = re.findall(r"^ExecStart=(.*) run$", unit, re.MULTILINE)
    assert f'{runs} "$@"' in script


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd here")
def test_systemd_understands_the_unit(tmp_path: Path) -> None:
    unit = read("deploy/sore-back.service")
    there = re.sub(r"^(ExecStart=)\S+", r"\1/bin/true", unit, flags=re.MULTILINE)
    (tmp_path / "sore-back.service").write_text(there)
    command = ["systemd-analyze", "verify", "--man=no", str(tmp_path / "sore-back.service")]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    ours = [line for line in said.stderr.splitlines() if "sore-back.service" in line]
    assert [line for line in ours if "network-online" not in line] == []


def test_the_page_about_it_names_files_that_there_are() -> None:
    told = read("docs/deploy.md")
    named = set(re.findall(r"\bdeploy/[\w.-]+\b", told)) - {"deploy/tls"}
    assert [name for name in named if not (ROOT / name).exists()] == []
    for profile in re.findall(r"--profile (\w+)", told):
        profiles = [s["profiles"] for s in compose()["services"].values() if "profiles" in s]
        assert [profile] in profiles
