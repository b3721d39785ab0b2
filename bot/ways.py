"""Which ways there are, as the settings say.  What is not asked for is not imported."""

from collections.abc import Callable, Iterator

from bot.settings import Settings
from bot.way import Way


def ways_of(settings: Settings, now: Callable[[], float]) -> list[Way]:
    """Telegram with a token; the page in a browser without one, or where PREVIEW asks for it."""
    return list(_ways(settings, now))


def _ways(settings: Settings, now: Callable[[], float]) -> Iterator[Way]:
    if settings.telegram_token:
        from bot.telegram.way import TelegramWay  # noqa: PLC0415

        yield TelegramWay(settings)
    if settings.serves_page:
        from bot.page.way import PageWay  # noqa: PLC0415

        yield PageWay(settings, now)
