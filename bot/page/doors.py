"""Who may come in, and what the browser is told to refuse.

1. Without a password only this machine is served, whatever name the visitor's browser uses for
   it: a page elsewhere that has its own name lead here gets nothing (DNS rebinding).
2. What is said comes from this very page: its Origin is ours, and it carries a token that
   only our page was given.
3. The page loads nothing from anywhere else, and no script but our files.
"""

import asyncio
import hmac
import ipaddress
import re
import secrets
from collections.abc import Awaitable, Callable
from hashlib import sha256
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from bot.settings import Settings, WrongSettings

Endpoint = Callable[[Request], Awaitable[Response]]

VISITOR = "chat"  # the cookie that knows which chat is whose
ENTERED = "entered"  # and the one of those who know the password
KNOCKED = "knocked"  # and the one that the form for it belongs to
TOKEN = "X-Token"  # noqa: S105 - the name of a header
_YEAR = 365 * 24 * 3600
_SECRET = re.compile(r"[A-Za-z0-9_-]{43}")
WRONG = 1.0  # seconds that a wrong password takes, one after the other

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-store",
}


class Doors:
    def __init__(self, settings: Settings) -> None:
        """Raises WrongSettings where anybody could come in from outside."""
        password = settings.preview_password
        self._password = password.get_secret_value() if password else ""
        if not self._password and not is_this_machine(settings.host):
            raise WrongSettings("PREVIEW_PASSWORD: is needed with a HOST that is not 127.0.0.1")
        self._key = secrets.token_bytes(32)  # new at every start; the page asks for a new token
        self._knocking = asyncio.Lock()

    # What stands before an endpoint

    def public(self, endpoint: Endpoint) -> Endpoint:
        """For everybody who may know that there is a page."""

        async def guarded(request: Request) -> Response:
            response = await endpoint(request) if self._is_ours(request) else _refused()
            for name, value in HEADERS.items():
                response.headers.setdefault(name, value)
            return response

        return guarded

    def private(self, endpoint: Endpoint) -> Endpoint:
        """For those who have entered."""

        async def guarded(request: Request) -> Response:
            return await endpoint(request) if self.has_entered(request) else _refused()

        return self.public(guarded)

    def said(self, endpoint: Endpoint) -> Endpoint:
        """For what only our own page may say."""

        async def guarded(request: Request) -> Response:
            token = self.token(visitor(request))
            given = request.headers.get(TOKEN, "")
            is_ours = is_same_origin(request) and same(given, token) and visitor(request)
            return await endpoint(request) if is_ours else _refused()

        return self.private(guarded)

    # Tokens

    def token(self, of: str) -> str:
        """What the page of a visitor must show with all that it says."""
        return self._seal("token", of)

    def has_entered(self, request: Request) -> bool:
        if not self._password:
            return True
        nonce, _, seal = request.cookies.get(ENTERED, "").partition(".")
        return same(seal, self._seal("entered", nonce))

    async def enter(self, request: Request, password: str, token: str) -> bool:
        """Whether *password* is right.  A wrong one takes its time, and so does the next one."""
        knocked = request.cookies.get(KNOCKED, "")
        if not knocked or not is_same_origin(request) or not same(token, self.token(knocked)):
            return False
        async with self._knocking:
            if same(password, self._password):
                return True
            await asyncio.sleep(WRONG)
            return False

    def let_in(self, request: Request, response: Response) -> None:
        nonce = secrets.token_urlsafe(32)
        give(request, response, ENTERED, f"{nonce}.{self._seal('entered', nonce)}", None)

    def _seal(self, purpose: str, value: str) -> str:
        return hmac.new(self._key, f"{purpose}:{value}".encode(), sha256).hexdigest()

    def _is_ours(self, request: Request) -> bool:
        return bool(self._password) or is_this_machine(host_of(request.headers.get("host", "")))


def visitor(request: Request) -> str:
    """The secret of the browser that asks; empty when it has none of ours."""
    secret = request.cookies.get(VISITOR, "")
    return secret if _SECRET.fullmatch(secret) else ""


def new_visitor() -> str:
    return secrets.token_urlsafe(32)


def give(
    request: Request, response: Response, name: str, value: str, seconds: int | None = _YEAR
) -> None:
    """Have the browser keep *value*, where no script can read it."""
    response.set_cookie(
        name,
        value,
        max_age=seconds,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )


def is_same_origin(request: Request) -> bool:
    origin = urlsplit(request.headers.get("origin", ""))
    return bool(origin.netloc) and origin.netloc == request.headers.get("host", "")


def same(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode(), wanted.encode())


def host_of(header: str) -> str:
    """The name in a Host header, without its port."""
    try:
        return urlsplit(f"//{header}").hostname or ""
    except ValueError:
        return ""


def is_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _refused() -> Response:
    return PlainTextResponse("no", status_code=403)
