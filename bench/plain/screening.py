"""From the first word to the end of the screening."""

from telegram import Update

from bench.plain.talk import (
    AGE,
    ASKING,
    CONSENT,
    COUNTRY,
    END,
    NEW,
    PASSED,
    Context,
    call,
    notes,
    number,
    show,
    tapped,
    typed,
)
from bench.plain.words import BETWEEN, BOOK, SCALE, keyboard, labels, listed, words
from flows.book import Condition, Question

WELCOME = keyboard(labels("begin", "emergency", "help privacy"))
OF_AGE = keyboard(labels("yes no", "unsure", "emergency"))
AGREEMENT = keyboard(labels("agree", "refuse", "privacy emergency"))
REGIONS = keyboard(
    listed("region", BOOK.regions, abreast=2) + labels("close", "emergency", where="country")
)
ANSWERS = keyboard(labels("yes no", "unsure", "why back", "emergency"))
FIRST_ANSWERS = keyboard(labels("yes no", "unsure", "why", "emergency"))
PRIVATE_ANSWERS = keyboard(labels("yes no", "unsure", "decline", "why back", "emergency"))
NUMBERS = keyboard(SCALE + labels("why back", "emergency"))
ONWARD = keyboard(labels("session", "learn", "home", "emergency", where="passed"))
THINGS: dict[str, Question | Condition] = {**BOOK.questions, **BOOK.conditions}


async def start(update: Update, context: Context) -> int:
    notes(context).clear()
    await show(update, context, words("new"), WELCOME)
    return NEW


async def begin(update: Update, context: Context) -> int:
    await show(update, context, words("age"), OF_AGE)
    return AGE


async def of_age(update: Update, context: Context) -> int:
    await show(update, context, words("consent", keep_days=BOOK.reminding.keep_days), AGREEMENT)
    return CONSENT


async def under_age(update: Update, context: Context) -> int:
    await show(update, context, words("under_age", call=call(context)), BETWEEN)
    return END


async def refuse(update: Update, context: Context) -> int:
    await show(update, context, words("declined"), BETWEEN)
    return END


async def agree(update: Update, context: Context) -> int:
    await show(update, context, words("page.country"), REGIONS)
    return COUNTRY


async def region(update: Update, context: Context) -> int:
    here = tapped(update)
    countries = {c.code: c.name for c in BOOK.countries.values() if c.region == here}
    buttons = keyboard(listed("live", countries, abreast=2) + labels("close", "emergency"))
    await show(update, context, words("page.region", region=BOOK.regions[here]), buttons)
    return COUNTRY


async def country(update: Update, context: Context) -> int:
    """The country was picked or named."""
    if update.callback_query:
        found = [tapped(update)]
    else:
        name = typed(update)
        found = [
            c.code for c in BOOK.countries.values() if name == c.name.lower() or name in c.aliases
        ]
    if not found:
        await show(update, context, BOOK.notices["unknown_country"], REGIONS)
        return COUNTRY
    notes(context)["country"] = found[0]
    return await ask(update, context, 0)


async def skip_country(update: Update, context: Context) -> int:
    return await ask(update, context, 0)


async def ask(update: Update, context: Context, at: int) -> int:
    """Ask the question at this place of the screening; behind the last one it is passed."""
    notes(context).update(at=at, ticked=set())
    if at == len(BOOK.screening):
        await show(update, context, words("passed"), ONWARD)
        return PASSED
    id = BOOK.screening[at]
    if id in BOOK.checklists:
        return await ask_list(update, context)
    question = BOOK.questions[id]
    buttons = ANSWERS if at else FIRST_ANSWERS
    if question.severe:
        buttons = NUMBERS
    elif question.may_decline:
        buttons = PRIVATE_ANSWERS
    await show(update, context, asking(at, question.ask), buttons)
    return ASKING


async def ask_list(update: Update, context: Context) -> int:
    at, ticked = notes(context)["at"], notes(context)["ticked"]
    checklist = BOOK.checklists[BOOK.screening[at]]
    boxes = {
        id: f"{BOOK.labels['ticked' if id in ticked else 'unticked']} {THINGS[id].label}"
        for id in checklist.items
    }
    end = labels("done" if ticked else "none", "back", "emergency")
    asks = "\n".join(f"• {THINGS[id].ask}" for id in checklist.items)
    text = asking(at, f"{checklist.ask}\n\n{asks}")
    await show(update, context, text, keyboard(listed("toggle", boxes) + end))
    return ASKING


def asking(at: int, ask: str) -> str:
    progress = BOOK.texts["progress"].format(number=at + 1, total=len(BOOK.screening))
    return words("screening", progress=progress, ask=ask)


async def no(update: Update, context: Context) -> int:
    return await ask(update, context, notes(context)["at"] + 1)


async def back(update: Update, context: Context) -> int:
    return await ask(update, context, max(0, notes(context)["at"] - 1))


async def toggle(update: Update, context: Context) -> int:
    notes(context)["ticked"] ^= {tapped(update)}
    return await ask_list(update, context)


async def done(update: Update, context: Context) -> int:
    """What was ticked counts as yes; what does not refer anybody is left at that here."""
    at, ticked = notes(context)["at"], notes(context)["ticked"]
    found = [id for id in BOOK.checklists[BOOK.screening[at]].items if id in ticked]
    worst = next((id for id in found if id in BOOK.questions), None)
    return await refer(update, context, worst) if worst else await no(update, context)


async def yes(update: Update, context: Context) -> int:
    return await refer(update, context, BOOK.screening[notes(context)["at"]])


async def refer(update: Update, context: Context, id: str) -> int:
    question = BOOK.questions[id]
    reasons = BOOK.texts["reasons"].format(list=f"• {question.label}")
    key = f"referred.{question.disposition.name.lower()}"
    text = words(key, call=call(context), reasons=reasons, statement="", opening="")
    await show(update, context, text, BETWEEN)
    return END


async def pain(update: Update, context: Context) -> int:
    """The pain before the session."""
    id = BOOK.screening[notes(context)["at"]]
    notes(context)["before"] = number(update)
    if number(update) >= BOOK.questions[id].severe:
        return await refer(update, context, id)
    return await no(update, context)
