"""People talk to the whole bot over HTTP: by polling and by web hook, on SQLite and PostgreSQL."""

from collections.abc import Callable

from tests.shell.conftest import Bot, Start, Time, until
from tests.shell.people import begin, find, is_hold, tap, walk_to_hold
from tests.telegram import Button, Fault, Person, Telegram


async def test_a_stranger_who_writes_is_answered(bot: Bot, ann: Person) -> None:
    ann.says("/start")
    answer = await ann.answer()
    assert answer.text
    assert answer.rows


async def test_a_tap_edits_its_message_and_is_answered(
    bot: Bot, ann: Person, telegram: Telegram
) -> None:
    first = await begin(ann)
    tap(ann, "help")
    page = await ann.answer()
    assert page.message_id == first.message_id
    assert page.text != first.text
    await telegram.until(lambda: telegram.calls("answerCallbackQuery"))
    assert [toast.text for toast in ann.toasts] == [""]


async def test_typed_text_gets_a_new_message(bot: Bot, ann: Person) -> None:
    first = await begin(ann)
    ann.says("/help")
    page = await ann.answer()
    assert page.message_id > first.message_id


async def test_words_that_mean_nothing_are_answered_and_change_nothing(
    bot: Bot, ann: Person
) -> None:
    first = await begin(ann)
    ann.says("purple elephants")
    answer = await ann.answer()
    assert answer.text.endswith(first.text)
    assert answer.text != first.text
    assert answer.rows == first.rows
    for kind in ("sticker", "photo", "voice", "poll"):
        ann.sends(kind)
        assert (await ann.answer()).text.endswith(first.text)


async def test_an_old_button_shows_where_things_stand(bot: Bot, ann: Person) -> None:
    first = await begin(ann)
    ann.says("/help")
    page = await ann.answer()
    tap(ann, "begin", first)
    shown = await ann.answer()
    assert shown.message_id == first.message_id
    assert shown.text == page.text
    await until(lambda: ann.toasts)
    assert ann.toasts[0].text == bot.library.book("en").notices["old_button"]


async def test_a_double_tap_takes_one_turn(bot: Bot, ann: Person) -> None:
    first = await begin(ann)
    tap(ann, "begin", first)
    tap(ann, "begin", first)
    await ann.answer()
    await until(lambda: len(ann.toasts) == 2)
    assert min(toast.text for toast in ann.toasts) == ""
    assert len(ann.history) == 2


async def test_forged_data_changes_nothing(bot: Bot, ann: Person) -> None:
    first = await begin(ann)
    turn = first.rows[0][0].data.partition(":")[0]
    for data in ("x", "::", f"{turn}:text:hello", f"{turn}:hold_over:", f"-{turn}:begin:", "🦄"):
        ann.presses(Button("forged", data), first)
    await until(lambda: len(ann.toasts) == 6)
    assert {toast.text for toast in ann.toasts} == {bot.library.book("en").notices["old_button"]}
    assert len(ann.history) == 1


async def test_what_was_said_while_the_bot_was_away_is_answered(start: Start, ann: Person) -> None:
    async with start():
        await begin(ann)
    tap(ann, "help")
    async with start():
        page = await ann.answer()
    assert page.text != ann.history[0].message.text


async def test_an_update_that_comes_twice_takes_one_turn(
    bot: Bot, ann: Person, telegram: Telegram
) -> None:
    telegram.updates.times = 2
    first = await begin(ann)
    tap(ann, "help", first)
    await ann.answer()
    await bot.rest()
    assert len(ann.history) == 2


async def test_a_hold_runs_out_by_itself(bot: Bot, ann: Person) -> None:
    hold = await walk_to_hold(ann)
    await bot.pass_time(24)
    assert len([sent for sent in ann.history if is_hold(sent.message)]) == 1
    assert ann.sees() == hold
    await bot.pass_time(1)
    after = await ann.answer()
    assert not is_hold(after)
    assert after.message_id > hold.message_id


async def test_a_hold_is_not_longer_for_who_talks_meanwhile(bot: Bot, ann: Person) -> None:
    await walk_to_hold(ann)
    await bot.pass_time(10)
    ann.says("still here")
    assert is_hold(await ann.answer())
    await bot.pass_time(15)
    assert not is_hold(await ann.answer())


async def test_a_hold_lasts_from_when_its_screen_is_seen(
    bot: Bot, ann: Person, telegram: Telegram, time: Time
) -> None:
    await walk_to_hold(ann)
    tap(ann, "repeat")
    await ann.answer()
    for method in ("editMessageMedia", "sendMessage"):  # neither its film nor its words
        telegram.fail(Fault(method, slow=0.2, cut="before"))
    tap(ann, "hold") if find(ann.sees(), "hold") else tap(ann, "next")
    await telegram.until(lambda: not telegram.faults)
    time.seconds += 7
    assert is_hold(await ann.answer())
    await bot.pass_time(24)
    assert is_hold(ann.sees())
    await bot.pass_time(1)
    assert find(await ann.answer(), "fine")


async def test_a_hold_survives_a_restart(start: Start, ann: Person, time: Time) -> None:
    async with start() as bot:
        hold = await walk_to_hold(ann)
        await bot.rest()
    time.seconds += 26
    async with start():
        after = await ann.answer()
    assert after.text != hold.text


async def test_a_session_that_was_left_closes_without_a_word(bot: Bot, ann: Person) -> None:
    await walk_to_hold(ann)
    tap(ann, "pause")
    await ann.answer()
    said = len(ann.history)
    await bot.pass_time_to_alarm()
    await bot.rest()
    assert len(ann.history) == said
    ann.says("/home")
    assert await ann.answer()


async def test_who_leaves_no_trace_leaves_no_row(
    bot: Bot, ann: Person, count_rows: Callable[[str], int]
) -> None:
    await begin(ann)
    tap(ann, "begin")
    await ann.answer()
    tap(ann, "no")
    await ann.answer()
    await until(lambda: not count_rows("chats"))
    for table in ("chats", "log", "alarms", "heard", "parked"):
        assert count_rows(table) == 0


async def test_in_a_group_it_says_one_line(
    bot: Bot, ann: Person, count_rows: Callable[[str], int]
) -> None:
    group = ann.in_group(-500)
    line = await group.answer()
    assert "https://t.me/stand_in_bot" in line.text
    group.says("/start@another_bot")
    group.says("/start@stand_in_bot")
    assert (await group.answer()).text == line.text
    group.says("hello everybody")
    await bot.rest()
    assert len(group.history) == 2
    assert count_rows("chats") == 0


async def test_the_menu_of_commands_is_set(bot: Bot, telegram: Telegram) -> None:
    assert telegram.calls("setMyCommands")
