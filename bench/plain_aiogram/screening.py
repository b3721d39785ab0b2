"""From the first word to the end of the screening."""

from aiogram.fsm.context import FSMContext

from bench.plain_aiogram.talk import At, Event, call, number, show, tapped, typed
from bench.plain_aiogram.words import BETWEEN, BOOK, SCALE, keyboard, labels, listed, words

WELCOME = keyboard(labels("begin", "emergency", "help privacy"))
OF_AGE = keyboard(labels("yes no", "unsure", "emergency"))
AGREEMENT = keyboard(labels("agree", "refuse", "privacy emergency"))
REGIONS = keyboard(
    listed("region", BOOK["regions"], abreast=2) + labels("close", "emergency", where="country")
)
ANSWERS = keyboard(labels("yes no", "unsure", "why back", "emergency"))
FIRST_ANSWERS = keyboard(labels("yes no", "unsure", "why", "emergency"))
PRIVATE_ANSWERS = keyboard(labels("yes no", "unsure", "decline", "why back", "emergency"))
NUMBERS = keyboard(SCALE + labels("why back", "emergency"))
ONWARD = keyboard(labels("session", "learn", "home", "emergency", where="passed"))
THINGS = BOOK["questions"] | BOOK["conditions"]


async def start(event: Event, state: FSMContext) -> None:
    await state.clear()
    await show(event, state, At.NEW, words("new"), WELCOME)


async def begin(event: Event, state: FSMContext) -> None:
    await show(event, state, At.AGE, words("age"), OF_AGE)


async def of_age(event: Event, state: FSMContext) -> None:
    text = words("consent", keep_days=BOOK["keep_days"])
    await show(event, state, At.CONSENT, text, AGREEMENT)


async def under_age(event: Event, state: FSMContext) -> None:
    await show(event, state, None, words("under_age", call=await call(state)), BETWEEN)


async def refuse(event: Event, state: FSMContext) -> None:
    await show(event, state, None, words("declined"), BETWEEN)


async def agree(event: Event, state: FSMContext) -> None:
    await show(event, state, At.COUNTRY, words("page.country"), REGIONS)


async def region(event: Event, state: FSMContext) -> None:
    here = tapped(event)
    countries = {
        code: one["name"] for code, one in BOOK["countries"].items() if one["region"] == here
    }
    buttons = keyboard(listed("live", countries, abreast=2) + labels("close", "emergency"))
    text = words("page.region", region=BOOK["regions"][here])
    await show(event, state, At.COUNTRY, text, buttons)


async def country(event: Event, state: FSMContext) -> None:
    """The country was typed."""
    name = typed(event)
    found = [
        code
        for code, one in BOOK["countries"].items()
        if name == one["name"].lower() or name in one["aliases"]
    ]
    if not found:
        await show(event, state, At.COUNTRY, BOOK["notices"]["unknown_country"], REGIONS)
        return
    await state.update_data(country=found[0])
    await ask(event, state, 0)


async def live(event: Event, state: FSMContext) -> None:
    """The country was picked."""
    await state.update_data(country=tapped(event))
    await ask(event, state, 0)


async def skip_country(event: Event, state: FSMContext) -> None:
    await ask(event, state, 0)


async def ask(event: Event, state: FSMContext, at: int) -> None:
    """Ask the question at this place of the screening; behind the last one it is passed."""
    await state.update_data(at=at, ticked=[])
    if at == len(BOOK["screening"]):
        await show(event, state, At.PASSED, words("passed"), ONWARD)
        return
    id = BOOK["screening"][at]
    if id in BOOK["checklists"]:
        await ask_list(event, state, at, [])
        return
    question = BOOK["questions"][id]
    buttons = ANSWERS if at else FIRST_ANSWERS
    if question["severe"]:
        buttons = NUMBERS
    elif question["may_decline"]:
        buttons = PRIVATE_ANSWERS
    await show(event, state, At.ASKING, asking(at, question["ask"]), buttons)


async def ask_list(event: Event, state: FSMContext, at: int, ticked: list[str]) -> None:
    checklist = BOOK["checklists"][BOOK["screening"][at]]
    boxes = {
        id: f"{BOOK['labels']['ticked' if id in ticked else 'unticked']} {THINGS[id]['label']}"
        for id in checklist["items"]
    }
    end = labels("done" if ticked else "none", "back", "emergency")
    asks = "\n".join(f"• {THINGS[id]['ask']}" for id in checklist["items"])
    text = asking(at, f"{checklist['ask']}\n\n{asks}")
    await show(event, state, At.ASKING, text, keyboard(listed("toggle", boxes) + end))


def asking(at: int, ask: str) -> str:
    progress = BOOK["texts"]["progress"].format(number=at + 1, total=len(BOOK["screening"]))
    return words("screening", progress=progress, ask=ask)


async def no(event: Event, state: FSMContext) -> None:
    await ask(event, state, (await state.get_data())["at"] + 1)


async def back(event: Event, state: FSMContext) -> None:
    await ask(event, state, max(0, (await state.get_data())["at"] - 1))


async def toggle(event: Event, state: FSMContext) -> None:
    known = await state.get_data()
    ticked = sorted({*known["ticked"]} ^ {tapped(event)})
    await state.update_data(ticked=ticked)
    await ask_list(event, state, known["at"], ticked)


async def done(event: Event, state: FSMContext) -> None:
    """What was ticked counts as yes; what does not refer anybody is left at that here."""
    known = await state.get_data()
    items = BOOK["checklists"][BOOK["screening"][known["at"]]]["items"]
    found = [id for id in items if id in known["ticked"]]
    worst = next((id for id in found if id in BOOK["questions"]), None)
    await (refer(event, state, worst) if worst else no(event, state))


async def yes(event: Event, state: FSMContext) -> None:
    await refer(event, state, BOOK["screening"][(await state.get_data())["at"]])


async def refer(event: Event, state: FSMContext, id: str) -> None:
    question = BOOK["questions"][id]
    reasons = BOOK["texts"]["reasons"].format(list=f"• {question['label']}")
    gaps = {"call": await call(state), "reasons": reasons, "statement": "", "opening": ""}
    text = words(f"referred.{question['disposition']}", **gaps)
    await show(event, state, None, text, BETWEEN)


async def pain(event: Event, state: FSMContext) -> None:
    """The pain before the session."""
    id = BOOK["screening"][(await state.get_data())["at"]]
    await state.update_data(before=number(event))
    if number(event) >= BOOK["questions"][id]["severe"]:
        await refer(event, state, id)
    else:
        await no(event, state)
