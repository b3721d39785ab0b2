"""What an operator sees: metrics without a person in them, and whether people may come."""

import asyncio
import re
from collections.abc import Callable
from contextlib import AbstractContextManager

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot import metrics
from bot.settings import Settings
from tests.shell.conftest import Bot, Start, free_port
from tests.shell.people import begin, tap
from tests.shell.test_transcripts import WirePlayer
from tests.telegram import Fault, Person, Telegram
from tests.transcript import TRANSCRIPTS, play

Asked = tuple[int, str]
Values = dict[tuple[str, tuple[tuple[str, str], ...]], float]

# Whatever a label may say.  A new one needs a look: is anything of a person in it?
LABELS = {
    "kind": {*metrics.KINDS, "other"},
    "outcome": {
        "heard", "unheard", "repeated", "parked",
        "spoken", "later", "broken", "refused", "elsewhere", "wrong", "cannotedit",
        "cancellederror",
    },
    "lane": {*metrics.LANES},
    "tier": {
        "none", "info", "check", "ask", "alert",
        "EMERGENCY", "URGENT", "CLINICIAN", "CAUTION", "SELF_CARE",
    },
    "of": {"updates", "screens"},
}  # fmt: skip


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"metrics_port": free_port(), "admin_ids": "1001"})


async def ask(bot: Bot, path: str) -> Asked:
    url = f"http://127.0.0.1:{bot.settings.metrics_port}{path}"
    async with aiohttp.ClientSession() as client, client.get(url) as answer:
        return answer.status, await answer.text()


async def measured(bot: Bot) -> Values:
    status, text = await ask(bot, "/metrics")
    assert status == 200
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def grown(before: Values, after: Values, name: str, **labels: str) -> float:
    key = name, tuple(sorted(labels.items()))
    return after.get(key, 0.0) - before.get(key, 0.0)


@pytest.mark.parametrize(
    ("mode", "database_url"), [("polling", "sqlite"), ("webhook", "postgresql")], indirect=True
)
async def test_a_transcript_is_counted_and_nobody_is_named(bot: Bot, ann: Person) -> None:
    before = await measured(bot)
    [transcript] = [path for path in TRANSCRIPTS if path.stem == "a_red_flag_typed_in_a_hold"]
    await play(transcript, WirePlayer(bot, ann))
    after = await measured(bot)
    assert grown(before, after, "bot_updates_total", kind="callback_query") > 30
    assert grown(before, after, "bot_turns_total", outcome="heard") > 30
    assert grown(before, after, "bot_sends_total", lane="answer", outcome="spoken") > 30
    assert grown(before, after, "bot_answer_seconds_count", lane="answer") > 30
    assert grown(before, after, "bot_batch_size_sum") >= 30
    assert grown(before, after, "bot_turn_seconds_count") >= 30
    assert grown(before, after, "bot_dispositions_total", tier="EMERGENCY") >= 1
    assert grown(before, after, "bot_guard_total", tier="alert") == 1
    assert after["bot_screens_owed", ()] == 0
    _assert_nobody_is_named((await ask(bot, "/metrics"))[1], ann)


def _assert_nobody_is_named(text: str, person: Person) -> None:
    assert not re.search(rf"\{{[^}}]*{person.chat_id}", text), "in a label"
    ours = [family for family in text_string_to_metric_families(text) if "bot_" in family.name]
    assert len(ours) > 10
    for family in ours:
        for sample in family.samples:
            for label, value in sample.labels.items():
                assert label == "le" or value in LABELS[label], (family.name, label, value)


@pytest.mark.parametrize(("mode", "database_url"), [("polling", "sqlite")], indirect=True)
class TestPolling:
    async def test_what_is_typed_is_counted_by_what_was_read_in_it(
        self, bot: Bot, ann: Person
    ) -> None:
        await begin(ann)
        before = await measured(bot)
        ann.says("I can not feel between my legs")
        await ann.answer()
        ann.says("purple elephants")
        await ann.answer()
        after = await measured(bot)
        read = [key[1][0][1] for key in after if key[0] == "bot_guard_total"
                if grown(before, after, key[0], **dict(key[1]))]  # fmt: skip
        assert "none" in read
        assert set(read) & {"ask", "alert"}

    async def test_an_end_of_a_hold_that_comes_late_is_seen(self, bot: Bot, ann: Person) -> None:
        before = await measured(bot)
        [hold] = [path for path in TRANSCRIPTS if path.stem == "a_hold_is_timed"]
        await play(hold, WirePlayer(bot, ann))
        after = await measured(bot)
        assert grown(before, after, "bot_alarm_late_seconds_count", lane="hold") >= 1
        assert grown(before, after, "bot_sends_total", lane="hold", outcome="spoken") >= 1

    async def test_a_screen_that_cannot_be_sent_is_seen_to_wait(
        self, bot: Bot, ann: Person, telegram: Telegram
    ) -> None:
        await begin(ann)
        telegram.fail(Fault("editMessageText", code=502))
        before = await measured(bot)
        tap(ann, "help")
        await ann.answer()
        after = await measured(bot)
        assert grown(before, after, "bot_sends_total", lane="answer", outcome="broken") == 1

    async def test_an_operator_asks_for_counts_and_the_conversation_stays_where_it_is(
        self, bot: Bot, ann: Person, bob: Person
    ) -> None:
        screen = await begin(ann)
        await begin(bob)
        ann.says("/stats")
        told = (await ann.answer()).text
        assert "Chats: 2" in told
        assert "2 updates of 2 people" in told
        assert "EMERGENCY: " in told
        tap(ann, "help", screen)
        await ann.answer()
        bob.says("/stats")
        assert "Chats" not in (await bob.answer()).text

    async def test_it_is_ready_when_it_runs_and_not_while_it_starts(
        self, start: Start, telegram: Telegram
    ) -> None:
        telegram.fail(Fault("getMe", times=100, code=502))
        starting = start()
        task = asyncio.create_task(starting.__aenter__())
        await telegram.until(lambda: telegram.calls("getMe"))
        assert await ask(starting, "/healthz") == (200, '{"status":"ok"}')
        assert (await ask(starting, "/readyz"))[0] == 503
        telegram.faults.clear()
        await task
        assert (await ask(starting, "/readyz"))[0] == 200
        await starting.__aexit__()


async def test_it_is_not_ready_while_the_database_is_away(
    bot: Bot,
    database_away: Callable[[], AbstractContextManager[None]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.app.ALIVE", 0.3)
    assert (await ask(bot, "/readyz"))[0] == 200
    with database_away():
        status, told = await ask(bot, "/readyz")
        assert (status, "it is away" in told) == (503, True)
        assert (await ask(bot, "/metrics"))[0] == 200


async def test_tables_of_another_version_are_not_ready(bot: Bot) -> None:
    await bot.store.run(
        lambda t: t._connection.exec_driver_sql("UPDATE alembic_version SET version_num='9999'")
    )
    status, told = await ask(bot, "/readyz")
    assert (status, "another version" in told) == (503, True)
