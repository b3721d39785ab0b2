"""A session: choosing, the walkthrough, and how it went."""

from typing import Any

from aiogram.fsm.context import FSMContext

from bench.plain_aiogram.talk import At, Event, number, show, tapped
from bench.plain_aiogram.words import BETWEEN, BOOK, SCALE, keyboard, labels, listed, words

WALK = labels("sharp", "ease repeat skip", "back pause stop", "emergency")
AREAS = keyboard(listed("area", BOOK["areas"]) + labels("tight", "home", "emergency"))
SIDES = keyboard(labels("left right", "back", "home", "emergency"))
READ, TO_HOLD = (keyboard(labels(name) + WALK) for name in ("next", "hold"))
HOLD = keyboard(labels("sharp", "ease", "repeat skip", "back pause stop", "emergency"))
EASED = keyboard(labels("resume", "sharp", "skip", "stop", "emergency"))
OTHER_SIDE = keyboard(labels("other_side", "enough") + WALK)
RATINGS = keyboard(SCALE + labels("home", "emergency"))
FEELINGS = keyboard(
    listed("feel", {id: BOOK["labels"][f"feel.{id}"] for id in ("better", "same", "worse")}, 3)
    + labels("home", "emergency")
)
MORE = keyboard(
    labels("today", "more", "reminders", "learn", "home", "emergency", where="finished")
)

Known = dict[str, Any]


# Choosing


async def choose(event: Event, state: FSMContext) -> None:
    await show(event, state, At.AREA, words("area"), AREAS)


async def area(event: Event, state: FSMContext) -> None:
    await state.update_data(area=tapped(event))
    tools = {tool for technique in techniques(tapped(event)) for tool in technique["tools"]}
    offered = {id: name for id, name in BOOK["tools"].items() if id in tools}
    buttons = keyboard(listed("tool", offered) + labels("back", "home", "emergency"))
    await show(event, state, At.TOOL, words("tool"), buttons)


async def tool(event: Event, state: FSMContext) -> None:
    known = await state.update_data(tool=tapped(event))
    fitting = [one for one in techniques(known["area"]) if tapped(event) in one["tools"]]
    if len(fitting) == 1:
        await brief(event, state, fitting[0])
        return
    offered = {one["id"]: BOOK["positions"][one["position"]] for one in fitting}
    buttons = keyboard(listed("technique", offered) + labels("back", "emergency"))
    await show(event, state, At.POSITION, words("position"), buttons)


def techniques(area: str) -> list[Known]:
    return [one for one in BOOK["techniques"].values() if one["area"] == area]


async def position(event: Event, state: FSMContext) -> None:
    await brief(event, state, BOOK["techniques"][tapped(event)])


async def brief(event: Event, state: FSMContext, chosen: Known) -> None:
    await state.update_data(technique=chosen)
    gaps = {name: chosen[name] for name in ("purpose", "avoid", "stop_when")}
    takes = words("takes.both", minutes=chosen["minutes"])
    text = words("briefing", technique=chosen["name"], takes=takes, **gaps)
    await show(event, state, At.BRIEFING, text, SIDES)


# The walkthrough


async def side(event: Event, state: FSMContext) -> None:
    await walk(event, state, side=event.data, place=0, second=False)


async def other_side(event: Event, state: FSMContext) -> None:
    await walk(event, state, side=other(await state.get_data()), place=0, second=True)


def other(known: Known) -> str:
    return "right" if known["side"] == "left" else "left"


async def read(event: Event, state: FSMContext) -> None:
    await walk(event, state)


async def walk(event: Event, state: FSMContext, **news: object) -> None:
    """Show the step that the walkthrough has come to."""
    known = await state.update_data(**news)
    technique, place = known["technique"], known["place"]
    step = technique["steps"][place]
    gaps = {"number": place + 1, "total": len(technique["steps"])}
    text = words(
        "step.hold" if step["hold"] else "step",
        step=BOOK["texts"]["step_of"].format(**gaps, side=BOOK["labels"][known["side"]]),
        say=instruction(known),
        seconds=step["hold"],
        avoid=technique["avoid"],
        stop_when=technique["stop_when"],
    )
    await show(event, state, At.STEP, text, TO_HOLD if step["hold"] else READ)


def instruction(known: Known) -> str:
    step: str = known["technique"]["steps"][known["place"]]["say"]
    side, other_side = (BOOK["labels"][id].lower() for id in (known["side"], other(known)))
    return step.format(side=side, other=other_side, tool=BOOK["tools"][known["tool"]].lower())


async def hold(event: Event, state: FSMContext) -> None:
    known = await state.get_data()
    technique = known["technique"]
    seconds, stop_when = technique["steps"][known["place"]]["hold"], technique["stop_when"]
    text = words("holding", seconds=seconds, say=instruction(known), stop_when=stop_when)
    await show(event, state, At.STEP, text, HOLD)


async def on(event: Event, state: FSMContext) -> None:
    """To the next step, then to the other side, then to how it went."""
    known = await state.get_data()
    place = known["place"] + 1
    if place < len(known["technique"]["steps"]):
        await walk(event, state, place=place)
    elif known["second"]:
        await ask_rating(event, state)
    else:
        text = words("switching", other_side=other(known))
        await show(event, state, At.SWITCHING, text, OTHER_SIDE)


async def step_back(event: Event, state: FSMContext) -> None:
    await walk(event, state, place=max(0, (await state.get_data())["place"] - 1))


async def ease(event: Event, state: FSMContext) -> None:
    await show(event, state, At.STEP, words("eased"), EASED)


async def pause(event: Event, state: FSMContext) -> None:
    await show(event, state, At.STEP, words("paused"), EASED)


async def sharp(event: Event, state: FSMContext) -> None:
    """Sharp pain: the second time in a session ends it."""
    if (await state.get_data()).get("hurt"):
        await show(event, state, None, words("ended"), BETWEEN)
        return
    await state.update_data(hurt=True)
    await show(event, state, At.STEP, words("hurt"), EASED)


async def stop(event: Event, state: FSMContext) -> None:
    await show(event, state, None, words("stopped"), BETWEEN)


# Afterwards


async def ask_rating(event: Event, state: FSMContext) -> None:
    await show(event, state, At.RATING, words("rating"), RATINGS)


async def rate(event: Event, state: FSMContext) -> None:
    await state.update_data(after=number(event))
    await show(event, state, At.FEELING, words("feeling"), FEELINGS)


async def feel(event: Event, state: FSMContext) -> None:
    known = await state.get_data()
    change = BOOK["texts"]["change"].format(before=known["before"], after=known["after"])
    text = words(f"finished.{tapped(event)}", change=change, next_part=next_part(known["area"]))
    await show(event, state, At.FINISHED, text, MORE)


def next_part(area: str) -> str:
    """One side of what can be done by hand elsewhere."""
    texts, techniques = BOOK["texts"], BOOK["techniques"].values()
    then = next(t for t in techniques if t["area"] != area and "hands" in t["tools"])
    minutes = -(-then["minutes"] // 2)
    part = texts["part"].format(technique=then["name"], sides=texts["one_side"], minutes=minutes)
    return str(texts["next_part"].format(part=part))
