"""`python -m bench.plain_aiogram <token> <address of the Bot API> <port> <words>`.

Who answers what.  Updates are brought to that port; if it is empty, they are fetched.
"""

import asyncio
import sys
from typing import Any

from aiogram import Bot, Dispatcher, F, Router
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import Command, CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler, setup_application
from aiohttp import web

from bench.plain_aiogram import screening, session, talk
from bench.plain_aiogram.talk import At
from bench.plain_aiogram.words import BOOK, keyboard, labels, words

Handler = Any  # one of the two rooms'

TAPS: dict[State, dict[str, Handler]] = {
    At.NEW: {"begin": screening.begin},
    At.AGE: {"yes": screening.of_age, "no|unsure": screening.under_age},
    At.CONSENT: {"agree": screening.agree, "refuse": screening.refuse},
    At.COUNTRY: {
        "region:.+": screening.region,
        "live:.+": screening.live,
        "close": screening.skip_country,
    },
    At.ASKING: {
        "no|none|decline": screening.no,
        "yes|unsure": screening.yes,
        "toggle:.+": screening.toggle,
        "done": screening.done,
        "rate:.+": screening.pain,
        "back": screening.back,
    },
    At.PASSED: {"session": session.choose},
    At.AREA: {"area:.+": session.area},
    At.TOOL: {"tool:.+": session.tool, "back": session.choose},
    At.POSITION: {"technique:.+": session.position, "back": session.choose},
    At.BRIEFING: {"left|right": session.side, "back": session.choose},
    At.STEP: {
        "next|skip": session.on,
        "hold": session.hold,
        "sharp": session.sharp,
        "ease": session.ease,
        "pause": session.pause,
        "resume|repeat": session.read,
        "back": session.step_back,
        "stop": session.stop,
    },
    At.SWITCHING: {
        "other_side": session.other_side,
        "enough": session.ask_rating,
        "sharp": session.sharp,
        "stop": session.stop,
    },
    At.RATING: {"rate:.+": session.rate},
    At.FEELING: {"feel:.+": session.feel},
    At.FINISHED: {"more": session.choose},
}
NUMBER = F.text.regexp(r"^\s*\d{1,2}\s*$")


async def page(query: CallbackQuery, state: FSMContext) -> None:
    """Something to read; "Close" leads back to where the conversation is."""
    name = str(query.data)
    crisis = BOOK["texts"]["crisis.unknown"]
    gaps = {"call": await talk.call(state), "crisis": crisis, "why": ""}
    if name == "why":
        at = (await state.get_data())["at"]
        gaps["why"] = BOOK["questions"][BOOK["screening"][at]]["why"]
    await talk.put(query, words(f"page.{name}", **gaps), keyboard(labels("close")))


async def close(query: CallbackQuery, state: FSMContext) -> None:
    await talk.put(query, *(await state.get_data())["shown"])


async def unknown(message: Message) -> None:
    await message.answer(BOOK["notices"]["not_understood"])


def router() -> Router:
    router = Router()
    for state, taps in TAPS.items():
        for pattern, handle in taps.items():
            router.callback_query.register(handle, state, F.data.regexp(rf"^(?:{pattern})$"))
    router.message.register(screening.start, CommandStart())
    router.message.register(session.stop, Command("stop"))
    router.message.register(screening.country, At.COUNTRY, F.text)
    router.message.register(screening.pain, At.ASKING, NUMBER)
    router.message.register(session.rate, At.RATING, NUMBER)
    router.callback_query.register(screening.start, F.data == "home")
    router.callback_query.register(
        page, F.data.in_({"emergency", "help", "privacy", "learn", "why"})
    )
    router.callback_query.register(close, F.data == "close")
    router.message.register(unknown)
    return router


def main() -> None:
    token, address, port, _ = sys.argv[1:]
    api = AiohttpSession(api=TelegramAPIServer.from_base(address))
    bot = Bot(token, session=api, default=DefaultBotProperties(parse_mode="HTML"))
    dispatcher = Dispatcher()
    dispatcher.include_router(router())
    if port:
        serve(bot, dispatcher, int(port))
    else:
        asyncio.run(dispatcher.start_polling(bot))


def serve(bot: Bot, dispatcher: Dispatcher, port: int) -> None:
    async def tell_where() -> None:
        await bot.set_webhook(f"http://127.0.0.1:{port}/hook", secret_token="secret")

    dispatcher.startup.register(tell_where)
    app = web.Application()
    SimpleRequestHandler(dispatcher, bot, secret_token="secret").register(app, path="/hook")
    setup_application(app, dispatcher, bot=bot)
    web.run_app(app, host="127.0.0.1", port=port, print=None)


if __name__ == "__main__":
    main()
