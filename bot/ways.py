"""Which ways there are, as the settings say."""

from collections.abc import Callable

from bot.page.way import PageWay
from bot.settings import Settings
from bot.telegram.way import TelegramWay
from bot.way import Way


def ways_of(settings: Settings, now: Callable[[], float]) -> list[Way]:
    """Telegram with a token; the page in a browser without one, or where PREVIEW asks for it."""
    ways: list[Way] = [TelegramWay(settings)] if settings.telegram_token else []
    return [*ways, PageWay(settings, now)] if settings.serves_page else ways
