"""Whole conversations in Chromium, as a person has them."""

from pathlib import Path

import pytest
from playwright.async_api import expect

from flows.book import Book
from tests.page.bots import PageBot
from tests.page.reader import LAST, Reader
from tests.players import CorePlayer
from tests.transcript import TRANSCRIPTS, Seen, play

pytestmark = pytest.mark.asyncio(loop_scope="session")

(TO_A_HOLD,) = (path for path in TRANSCRIPTS if path.stem == "a_hold_begins")


class BrowserPlayer:
    """Holds a transcript's conversation on the page."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.says, self.presses = reader.says, reader.presses

    async def sends(self, kind: str, caption: str) -> None:
        raise NotImplementedError("nothing but words can be sent on the page")

    async def edits(self, words: str) -> None:
        raise NotImplementedError("what was typed on the page is not edited")

    async def forges(self, event: str, value: str) -> None:
        raise NotImplementedError("a browser presses what is there")

    async def waits(self, seconds: int) -> None:
        raise NotImplementedError("the desk's clock is pressed by hand here")

    is_away = waits

    def sees(self) -> Seen:
        shown = self.reader.newest()
        labels = [button["label"] for row in shown["rows"] for button in row]
        return Seen(shown["text"].replace("**", ""), tuple(labels))

    def newest(self) -> int:
        rooms = (room for _, room in self.reader.bot.rooms.looked_at())
        return max((id for room in rooms for id in room.messages), default=0)


async def to_the_questions(reader: Reader) -> None:
    await reader.begins()
    await reader.presses("Begin")
    await reader.presses("Yes")
    await reader.presses("Yes, I agree")
    await reader.says("germany")


async def to_a_hold(reader: Reader) -> None:
    """From the first word to a hold of 45 seconds, with every question in between."""
    await play(TO_A_HOLD, BrowserPlayer(reader))


async def runs(reader: Reader, kind: str) -> None:
    """The film or the sound of the newest message is there, and plays by itself."""
    playing = "e => !e.paused && e.readyState > 2 && e.currentTime > 0"
    medium = await reader.page.locator(f"{LAST} {kind}").element_handle()
    await reader.page.wait_for_function(playing, arg=medium)


async def move(reader: Reader, name: str) -> None:
    """Press a button of the desk's clock, and wait until it has moved."""
    async with reader.page.expect_response("**/desk/clock"):
        await reader.page.click(f"[data-move='{name}']")


async def test_from_consent_to_a_finished_session_with_a_hold(reader: Reader) -> None:
    await reader.opens("?desk")
    await to_a_hold(reader)
    await reader.sees("Hold for 45 seconds.")
    await runs(reader, "video")
    await runs(reader, "audio")
    await expect(reader.page.locator("#desk-alarms")).to_contain_text("hold_over")
    await move(reader, "alarm")
    await reader.sees("Time. Ease off slowly.")
    await reader.presses("Fine, go on")
    await reader.presses("Next")
    await reader.presses("That is enough")
    await reader.presses("2")
    await reader.presses("Better")
    await reader.sees("Pain before: 4. Pain now: 2.")
    await move(reader, "day")
    await reader.sees("How is the pain today")


async def test_a_red_flag_typed_in_a_hold(reader: Reader) -> None:
    await reader.opens("?desk")
    await to_a_hold(reader)
    await reader.says("i cant feel anything between my legs")
    await reader.sees("This can be an emergency. Get medical help now.")
    await expect(reader.page.locator("#desk-why")).to_contain_text("The guard read: ALERT")
    await expect(reader.page.locator("#desk-alarms")).not_to_contain_text("hold_over")
    await expect(reader.page.locator("#desk-stands .here")).to_contain_text("REFERRED")


async def test_the_clock_brings_what_is_due_also_when_it_runs_fast(reader: Reader) -> None:
    await reader.opens("?desk")
    await to_a_hold(reader)
    await reader.page.click("[data-move='fast']")
    await reader.sees("Time. Ease off slowly.")
    await reader.page.click("[data-move='fast']")
    await reader.presses("Pause")
    await move(reader, "alarm")
    await expect(reader.page.locator("#desk-stands .here")).to_contain_text("HOME")


async def test_a_reload_in_mid_session_goes_on_where_it_was(reader: Reader) -> None:
    await to_a_hold(reader)
    before = await reader.page.locator(".message").all_text_contents()
    await reader.reloads()
    assert await reader.page.locator(".message").all_text_contents() == before
    await expect(reader.page.locator(".own")).to_have_count(0)
    await reader.presses("Pause")
    await reader.sees("Paused.")


async def test_two_tabs_are_one_conversation(reader: Reader) -> None:
    await to_the_questions(reader)
    other = Reader(reader.bot, await reader.page.context.new_page())
    await other.opens()
    await other.sees("Question 1 of 27")
    await other.presses("No")
    await reader.sees("Question 2 of 27")
    await reader.presses("Yes")
    await other.sees("This can be an emergency.")
    assert other.complaints == []


async def test_what_the_desk_writes_down_is_a_test(
    reader: Reader, book: Book, tmp_path: Path
) -> None:
    """The file is played as it is, by what plays every transcript."""
    await reader.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await reader.opens("?desk")
    await to_a_hold(reader)
    await move(reader, "10s")
    await reader.says("how long [is it] still?")
    await move(reader, "alarm")
    await reader.sees("Time. Ease off slowly.")
    await reader.presses("⚡ Sharp or shooting pain", above="Hold for 45 seconds.")
    await reader.says("/stop")
    await reader.page.click("#copy")
    await expect(reader.page.locator("#told")).to_contain_text("Copied.")
    copied: str = await reader.page.evaluate("navigator.clipboard.readText()")
    assert "you:   [No] x " in copied
    assert "clock: " in copied
    assert '[⚡ Sharp or shooting pain] under "' in copied
    transcript = tmp_path / "recorded.txt"
    transcript.write_text(copied, encoding="utf-8")
    player = CorePlayer(book)
    await play(transcript, player)
    newest = reader.newest()["text"].replace("**", "")
    assert player.sees().text == newest
    async with reader.page.expect_download() as saved:
        await reader.page.click("text=Save as a file")
    assert Path(await (await saved.value).path()).read_text(encoding="utf-8") == copied


async def test_everything_can_be_done_by_keyboard(reader: Reader) -> None:
    page = reader.page
    await page.focus("#about button")
    await page.keyboard.press("Enter")
    await reader.sees("Hello. I can guide you")
    await page.keyboard.press("Shift+Tab")
    for _ in range(9):
        await page.keyboard.press("Tab")
        if await page.evaluate("document.activeElement.textContent") == "Begin":
            break
    await page.keyboard.press("Enter")
    await reader.sees("18 or over")
    # The button is gone: the focus is on the message that took its place, so Tab goes on there.
    assert await page.evaluate("document.activeElement.className") == "message"
    await page.keyboard.press("Tab")
    assert await page.evaluate("document.activeElement.textContent") == "Yes"
    await page.focus("#open-menu")
    await page.keyboard.press("Enter")
    await expect(page.locator("#menu")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.locator("#menu")).to_be_hidden()
    await page.focus("#text")
    await page.keyboard.type("/help")
    await page.keyboard.press("Enter")
    await reader.sees("How this works")


async def test_what_is_typed_is_shown_as_text(reader: Reader) -> None:
    await reader.begins()
    words = "<img src=x onerror=alert(1)> <b>&amp;"
    await reader.says(words)
    assert await reader.page.locator(".own").last.text_content() == words
    assert await reader.page.locator("#log img, #log b").count() == 0


async def test_a_cut_line_is_told_and_comes_back(reader: Reader, shown_bot: PageBot) -> None:
    await reader.begins()
    page = reader.page
    await page.context.set_offline(True)
    await page.fill("#text", "hello")
    await page.press("#text", "Enter")
    await expect(page.locator("#toast")).to_contain_text("was not sent")
    assert await page.input_value("#text") == "hello"
    await page.context.set_offline(False)
    await page.press("#text", "Enter")
    await reader.sees("Here is where we are.")
    reader.complaints.clear()  # the browser says by itself that it was offline


@pytest.mark.parametrize("height", [568, 780])
async def test_on_a_phone_an_emergency_is_read_from_its_first_words(
    reader: Reader, height: int
) -> None:
    await reader.page.set_viewport_size({"width": 390, "height": height})
    await reader.page.emulate_media(reduced_motion="reduce")  # it is where it will stay
    await to_the_questions(reader)
    await reader.says("i cant feel anything between my legs")
    await expect(reader.page.locator(f"{LAST} p").first).to_be_in_viewport(ratio=1)


async def test_on_a_phone_sharp_pain_is_in_reach_all_through_a_hold(reader: Reader) -> None:
    await reader.page.set_viewport_size({"width": 360, "height": 568})
    await reader.page.emulate_media(reduced_motion="reduce")
    await to_a_hold(reader)
    newest = reader.page.locator(LAST)
    await expect(newest.locator(".shown")).to_be_in_viewport()
    sharp = newest.get_by_role("button", name="Sharp or shooting pain")
    await expect(sharp).to_be_in_viewport(ratio=1)
    await sharp.click(trial=True)  # nothing lies over it


@pytest.mark.parametrize("width", [360, 1280])
async def test_nothing_is_wider_than_the_window(reader: Reader, width: int) -> None:
    page = reader.page
    await page.set_viewport_size({"width": width, "height": 740})
    await reader.opens("?desk")
    await to_the_questions(reader)
    await reader.says("kind of, since yesterday")
    for one in ("html", "#log"):
        wide = "([e]) => e.scrollWidth - e.clientWidth"
        assert await page.eval_on_selector_all(one, wide) == 0, one


async def test_from_the_right_it_is_mirrored(reader: Reader) -> None:
    await to_the_questions(reader)
    page = reader.page
    own, send = page.locator(".own").last, page.locator("#send")
    before = [await one.bounding_box() for one in (own, send)]
    await page.evaluate("document.documentElement.dir = 'rtl'")
    after = [await one.bounding_box() for one in (own, send)]
    for left, right in zip(after, before, strict=True):
        assert left
        assert right
        assert left["x"] < right["x"]
    assert await page.evaluate("document.documentElement.scrollWidth") <= 1280


async def test_nothing_is_loaded_from_elsewhere(reader: Reader) -> None:
    asked: list[str] = []
    reader.page.on("request", lambda request: asked.append(request.url))
    await reader.opens("?desk")
    await reader.begins()
    own = f"http://127.0.0.1:{reader.bot.settings.port}/"
    assert asked
    assert [url for url in asked if not url.startswith((own, "blob:"))] == []


async def test_who_wants_no_motion_gets_none(reader: Reader) -> None:
    await reader.page.emulate_media(reduced_motion="reduce")
    await reader.begins()
    style = "e => getComputedStyle(e).animationName"
    assert await reader.page.eval_on_selector(".message", style) == "none"
    await to_a_hold(reader)
    film = await reader.page.eval_on_selector(f"{LAST} video", "e => [e.paused, e.controls]")
    assert film == [True, True]
