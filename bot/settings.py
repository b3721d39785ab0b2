"""What the environment, or a file `.env`, says.  Every name is explained in `.env.example`."""

import re
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from dotenv.parser import parse_stream
from pydantic import AfterValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.misspelt import unknown
from data.engine import parse
from data.keys import NEEDED, key_file, read_keys

SHORTEST = 8  # characters of a password
FILE = ".env"
FEWEST = 30  # days of silence: somebody who is well for a month may come back


class CannotStart(Exception):
    """Why the bot does not start, in one line for whoever runs it."""

    status = 1  # of the process, which ends with it


class WrongSettings(CannotStart):
    """A setting has a value that it cannot have: to start again changes nothing."""

    status = 78  # EX_CONFIG: after it `deploy/sore-back.service` does not start it again


def _web_address(url: str) -> str:
    if not _is_web_address(url):
        raise ValueError("is not a web address, such as https://example.org")
    return url.rstrip("/")


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        host, _ = (parts.hostname or "").encode("idna"), parts.port
    except ValueError:  # no host can have that name, or that port
        return False
    return parts.scheme in ("http", "https") and host != b""


def _address_or_none(url: str) -> str:
    return url and _web_address(url)


def _token(token: SecretStr | None) -> SecretStr | None:
    if token and not re.fullmatch(r"[A-Za-z0-9:_-]+", token.get_secret_value()):
        raise ValueError("is not a bot's token: digits, a colon, then letters and digits")
    return token


def _secret(secret: SecretStr | None) -> SecretStr | None:
    if secret and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret.get_secret_value()):
        raise ValueError("must be 1 to 256 letters, digits, _ and -")
    return secret


def _password(password: SecretStr | None) -> SecretStr | None:
    if password and len(password.get_secret_value()) < SHORTEST:
        raise ValueError(f"must have {SHORTEST} characters or more")
    return password


def _data_key(given: SecretStr | None) -> SecretStr | None:
    if given:
        read_keys(given.get_secret_value())
    return given


def _ids(ids: str) -> str:
    if not re.fullmatch(r"(\s*[1-9]\d{0,15}\s*(,|$))*", ids):
        raise ValueError("must be ids of people on Telegram, with commas between them")
    return ids


def _database(url: str) -> str:
    parse(url)
    return url


class Settings(BaseSettings):
    model_config = SettingsConfigDict(
        env_file=FILE, env_ignore_empty=True, extra="ignore", frozen=True
    )

    telegram_token: Annotated[SecretStr | None, AfterValidator(_token)] = None
    telegram_api_url: Annotated[str, AfterValidator(_web_address)] = "https://api.telegram.org"
    telegram_file_url: Annotated[str, AfterValidator(_web_address)] = (
        "https://api.telegram.org/file"
    )
    mode: Literal["polling", "webhook"] = "polling"
    webhook_url: Annotated[str, AfterValidator(_address_or_none)] = ""
    webhook_secret: Annotated[SecretStr | None, AfterValidator(_secret)] = None
    host: str = "127.0.0.1"  # what takes TLS off stands before it, mostly on the same machine
    port: Annotated[int, Field(ge=0, le=65535)] = 8080
    metrics_port: Annotated[int, Field(ge=0, le=65535)] = 0
    traces_url: Annotated[str, AfterValidator(_address_or_none)] = ""
    admin_ids: Annotated[str, AfterValidator(_ids)] = ""
    preview: Literal["0", "1"] = "0"
    preview_password: Annotated[SecretStr | None, AfterValidator(_password)] = None
    database_url: Annotated[str, AfterValidator(_database)] = "sqlite:///bot.db"
    data_key: Annotated[SecretStr | None, AfterValidator(_data_key)] = None
    data_key_file: str = ""
    keep_days: Annotated[int | None, Field(ge=FEWEST)] = None
    send_rate: Annotated[int, Field(ge=0, le=1000)] = 30
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @property
    def admins(self) -> frozenset[int]:
        """Who may ask for /stats."""
        return frozenset(int(id) for id in self.admin_ids.split(",") if id.strip())

    @property
    def bot_id(self) -> str:
        """The number of the bot on Telegram, which is no secret; empty where it is not there."""
        token = self.telegram_token.get_secret_value() if self.telegram_token else ""
        number, colon, _ = token.partition(":")
        return number if colon and number.isdecimal() else ""

    @property
    def serves_page(self) -> bool:
        """Whether the bot is to be had in a browser."""
        return self.telegram_token is None or self.preview == "1"

    @property
    def ports(self) -> dict[str, int]:
        """Where the bot listens, by the setting that says so."""
        is_asked = self.serves_page or self.mode == "webhook"
        ports = {"PORT": self.port if is_asked else 0, "METRICS_PORT": self.metrics_port}
        return {name: port for name, port in ports.items() if port}  # PORT=0 is any free one

    @model_validator(mode="after")
    def _there_is_a_key(self) -> "Settings":
        if self.data_key and self.data_key_file:
            raise ValueError("DATA_KEY, DATA_KEY_FILE: only one of the two can be set")
        if not self.data_key and key_file(self.data_key_file, self.database_url) is None:
            raise ValueError(f"DATA_KEY: {NEEDED}")
        return self

    @model_validator(mode="after")
    def _ports_differ(self) -> "Settings":
        if len(set(self.ports.values())) < len(self.ports):
            raise ValueError("METRICS_PORT: must be another port than PORT")
        return self

    @model_validator(mode="after")
    def _hook_is_whole(self) -> "Settings":
        if self.mode == "webhook" and self.telegram_token:
            if not self.webhook_url:
                raise ValueError("WEBHOOK_URL: is needed with MODE=webhook")
            if not self.webhook_secret:
                raise ValueError(
                    "WEBHOOK_SECRET: is needed with MODE=webhook; `openssl rand -hex 32` writes one"
                )
        return self


NAMES = frozenset(name.upper() for name in Settings.model_fields)


def read_settings(**given: Any) -> Settings:  # noqa: ANN401 - whatever a setting may be
    """The settings.  Raises WrongSettings with one line for the first thing wrong."""
    try:
        _must_be_known(given.get("_env_file", FILE))
        return Settings(**given)
    except ValidationError as error:
        raise WrongSettings(_line(error)) from None
    except OSError as error:
        raise WrongSettings(f"{FILE}: this user cannot read it: {error.strerror}") from None
    except UnicodeDecodeError:
        raise WrongSettings(f"{FILE}: is not written in UTF-8") from None


def _must_be_known(file: str | Path | None) -> None:
    """Each line in *file* must be read, and each name be known: else it is left out in silence."""
    if file is None or not Path(file).is_file():
        return
    with Path(file).open(encoding="utf-8-sig") as lines:
        found = list(parse_stream(lines))
    for one in found:
        if one.error:  # what it holds may be a secret
            above = len(one.original.string) - len(one.original.string.lstrip("\n"))
            raise WrongSettings(f"{file}: line {one.original.line + above} is not NAME=value")
    for name, near in unknown((one.key for one in found if one.key), NAMES):
        meant = f" {near} may be meant." if near else " What is for other programs goes elsewhere."
        raise WrongSettings(f"{name}: {file} has it, and there is no such setting.{meant}")


def _line(error: ValidationError) -> str:
    """What is wrong, without the value: it may be a secret."""
    first = error.errors(include_input=False, include_url=False)[0]
    said = first["msg"].removeprefix("Value error, ")
    return f"{str(first['loc'][0]).upper()}: {said}" if first["loc"] else said
