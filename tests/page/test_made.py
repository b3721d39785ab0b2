"""A file that was made for one chat: its own browser has it, and nobody else."""

from bot.chats import of_visitor
from flows import File, Screen
from tests.page.bots import PageBot
from tests.page.visitor import Data, Visitor
from tests.shell.conftest import until

CURVE = File("photo", "curve.png", "image/png", b"dots")
SHEET = File("document", "sheet.pdf", "application/pdf", b"lines")


async def shown(bot: PageBot, visitor: Visitor, file: File) -> Data:
    room = bot.rooms.room(of_visitor(visitor.cookie("chat")[0]))
    await bot.rooms.speak(
        of_visitor(visitor.cookie("chat")[0]), Screen("Here.", alt="A curve.", file=file), 1, None
    )
    await until(lambda: visitor.messages == room.messages)
    return visitor.messages[visitor.newest]


async def test_a_picture_is_seen_and_can_be_kept(bot: PageBot, ann: Visitor) -> None:
    message = await shown(bot, ann, CURVE)
    assert message["picture"]["alt"] == "A curve."
    assert message["picture"]["src"] == message["file"]["src"]
    answer = await ann.gets(message["file"]["src"])
    assert (answer.status, answer.headers["Content-Length"]) == (200, str(len(CURVE.content)))
    assert answer.headers["Cache-Control"] == "no-store"


async def test_a_document_can_be_kept(bot: PageBot, ann: Visitor) -> None:
    message = await shown(bot, ann, SHEET)
    assert "picture" not in message
    answer = await ann.gets(message["file"]["src"])
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="sheet.pdf"'


async def test_nobody_else_has_it(bot: PageBot, ann: Visitor, bob: Visitor) -> None:
    message = await shown(bot, ann, CURVE)
    assert (await bob.gets(message["file"]["src"])).status == 404


async def test_it_is_gone_with_the_chat(bot: PageBot, ann: Visitor) -> None:
    message = await shown(bot, ann, CURVE)
    bot.rooms.forget(of_visitor(ann.cookie("chat")[0]))
    assert (await ann.gets(message["file"]["src"])).status == 404
