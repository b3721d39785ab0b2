"""The lines of a person's log, read as sessions and as what has changed in the plan."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from flows.events import Record
from flows.plan import Change

Line = tuple[int, Record]  # when, in seconds since 1970, and what
LONGEST = 12 * 3_600  # seconds from one technique to the next in a session; no gate holds longer
CHANGES = {what.value for what in Change if what is not Change.NONE} | {"undone"}  # of the plan


@dataclass(frozen=True, slots=True)
class Session:
    """From the first technique after a gate to the last rating.  Pain is from 0 to 10."""

    at: int
    techniques: tuple[str, ...]
    before: int | None = None  # None: nobody has said
    after: int | None = None
    next_day: int | None = None
    feeling: str = ""
    sharps: int = 0


@dataclass(frozen=True, slots=True)
class History:
    sessions: tuple[Session, ...] = ()
    changes: tuple[tuple[int, str], ...] = ()  # when the plan changed, and how


def history(lines: Iterable[Line]) -> History:
    """What *lines*, in their order, tell."""
    sessions: list[Session] = []
    changes: list[tuple[int, str]] = []
    pain, is_gated = None, True
    for at, record in lines:
        match record.what:
            case "screened" | "gated":
                pain, is_gated = record.rating, True
            case "started" if is_gated or not sessions or at - sessions[-1].at > LONGEST:
                sessions.append(Session(at, (record.about,), pain))
                pain, is_gated = None, False
            case _ if sessions:
                sessions[-1] = gone_on(sessions[-1], record)
        if record.what == "next_day" and record.about in CHANGES:
            changes.append((at, record.about))
        elif record.what == "undone":
            changes.append((at, "undone"))
    return History(tuple(sessions), tuple(changes))


def gone_on(session: Session, record: Record) -> Session:
    """*session* after what *record* says of it."""
    match record.what:
        case "started":
            return replace(session, techniques=(*session.techniques, record.about))
        case "rated":
            return replace(session, after=record.rating)
        case "finished":
            return replace(session, feeling=record.about.rpartition(" ")[2])
        case "sharp":
            return replace(session, sharps=session.sharps + 1)
        case "next_day":
            return replace(session, next_day=record.rating)
    return session
