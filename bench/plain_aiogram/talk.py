"""What every handler of the plain aiogram bot needs: where it stands, how it answers."""

from typing import Any

from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from bench.plain_aiogram.words import BOOK

Event = Any  # a message, or a tap


class At(StatesGroup):  # type: ignore[misc]  # aiogram is not where types are checked
    NEW, AGE, CONSENT, COUNTRY, ASKING = State(), State(), State(), State(), State()
    PASSED, AREA, TOOL, POSITION, BRIEFING = State(), State(), State(), State(), State()
    STEP, SWITCHING, RATING, FEELING, FINISHED = State(), State(), State(), State(), State()


async def show(
    event: Event, state: FSMContext, at: State | None, text: str, buttons: InlineKeyboardMarkup
) -> None:
    """The conversation stands at *at* now, and this is to be seen."""
    await state.set_state(at)
    await state.update_data(shown=(text, buttons))
    await put(event, text, buttons)


async def put(event: Event, text: str, buttons: InlineKeyboardMarkup) -> None:
    """Put this in the message that was tapped, or in a new one when something was typed."""
    if isinstance(event, CallbackQuery):
        await event.answer()
        await event.message.edit_text(text, reply_markup=buttons)
    else:
        await event.answer(text, reply_markup=buttons)


def tapped(event: Event) -> str:
    """What stands behind the colon of the button."""
    assert isinstance(event, CallbackQuery), "only taps come here"
    return str(event.data).partition(":")[2]


def typed(event: Event) -> str:
    assert isinstance(event, Message), "only words come here"
    return (event.text or "").strip().lower()


def number(event: Event) -> int:
    """From 0 to 10, tapped or typed."""
    return min(10, int(tapped(event) if isinstance(event, CallbackQuery) else typed(event)))


async def call(state: FSMContext) -> str:
    """Whom to call."""
    found = BOOK["countries"].get((await state.get_data()).get("country", ""))
    if found is None:
        return str(BOOK["texts"]["call.unknown"])
    gaps = {"country": found["name"], "number": found["emergency"]}
    return str(BOOK["texts"]["call"].format(**gaps))
