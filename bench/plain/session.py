"""A session: choosing, the walkthrough, and how it went."""

from telegram import Update

from bench.plain.talk import (
    AREA,
    BRIEFING,
    END,
    FEELING,
    FINISHED,
    POSITION,
    RATING,
    STEP,
    SWITCHING,
    TOOL,
    Context,
    notes,
    number,
    show,
    tapped,
)
from bench.plain.words import BETWEEN, BOOK, SCALE, keyboard, labels, listed, words
from flows.book import Technique

WALK = labels("sharp", "ease repeat skip", "back pause stop", "emergency")
AREAS = keyboard(listed("area", BOOK.areas) + labels("tight", "home", "emergency"))
SIDES = keyboard(labels("left right", "back", "home", "emergency"))
READ, TO_HOLD = (keyboard(labels(name) + WALK) for name in ("next", "hold"))
HOLD = keyboard(labels("sharp", "ease", "repeat skip", "back pause stop", "emergency"))
EASED = keyboard(labels("resume", "sharp", "skip", "stop", "emergency"))
OTHER_SIDE = keyboard(labels("other_side", "enough") + WALK)
RATINGS = keyboard(SCALE + labels("home", "emergency"))
FEELINGS = keyboard(
    listed("feel", {id: BOOK.labels[f"feel.{id}"] for id in ("better", "same", "worse")}, 3)
    + labels("home", "emergency")
)
MORE = keyboard(
    labels("today", "more", "reminders", "learn", "home", "emergency", where="finished")
)


# Choosing


async def choose(update: Update, context: Context) -> int:
    await show(update, context, words("area"), AREAS)
    return AREA


async def area(update: Update, context: Context) -> int:
    notes(context)["area"] = tapped(update)
    tools = {tool for technique in techniques(context) for tool in technique.tools}
    offered = {id: name for id, name in BOOK.tools.items() if id in tools}
    buttons = keyboard(listed("tool", offered) + labels("back", "home", "emergency"))
    await show(update, context, words("tool"), buttons)
    return TOOL


async def tool(update: Update, context: Context) -> int:
    notes(context)["tool"] = tapped(update)
    fitting = [t for t in techniques(context) if tapped(update) in t.tools]
    if len(fitting) == 1:
        return await brief(update, context, fitting[0])
    offered = {technique.id: BOOK.positions[technique.position] for technique in fitting}
    buttons = keyboard(listed("technique", offered) + labels("back", "emergency"))
    await show(update, context, words("position"), buttons)
    return POSITION


def techniques(context: Context) -> list[Technique]:
    return [t for t in BOOK.techniques.values() if t.area == notes(context)["area"]]


async def position(update: Update, context: Context) -> int:
    return await brief(update, context, BOOK.techniques[tapped(update)])


async def brief(update: Update, context: Context, chosen: Technique) -> int:
    notes(context)["technique"] = chosen
    text = words(
        "briefing",
        technique=chosen.name,
        purpose=chosen.purpose,
        avoid=chosen.avoid,
        stop_when=chosen.stop_when,
        takes=words("takes.both", minutes=chosen.minutes),
    )
    await show(update, context, text, SIDES)
    return BRIEFING


# The walkthrough


async def side(update: Update, context: Context) -> int:
    assert update.callback_query, "only taps come here"
    notes(context).update(side=update.callback_query.data, place=0, second=False)
    return await read(update, context)


async def other_side(update: Update, context: Context) -> int:
    notes(context).update(side=other(context), place=0, second=True)
    return await read(update, context)


def other(context: Context) -> str:
    return "right" if notes(context)["side"] == "left" else "left"


async def read(update: Update, context: Context) -> int:
    """Show the step that the walkthrough has come to."""
    technique, place = notes(context)["technique"], notes(context)["place"]
    step = technique.steps[place]
    number = BOOK.texts["step_of"].format(
        number=place + 1, total=len(technique.steps), side=BOOK.labels[notes(context)["side"]]
    )
    text = words(
        "step.hold" if step.hold else "step",
        step=number,
        say=instruction(context),
        seconds=step.hold,
        avoid=technique.avoid,
        stop_when=technique.stop_when,
    )
    await show(update, context, text, TO_HOLD if step.hold else READ)
    return STEP


def instruction(context: Context) -> str:
    known = notes(context)
    step: str = known["technique"].steps[known["place"]].say
    side, other_side = (BOOK.labels[id].lower() for id in (known["side"], other(context)))
    return step.format(side=side, other=other_side, tool=BOOK.tools[known["tool"]].lower())


async def hold(update: Update, context: Context) -> int:
    technique = notes(context)["technique"]
    seconds = technique.steps[notes(context)["place"]].hold
    say, stop_when = instruction(context), technique.stop_when
    text = words("holding", seconds=seconds, say=say, stop_when=stop_when)
    await show(update, context, text, HOLD)
    return STEP


async def on(update: Update, context: Context) -> int:
    """To the next step, then to the other side, then to how it went."""
    known = notes(context)
    known["place"] += 1
    if known["place"] < len(known["technique"].steps):
        return await read(update, context)
    if known["second"]:
        return await ask_rating(update, context)
    await show(update, context, words("switching", other_side=other(context)), OTHER_SIDE)
    return SWITCHING


async def step_back(update: Update, context: Context) -> int:
    notes(context)["place"] = max(0, notes(context)["place"] - 1)
    return await read(update, context)


async def ease(update: Update, context: Context) -> int:
    await show(update, context, words("eased"), EASED)
    return STEP


async def pause(update: Update, context: Context) -> int:
    await show(update, context, words("paused"), EASED)
    return STEP


async def sharp(update: Update, context: Context) -> int:
    """Sharp pain: the second time in a session ends it."""
    if notes(context).get("hurt"):
        await show(update, context, words("ended"), BETWEEN)
        return END
    notes(context)["hurt"] = True
    await show(update, context, words("hurt"), EASED)
    return STEP


async def stop(update: Update, context: Context) -> int:
    await show(update, context, words("stopped"), BETWEEN)
    return END


# Afterwards


async def ask_rating(update: Update, context: Context) -> int:
    await show(update, context, words("rating"), RATINGS)
    return RATING


async def rate(update: Update, context: Context) -> int:
    notes(context)["after"] = number(update)
    await show(update, context, words("feeling"), FEELINGS)
    return FEELING


async def feel(update: Update, context: Context) -> int:
    before, after = notes(context)["before"], notes(context)["after"]
    change = BOOK.texts["change"].format(before=before, after=after)
    text = words(f"finished.{tapped(update)}", change=change, next_part=next_part(context))
    await show(update, context, text, MORE)
    return FINISHED


def next_part(context: Context) -> str:
    """One side of what can be done by hand elsewhere."""
    area = notes(context)["area"]
    then = next(t for t in BOOK.techniques.values() if t.area != area and "hands" in t.tools)
    side = BOOK.texts["one_side"]
    minutes = -(-then.minutes // 2)
    part = BOOK.texts["part"].format(technique=then.name, sides=side, minutes=minutes)
    return BOOK.texts["next_part"].format(part=part)
