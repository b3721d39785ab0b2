"""Traces of what takes how long, for whoever has OpenTelemetry and sets TRACES_URL.

    update       from coming in to being kept; what the clock says, too
      turn       reading the chats, stepping, writing them: one for all that are kept together
      commit     until it is kept for good
      send       a screen that is owed by that turn; a send that is tried again is of its own

No span says anything about a person: no id, no words, no screen, and no more than kinds of faults.
Without TRACES_URL nothing of OpenTelemetry is imported, and nothing in here is called.
"""

from collections.abc import Callable, Sequence
from threading import Thread
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

from bot.heard import Item
from bot.settings import WrongSettings
from bot.wire import Wire
from data.store import Store
from data.transaction import Row, Transaction
from flows import Screen

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.trace import Span

NAME = "sore-back"
PATIENCE = 2  # seconds for a collector that does not answer, also when the bot stops
MOST = 10_000  # chats whose next send is known to belong to a trace
NEEDED = "TRACES_URL: OpenTelemetry is not installed; `make traces`"

T = TypeVar("T")
Owe = Callable[[Row, bool], None]


def provide(url: str) -> "TracerProvider":
    """What hands spans over to the collector at *url*, in a thread of its own."""
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import (  # noqa: PLC0415 - an extra
            OTLPSpanExporter,
        )
        from opentelemetry.sdk.resources import Resource  # noqa: PLC0415
        from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
        from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415
    except ModuleNotFoundError:
        raise WrongSettings(NEEDED) from None
    provider = TracerProvider(
        resource=Resource.create({"service.name": NAME}), shutdown_on_exit=False
    )
    exporter = OTLPSpanExporter(endpoint=url, timeout=PATIENCE)
    provider.add_span_processor(BatchSpanProcessor(exporter))
    return provider


class TimedStore(Store):
    """Keeps, and knows when the last transaction began, was worked out, and was kept."""

    times = (0.0, 0.0, 0.0)

    async def run(self, work: Callable[[Transaction], T]) -> T:
        began = worked = monotonic()

        def timed(transaction: Transaction) -> T:
            nonlocal began, worked
            began = monotonic()
            done = work(transaction)
            worked = monotonic()
            return done

        done = await super().run(timed)
        self.times = began, worked, monotonic()
        return done


class Traces:
    def __init__(self, provider: "TracerProvider", now: Callable[[], float]) -> None:
        """*now* is the time of day, in seconds since 1970."""
        from opentelemetry import context, trace  # noqa: PLC0415 - an extra

        self._trace = trace
        self._nowhere = context.Context()
        self._provider = provider
        self._tracer = provider.get_tracer(NAME)
        self._now = now
        self._day = 0.0  # the time of day at 0 of the clock that spans are measured by
        self._of_chats: dict[int, Span] = {}
        self._last: Span | None = None  # the first of what was kept last

    def close(self) -> None:
        """Hand over what has not been handed over yet, if that can be done soon."""
        leaving = Thread(target=self._provider.shutdown, daemon=True)
        leaving.start()
        leaving.join(PATIENCE)

    def kept(self, items: Sequence[Item], since: Sequence[float], store: Store) -> None:
        """*items* were kept just now, as one transaction; they had come in at *since*."""
        assert isinstance(store, TimedStore), "whoever traces has one"
        self._day = self._now() - monotonic()
        began, worked, kept = store.times
        updates = [
            self._span("update", came, kept, kind=type(item).__name__.lower())
            for item, came in zip(items, since, strict=True)
        ]
        if updates:
            self._last = updates[0]
            self._span("turn", began, worked, updates, batch=len(items))
            self._span("commit", worked, kept, updates[:1])

    def owing(self, owe: Owe) -> Owe:
        """*owe*, told of each chat after `kept`: what the chat is owed belongs to that trace."""

        def noted(row: Row, waits: bool) -> None:
            if self._last and row.owes:
                self._note(row.chat_id, self._last)
            owe(row, waits)

        return noted

    def _note(self, chat_id: int, span: "Span") -> None:
        if len(self._of_chats) >= MOST:
            del self._of_chats[next(iter(self._of_chats))]
        self._of_chats[chat_id] = span

    def sent(self, chat_id: int, began: float, outcome: str) -> None:
        """A screen was sent, or was not: *outcome* says "spoken", or the kind of fault."""
        of = self._of_chats.pop(chat_id, None)
        self._span("send", began, monotonic(), [of] if of else [], outcome=outcome)

    def _span(
        self,
        name: str,
        began: float,
        ended: float,
        of: "Sequence[Span]" = (),
        **attributes: str | int,
    ) -> "Span":
        """A span that is over.  It belongs to the first *of* these, and knows of the others."""
        context = self._trace.set_span_in_context(of[0]) if of else self._nowhere
        links = [self._trace.Link(span.get_span_context()) for span in of[1:]]
        span = self._tracer.start_span(
            name,
            context,
            attributes=attributes,
            links=links,
            start_time=int((began + self._day) * 1e9),
        )
        span.end(int((ended + self._day) * 1e9))
        return span


class TracedWire:
    """A wire, with a span for each screen that is sent on it."""

    def __init__(self, wire: Wire, traces: Traces) -> None:
        self._wire = wire
        self._traces = traces

    async def speak(
        self, chat_id: int, screen: Screen, turn: int, edit_id: int | None
    ) -> int | None:
        began, outcome = monotonic(), "spoken"
        try:
            return await self._wire.speak(chat_id, screen, turn, edit_id)
        except BaseException as error:
            outcome = type(error).__name__.lower()
            raise
        finally:
            self._traces.sent(chat_id, began, outcome)

    async def say(self, chat_id: int, text: str) -> None:
        await self._wire.say(chat_id, text)
