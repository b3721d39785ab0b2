"""What the desk shows: where the chat stands, why, what is stored; and nobody else's."""

import pytest

from bot.chats import of_visitor
from data.transaction import Row
from flows import Chat, Event, State, step
from tests.page.bots import PageBot
from tests.page.test_chats import to_a_question
from tests.page.visitor import Data, Visitor
from tests.shell.conftest import until


async def explained(visitor: Visitor, text: str) -> Data:
    status, answer = await visitor.posts("/say", {"text": text, "desk": True})
    assert status == 200
    return answer


async def test_where_it_stands_and_what_can_be_said_there(ann: Visitor) -> None:
    await to_a_question(ann)
    desk = await ann.desk()
    assert desk["state"] == "SCREENING"
    taken = {label: path["to"] for path in desk["out"] for label in path["takes"]}
    assert taken["No"] == "SCREENING"
    assert taken["Yes"] == "REFERRED"
    assert taken["/erase"] == "ERASING"
    assert {"GATE", "REFERRED"} <= {path["at"] for path in desk["in"]}


async def test_what_is_stored_is_shown_as_it_is(bot: PageBot, ann: Visitor) -> None:
    await to_a_question(ann)
    await bot.rest()
    desk = await ann.desk()
    stored = desk["stored"]
    assert stored["body"]["state"] == "screening"
    assert stored["shown"] == stored["turn"] > 0
    assert stored["message_id"] == ann.newest
    assert desk["edition"] == bot.library.book("en").edition


async def test_what_the_guard_read_is_explained_and_kept_nowhere(
    bot: PageBot, ann: Visitor
) -> None:
    await to_a_question(ann)
    words = "i cant feel anything between my legs"
    why = (await explained(ann, words))["why"]
    assert why["row"]["to"] == "REFERRED"
    assert why["meant"].startswith("flag E04")
    hit = why["reading"]["hits"][0]
    assert hit["tier"] == "ALERT"
    assert hit["disposition"] == "EMERGENCY"
    assert hit["evidence"]
    await until(lambda: "emergency" in ann.screen)
    await bot.rest()
    assert "between my legs" not in str(await ann.desk()).replace("Numb or tingling", "")


async def test_what_is_not_heard_says_so(ann: Visitor) -> None:
    await to_a_question(ann)
    why = (await explained(ann, "cheerful elephants"))["why"]
    assert (why["row"], why["notice"]) == (None, "tap_answer")
    assert why["reading"] == {"tier": "NONE", "mends": [], "hits": []}


@pytest.mark.parametrize("words", ["open settings", "every day at 8am", "thanks"])
async def test_what_is_explained_is_what_is_done(bot: PageBot, ann: Visitor, words: str) -> None:
    """They are asked whether something is new, and go on with something else."""
    book = bot.library.book("en")
    at = int(bot.time())
    wondering = Chat(state=State.HOME, pages=("doubt",), now=at, turn=at, consent=book.consent)
    chat_id = of_visitor(ann.cookie("chat")[0])
    await bot.store.run(lambda t: t.create([chat_id]))
    await bot.store.run(lambda t: t.save([Row(chat_id, wondering, at)]))
    done = step(wondering, Event("text", words, at=at), book)
    why = (await explained(ann, words))["why"]
    assert why["meant"].split()[0] == done.said
    assert (why["row"] is not None, why["notice"]) == (done.heard, done.notice)


async def test_a_person_who_is_no_reviewer_is_told_nothing_of_it(ann: Visitor) -> None:
    await ann.says("/start")
    assert await ann.says("hello") == {"toast": ""}


async def test_content_is_named_with_its_source_and_its_review(bot: PageBot, ann: Visitor) -> None:
    await to_a_question(ann)
    text, question = (await ann.desk())["content"]
    assert (text["id"], text["file"]) == ("screening", "en/texts.toml")
    first = bot.library.book("en").questions[question["id"]]
    assert question["source"] == first.source
    assert question["reviewed_by"] == first.reviewed_by == ""


async def test_somebody_new_leaves_the_old_chat_as_it_is(ann: Visitor) -> None:
    await to_a_question(ann)
    before = ann.cookie("chat")
    assert (await ann.posts("/desk/new", {}))[0] == 200
    assert (await ann.desk())["is_new"]
    assert ann.cookie("chat") != before
