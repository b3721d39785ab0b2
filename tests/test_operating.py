"""What operators are given names metrics that there are, and leaves none out."""

import json
import re
from pathlib import Path

import yaml

from bot.metrics import REGISTRY

FOLDER = Path(__file__).parents[1] / "docs/operating"
OURS = {family.name for family in REGISTRY.collect() if family.name.startswith("bot_")}
ALERTS = yaml.safe_load((FOLDER / "alerts.yaml").read_text())["groups"][0]["rules"]
PANELS = json.loads((FOLDER / "dashboard.json").read_text())["panels"]


def named(text: str) -> set[str]:
    """The metrics that *text* names, without what Prometheus adds to a name."""
    return {
        re.sub(r"_(total|bucket|sum|count)$", "", name) for name in re.findall(r"\bbot_\w+", text)
    }


def test_every_metric_has_a_panel_and_no_panel_names_another() -> None:
    shown = " ".join(target["expr"] for panel in PANELS for target in panel["targets"])
    assert named(shown) == OURS


def test_every_alert_names_metrics_that_there_are() -> None:
    for rule in ALERTS:
        assert named(rule["expr"]) <= OURS, rule["alert"]
        assert named(rule["expr"]), rule["alert"]


def test_every_metric_and_every_alert_is_explained() -> None:
    told = (FOLDER / "README.md").read_text()
    assert named(told.partition("## When it rings")[0]) == OURS
    assert [rule["alert"] for rule in ALERTS if rule["alert"] not in told] == []
