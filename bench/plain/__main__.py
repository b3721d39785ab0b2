"""`python -m bench.plain <token> <address of the Bot API> <port>`: who answers what.

Updates are brought to that port; if it is empty, they are fetched.
"""

import sys
import warnings
from typing import Any

from telegram import Update
from telegram.ext import (
    Application,
    BaseHandler,
    CallbackQueryHandler,
    CommandHandler,
    ConversationHandler,
    MessageHandler,
    filters,
)
from telegram.warnings import PTBUserWarning

from bench.plain import screening, session, talk
from bench.plain.talk import Context
from bench.plain.words import BOOK, keyboard, labels, words

Handler = BaseHandler[Update, Context, object]

WORDS = filters.TEXT & ~filters.COMMAND
NUMBER = filters.Regex(r"^\s*\d{1,2}\s*$")
PAGES = "emergency|help|privacy|learn|why"


def tap(pattern: str, handle: Any) -> Handler:  # noqa: ANN401 - any handler of the two rooms
    return CallbackQueryHandler(handle, rf"^(?:{pattern})$")


async def page(update: Update, context: Context) -> None:
    """Something to read; "Close" leads back to where the conversation is."""
    assert update.callback_query, "only taps come here"
    name = str(update.callback_query.data)
    gaps = {"call": talk.call(context), "crisis": BOOK.texts["crisis.unknown"], "why": ""}
    if name == "why":
        gaps["why"] = BOOK.questions[BOOK.screening[talk.notes(context)["at"]]].why
    await talk.put(update, words(f"page.{name}", **gaps), keyboard(labels("close")))


async def close(update: Update, context: Context) -> None:
    await talk.put(update, *talk.notes(context)["shown"])


async def unknown(update: Update, _: Context) -> None:
    if update.effective_message:
        await update.effective_message.reply_text(BOOK.notices["not_understood"])


STATES: dict[object, list[Handler]] = {
    talk.NEW: [tap("begin", screening.begin)],
    talk.AGE: [tap("yes", screening.of_age), tap("no|unsure", screening.under_age)],
    talk.CONSENT: [tap("agree", screening.agree), tap("refuse", screening.refuse)],
    talk.COUNTRY: [
        MessageHandler(WORDS, screening.country),
        tap("region:.+", screening.region),
        tap("live:.+", screening.country),
        tap("close", screening.skip_country),
    ],
    talk.ASKING: [
        tap("no|none|decline", screening.no),
        tap("yes|unsure", screening.yes),
        tap("toggle:.+", screening.toggle),
        tap("done", screening.done),
        tap("rate:.+", screening.pain),
        tap("back", screening.back),
        MessageHandler(NUMBER, screening.pain),
    ],
    talk.PASSED: [tap("session", session.choose)],
    talk.AREA: [tap("area:.+", session.area)],
    talk.TOOL: [tap("tool:.+", session.tool), tap("back", session.choose)],
    talk.POSITION: [tap("technique:.+", session.position), tap("back", session.choose)],
    talk.BRIEFING: [tap("left|right", session.side), tap("back", session.choose)],
    talk.STEP: [
        tap("next|skip", session.on),
        tap("hold", session.hold),
        tap("sharp", session.sharp),
        tap("ease", session.ease),
        tap("pause", session.pause),
        tap("resume|repeat", session.read),
        tap("back", session.step_back),
        tap("stop", session.stop),
    ],
    talk.SWITCHING: [
        tap("other_side", session.other_side),
        tap("enough", session.ask_rating),
        tap("sharp", session.sharp),
        tap("stop", session.stop),
    ],
    talk.RATING: [tap("rate:.+", session.rate), MessageHandler(NUMBER, session.rate)],
    talk.FEELING: [tap("feel:.+", session.feel)],
    talk.FINISHED: [tap("more", session.choose)],
}


def main() -> None:
    token, address, port = sys.argv[1:]
    warnings.filterwarnings("ignore", category=PTBUserWarning, message=r"If 'per_message=False'")
    application = Application.builder().token(token).base_url(f"{address}/bot").build()
    application.add_handler(
        ConversationHandler(
            entry_points=[CommandHandler("start", screening.start)],
            states=STATES,
            fallbacks=[
                CommandHandler("start", screening.start),
                CommandHandler("stop", session.stop),
                tap("home", screening.start),
                tap(PAGES, page),
                tap("close", close),
                MessageHandler(filters.ALL, unknown),
            ],
        )
    )
    if port:
        application.run_webhook(
            "127.0.0.1",
            int(port),
            "hook",
            webhook_url=f"http://127.0.0.1:{port}/hook",
            secret_token="secret",
        )
    else:
        application.run_polling()


if __name__ == "__main__":
    main()
