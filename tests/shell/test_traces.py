"""Traces say what takes how long, and nothing about anybody."""

import subprocess
import sys
from collections.abc import AsyncIterator, Mapping
from time import monotonic

import pytest
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from bot import traces
from bot.settings import CannotStart, Settings
from bot.traces import Traces
from data.library import Library
from tests.shell.conftest import Bot, Time
from tests.shell.test_transcripts import WirePlayer
from tests.telegram import Person
from tests.transcript import TRANSCRIPTS, play

# All that a span may say: each attribute, and its values or their type.
MAY_SAY: Mapping[str, set[object] | type] = {
    "kind": {"heard", "rang", "presence", "again", "hasty", "parked"},
    "batch": int,
    "outcome": {"spoken", "later", "broken", "refused", "cannotedit", "wrong", "elsewhere"},
}


[TALK] = [path for path in TRANSCRIPTS if path.stem == "emergency_in_a_hold"]


@pytest.fixture
def spans() -> InMemorySpanExporter:
    return InMemorySpanExporter()


@pytest.fixture
async def bot(
    settings: Settings, time: Time, library: Library, spans: InMemorySpanExporter
) -> AsyncIterator[Bot]:
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(spans))
    async with Bot(settings, time, library, Traces(provider, time)) as bot:
        yield bot


@pytest.mark.parametrize("mode", ["webhook"], indirect=True)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
class TestATranscript:
    async def test_no_span_says_anything_about_the_person(
        self, bot: Bot, ann: Person, spans: InMemorySpanExporter
    ) -> None:
        player = WirePlayer(bot, ann)
        await play(TALK, player)
        await bot.rest()
        told = spans.get_finished_spans()
        assert {span.name for span in told} == {"update", "turn", "commit", "send"}
        for span in told:
            for name, value in (span.attributes or {}).items():
                allowed = MAY_SAY[name]
                assert isinstance(value, allowed) if isinstance(allowed, type) else value in allowed
            assert (span.events, span.status.description) == ((), None)
            assert str(ann.chat_id) not in str(dict(span.attributes or {}))

    async def test_a_trace_leads_from_an_update_to_what_was_sent(
        self, bot: Bot, ann: Person, spans: InMemorySpanExporter
    ) -> None:
        ann.says("/start")
        await ann.answer()
        await bot.rest()
        update, turn, commit, send = spans.get_finished_spans()
        assert [s.name for s in (update, turn, commit, send)] == [
            "update",
            "turn",
            "commit",
            "send",
        ]
        assert update.parent is None
        for span in (turn, commit, send):
            assert span.parent
            assert span.parent.span_id == update.context.span_id
        assert began(update) <= began(turn) <= ended(turn) <= began(commit) <= ended(commit)
        assert ended(commit) == ended(update)


def began(span: ReadableSpan) -> int:
    assert span.start_time
    return span.start_time


def ended(span: ReadableSpan) -> int:
    assert span.end_time
    return span.end_time


def test_without_an_address_nothing_of_it_is_imported() -> None:
    code = "import bot.__main__, sys; print([m for m in sys.modules if 'opentelemetry' in m])"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"


def test_without_the_package_the_bot_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry.sdk.trace", None)
    with pytest.raises(CannotStart, match="make traces"):
        traces.provide("http://127.0.0.1:4318/v1/traces")


async def test_a_collector_that_is_gone_keeps_nobody(time: Time) -> None:
    traced = Traces(traces.provide("http://127.0.0.1:1/v1/traces"), time)
    traced.sent(1, 0.0, "spoken")
    began = monotonic()
    traced.close()
    assert monotonic() - began < traces.PATIENCE + 1
