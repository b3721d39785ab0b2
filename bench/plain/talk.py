"""What every handler of the plain bot needs: where it stands, what it notes, how it answers."""

from typing import Any

from telegram import Update
from telegram.constants import ParseMode
from telegram.ext import ContextTypes, ConversationHandler

from bench.plain.words import BOOK, Keyboard

(
    NEW, AGE, CONSENT, COUNTRY, ASKING, PASSED, AREA, TOOL, POSITION, BRIEFING, STEP, SWITCHING,
    RATING, FEELING, FINISHED,
) = range(15)  # fmt: skip
END = ConversationHandler.END

Context = ContextTypes.DEFAULT_TYPE


def notes(context: Context) -> dict[Any, Any]:
    assert context.user_data is not None, "there is a person in every private chat"
    return context.user_data


async def show(update: Update, context: Context, text: str, buttons: Keyboard) -> None:
    """Put this in the message that was tapped, or in a new one when something was typed."""
    notes(context)["shown"] = text, buttons
    await put(update, text, buttons)


async def put(update: Update, text: str, buttons: Keyboard) -> None:
    if query := update.callback_query:
        await query.answer()
        await query.edit_message_text(text, parse_mode=ParseMode.HTML, reply_markup=buttons)
    elif message := update.effective_message:
        await message.reply_text(text, parse_mode=ParseMode.HTML, reply_markup=buttons)


def tapped(update: Update) -> str:
    """What stands behind the colon of the button."""
    assert update.callback_query, "only taps come here"
    return str(update.callback_query.data).partition(":")[2]


def typed(update: Update) -> str:
    assert update.effective_message, "only words come here"
    return (update.effective_message.text or "").strip().lower()


def number(update: Update) -> int:
    """From 0 to 10, tapped or typed."""
    return min(10, int(tapped(update) if update.callback_query else typed(update)))


def call(context: Context) -> str:
    """Whom to call."""
    found = BOOK.countries.get(notes(context).get("country", ""))
    if found is None:
        return BOOK.texts["call.unknown"]
    return BOOK.texts["call"].format(country=found.name, number=found.emergency)
