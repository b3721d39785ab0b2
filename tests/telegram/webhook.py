"""getUpdates, setWebhook, deleteWebhook and getWebhookInfo."""

import re
from urllib.parse import urlsplit

from tests.telegram.core import Telegram
from tests.telegram.params import structure, truth, whole, words
from tests.telegram.refusals import Json, bad_request
from tests.telegram.updates import MOST_AT_ONCE

LONGEST_POLL = 50  # seconds
LOOPBACK = ("127.0.0.1", "localhost", "::1")
_SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")


async def get_updates(telegram: Telegram, params: Json) -> list[Json]:
    telegram.updates.allow(structure(params, "allowed_updates"))
    limit = whole(params, "limit", MOST_AT_ONCE)
    if not 1 <= limit <= MOST_AT_ONCE:
        limit = MOST_AT_ONCE
    patience = min(LONGEST_POLL, whole(params, "timeout"))
    return await telegram.updates.fetch(whole(params, "offset"), limit, patience)


async def set_webhook(telegram: Telegram, params: Json) -> bool:
    url, secret = words(params, "url"), words(params, "secret_token")
    address = urlsplit(url)
    if url and address.scheme != "https" and address.hostname not in LOOPBACK:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    most = whole(params, "max_connections", 40)
    if not 1 <= most <= 100:
        raise bad_request("bad webhook: max_connections must be from 1 to 100")
    await delete_webhook(telegram, params)
    if url:
        hook = telegram.new_hook(telegram.updates, url, secret, most, telegram.hook_delay)
        telegram.hook = hook
        telegram.updates.hand_over_to(hook.push)
    return True


async def delete_webhook(telegram: Telegram, params: Json) -> bool:
    await telegram.unhook()
    telegram.updates.allow(structure(params, "allowed_updates"))
    if truth(params, "drop_pending_updates"):
        telegram.updates.pending.clear()
    return True


def get_webhook_info(telegram: Telegram, params: Json) -> Json:
    info: Json = {
        "url": "",
        "has_custom_certificate": False,
        "pending_update_count": telegram.unconfirmed,
    }
    if telegram.updates.allowed:
        info["allowed_updates"] = list(telegram.updates.allowed)
    if telegram.hook:
        info |= {"url": telegram.hook.url, "max_connections": telegram.hook.most}
        if telegram.hook.last_error:
            info["last_error_date"] = int(telegram.now())
            info["last_error_message"] = telegram.hook.last_error
    return info
