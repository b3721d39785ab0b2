"""What the environment may say."""

import errno
import re
from pathlib import Path

import pytest

from bot.app import App
from bot.settings import CannotStart, Settings, WrongSettings, read_settings
from data.engine import parse
from data.library import Library
from tests.keys import KEY

SECRETS = ("TELEGRAM_TOKEN", "WEBHOOK_SECRET", "PREVIEW_PASSWORD", "DATA_KEY")
EXAMPLE = Path(__file__).parents[2] / ".env.example"


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def test_the_example_lists_every_setting_with_its_default() -> None:
    written = dict(re.findall(r"^([A-Z_]+)=(.*)$", EXAMPLE.read_text(), re.MULTILINE))
    defaults = {
        name.upper(): "" if field.default is None else str(field.default)
        for name, field in Settings.model_fields.items()
    }
    assert written == defaults


def test_the_example_itself_can_be_used() -> None:
    assert read_settings(_env_file=EXAMPLE) == read_settings()


def test_settings_come_from_the_environment_and_before_it_from_a_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("port=81\nSEND_RATE=5\nPOSTGRES_PASSWORD=1\n")
    monkeypatch.setenv("PORT", "82")
    monkeypatch.setenv("TELEGRAM_TOKEN", "")
    settings = read_settings()
    assert (settings.port, settings.send_rate, settings.telegram_token) == (82, 5, None)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("TELEGRAM_TOKEN: 1:hidden", r"\.env: line 2 is not NAME=value"),
        ("TELEGRAM_TOKN=1:hidden", r"TELEGRAM_TOKN: \.env has it, .* TELEGRAM_TOKEN may be .*"),
        ("databse_url=", r"databse_url: .* DATABASE_URL may be meant\."),
        ("SOMETHING_ELSE=1", r"SOMETHING_ELSE: .* What is for other programs goes elsewhere\."),
    ],
)
def test_a_name_in_the_file_that_nobody_knows(tmp_path: Path, written: str, said: str) -> None:
    (tmp_path / ".env").write_text(f"PORT=81\n{written}\n")
    with pytest.raises(WrongSettings, match=f"^{said}$"):
        read_settings()


def test_the_file_may_hold_what_compose_reads_there(tmp_path: Path) -> None:
    compose = (EXAMPLE.parent / "compose.yaml").read_text()
    read = re.findall(r"\$\{(\w+)", compose)
    assert read
    (tmp_path / ".env").write_text("".join(f"{name}=x\n" for name in (*read, "COMPOSE_PROFILES")))
    assert read_settings() == read_settings(_env_file=None)


def test_a_file_of_another_encoding(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes("# café\nPORT=81\n".encode("latin-1"))
    with pytest.raises(WrongSettings, match=r"^\.env: is not written in UTF-8$"):
        read_settings()


def test_a_file_that_this_user_may_not_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Who runs the tests may be root, who may read everything."""

    def shut(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    (tmp_path / ".env").write_text("PORT=81\n")
    monkeypatch.setattr("dotenv.main.open", shut, raising=False)
    with pytest.raises(
        WrongSettings, match=r"^\.env: this user cannot read it: Permission denied$"
    ):
        read_settings()


def test_what_stands_before_bot_needs_no_slash_at_its_end() -> None:
    assert read_settings(telegram_api_url="http://a:1/").telegram_api_url == "http://a:1"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TELEGRAM_TOKEN", "one two"),
        ("TELEGRAM_API_URL", "api.telegram.org"),
        ("TELEGRAM_API_URL", "http://a..b:8081"),
        ("TELEGRAM_API_URL", f"http://{'a' * 64}.example"),
        ("TELEGRAM_API_URL", "http://[::1"),
        ("TELEGRAM_API_URL", "http://127.0.0.1:99999"),
        ("TELEGRAM_API_URL", "http://127.0.0.1:port"),
        ("TELEGRAM_FILE_URL", "ftp://api.telegram.org"),
        ("MODE", "pull"),
        ("WEBHOOK_URL", "example.org/hook"),
        ("WEBHOOK_SECRET", "with a space"),
        ("WEBHOOK_SECRET", "x" * 257),
        ("PORT", "65536"),
        ("PORT", "http"),
        ("DATABASE_URL", "mysql://localhost/bot"),
        ("DATABASE_URL", "bot.db"),
        ("DATABASE_URL", "sqlite://"),
        ("DATABASE_URL", "sqlite+aiosqlite:///bot.db"),
        ("DATA_KEY", "a key that is too short"),
        ("SEND_RATE", "-1"),
        ("METRICS_PORT", "70000"),
        ("METRICS_PORT", "8080"),
        ("ADMIN_IDS", "ann"),
        ("ADMIN_IDS", "7 8"),
        ("PREVIEW", "2"),
        ("PREVIEW_PASSWORD", "short"),
        ("LOG_LEVEL", "LOUD"),
    ],
)
def test_a_wrong_value_is_one_line_that_names_it_and_keeps_it_to_itself(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(WrongSettings) as raised:
        read_settings()
    line = str(raised.value)
    assert line.startswith(f"{name}: ")
    assert "\n" not in line
    assert value not in line or name not in SECRETS


@pytest.mark.parametrize("missing", ["WEBHOOK_URL", "WEBHOOK_SECRET"])
def test_a_web_hook_needs_its_address_and_its_secret(
    monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    whole = {
        "TELEGRAM_TOKEN": "1:A",
        "MODE": "webhook",
        "WEBHOOK_URL": "https://example.org/hook",
        "WEBHOOK_SECRET": "secret",
    }
    for name, value in whole.items():
        monkeypatch.setenv(name, value)
    assert read_settings().mode == "webhook"
    monkeypatch.delenv(missing)
    with pytest.raises(WrongSettings, match=missing):
        read_settings()


def test_a_key_stands_in_one_place_and_postgresql_does_not_start_without(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://localhost/bot")
    with pytest.raises(WrongSettings, match="DATA_KEY: is needed with PostgreSQL"):
        read_settings()
    monkeypatch.setenv("DATA_KEY_FILE", "keys")
    assert read_settings().data_key_file == "keys"
    monkeypatch.setenv("DATA_KEY", KEY)
    with pytest.raises(WrongSettings, match="only one of the two"):
        read_settings()


def test_a_secret_does_not_show() -> None:
    settings = read_settings(
        telegram_token="1:hidden", webhook_secret="hidden", preview_password="hidden, too",
        data_key=KEY,
    )  # fmt: skip
    assert "hidden" not in repr(settings)
    assert KEY not in repr(settings)


@pytest.mark.parametrize(
    ("token", "preview", "served"),
    [("", "0", True), ("", "1", True), ("1:A", "0", False), ("1:A", "1", True)],
)
def test_the_page_is_served_without_a_token_or_where_it_is_asked_for(
    token: str, preview: str, served: bool
) -> None:
    assert read_settings(telegram_token=token or None, preview=preview).serves_page is served


def test_nobody_is_kept_for_longer_than_they_agreed_to(library: Library) -> None:
    with pytest.raises(CannotStart, match=r"^KEEP_DAYS: must be 180 or less"):
        App(read_settings(keep_days=181), library=library)
    with pytest.raises(WrongSettings, match=r"^KEEP_DAYS: "):
        read_settings(keep_days=29)


@pytest.mark.parametrize("begin", ["postgres://", "postgresql://"])
def test_a_database_may_be_named_as_its_hosts_name_it(begin: str) -> None:
    url = parse(f"{begin}bot:secret@host/name?sslmode=require")
    assert url.drivername == "postgresql+psycopg"
    assert (url.host, url.database, url.query) == ("host", "name", {"sslmode": "require"})
