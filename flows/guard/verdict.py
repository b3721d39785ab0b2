"""Who, when, whether: how far the words around a match lower its tier.

The one rule that matters: a cue that is part of the evidence never negates it.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from flows.guard.cues import Cues, Scope, owns_other
from flows.guard.reading import SUPPOSED, Tier
from flows.guard.rules import Match
from flows.guard.terms import Span

_ONSET_REACH = 4  # "started about 3 years ago": so many words from the onset to the time
_FINE_REACH = 6  # how many words may stand between a symptom and "is fine"
_TIME_REACH = 8  # how many words may stand between a symptom and "went away"


@dataclass(frozen=True, slots=True)
class Cap:
    """The most that a match may come to, and why."""

    tier: Tier
    why: str


@dataclass(frozen=True, slots=True)
class Case:
    """A match among the cues of its text."""

    match: Match
    cues: Cues
    used: frozenset[int]  # words that are evidence, of this match or of another

    @property
    def decisive(self) -> bool:
        return self.match.rule.tier is Tier.ALERT

    def is_a(self, index: int, name: str) -> bool:
        return self.cues.text.words[index] in self.cues.classes.get(name, ())

    def same_sentence(self, a: int, b: int) -> bool:
        return self.cues.text.sentences[a] == self.cues.text.sentences[b]

    def after(self, kind: str) -> Iterator[Span]:
        """The cues of *kind* that follow the evidence in its sentence, from left to right."""
        spans = self.cues.spans.get(kind, ())
        for span in spans[bisect_right(spans, self.match.end, key=lambda span: span.start) :]:
            if not self.same_sentence(self.match.end, span.start):
                break
            yield span

    def in_first_person(self, start: int) -> bool:
        """Whether a person speaks of themselves between *start* and the end of the evidence."""
        text, classes = self.cues.text, self.cues.classes
        return any(
            self.is_a(i, "self") and not owns_other(text, classes, i)
            for i in range(start, self.match.end + 1)
        )


def verdict(case: Case) -> tuple[Tier, str]:
    """The tier of a match as it is meant, and the cue that lowered it."""
    tier, why = case.match.rule.tier, ""
    for judge in JUDGES:
        cap = judge(case)
        if cap and cap.tier < tier:
            tier, why = cap.tier, cap.why
    return tier, why


def denied(case: Case) -> Cap | None:
    """As in `no numbness in my groin`."""
    caps = [
        cap
        for span in case.match.spans
        for scope in case.cues.denials.get(span.start, ())
        if (cap := _denial(case, scope))
    ]
    return min(caps, key=lambda cap: cap.tier, default=None)


def _denial(case: Case, scope: Scope) -> Cap | None:
    if case.used.intersection(scope.cue.tokens):
        return None
    reached = [span.start for span in case.match.spans if span.start > scope.cue.end]
    certain = reached[0] in scope.firm and reached[-1] <= scope.end
    if certain or not case.match.rule.decides:
        return Cap(Tier.NONE, f"denied: {case.cues.phrase(scope.cue)}")
    joined = any(case.is_a(i, "and") for i in range(scope.cue.end, reached[0]))
    if scope.cue.label == "modal" or (joined and scope.cue.label == "not"):
        return None  # "i cant sleep with this numb groin", "havent slept and numb groin"
    return Cap(Tier.ASK, f"perhaps denied: {case.cues.phrase(scope.cue)}")


def supposed(case: Case) -> Cap | None:
    """As in `what happens if i lose control of my bladder`."""
    start = case.match.start
    scope = case.cues.suppositions.get(start)
    if scope is None or _is_now(case):
        return None
    kind = scope.cue.label
    about_me = kind == "asking" and case.in_first_person(scope.cue.end + 1)
    real = kind in ("if_present", "if_self", "unsure") or about_me or start >= scope.comma
    insists = case.match.rule.insist and case.in_first_person(scope.cue.start)
    tier = Tier.ASK if real or insists else Tier.INFO
    return Cap(tier, f"{SUPPOSED}: {case.cues.phrase(scope.cue)}")


def of_another(case: Case) -> Cap | None:
    """As in `my dad had a blood clot`, and `the chief could not move his legs`."""
    inside = range(case.match.start, case.match.end if case.decisive else case.match.start)
    theirs = next((i for i in inside if case.is_a(i, "theirs")), None)
    person = case.cues.others.get(case.match.start, theirs)
    if person is None or case.in_first_person(case.match.start) or _is_now(case):
        return None
    between = range(person + 1, case.match.end + 1)
    evidence = case.match.tokens
    told = any(i not in evidence and case.is_a(i, "told") for i in between)
    past = told or _past_cue(case) is not None
    heard = not past and (case.decisive or case.match.rule.insist)
    return Cap(Tier.ASK if heard else Tier.INFO, f"another: {case.cues.text.words[person]}")


def long_past(case: Case) -> Cap | None:
    """As in `i used to wet the bed as a kid`."""
    cue = _past_cue(case)
    if cue is None or case.match.rule.lasting or _is_now(case) or _renewed(case, case.match.end):
        return None
    surely = cue.label == "past" or _settled(case) is not None
    doubt = case.match.rule.insist or (case.decisive and not surely)
    settled = case.match.rule.insist and surely and _settled(case) is not None
    tier = Tier.ASK if doubt and not settled else Tier.INFO
    return Cap(tier, f"past: {case.cues.phrase(cue)}")


def resolved(case: Case) -> Cap | None:
    """As in `the numbness went away`."""
    cue = _settled(case)
    if cue is None or case.match.rule.lasting:
        return None
    tier = Tier.ASK if case.decisive or case.match.rule.insist else Tier.INFO
    return Cap(tier, f"over: {case.cues.phrase(cue)}")


def in_order(case: Case) -> Cap | None:
    """As in `bladder and bowels are fine`."""
    cue = next(case.after("fine"), None)
    low = case.match.end + 1
    if cue is None or cue.start - low > _FINE_REACH:
        return None
    between = range(low, cue.start)
    pause = any(case.cues.text.pauses[i] for i in range(low, cue.start + 1))
    if pause or not all(case.is_a(i, "links") or i in case.cues.symptoms for i in between):
        return None
    tier = Tier.ASK if case.decisive else Tier.NONE
    return Cap(tier, f"in order: {case.cues.phrase(cue)}")


def answered(case: Case) -> Cap | None:
    """As in `suicidal, no` and `they asked if i leak, i said no`: the denial follows."""
    low = case.match.end + 1
    for cue in case.cues.spans.get("answered", ()):
        if cue.start < low or case.used.intersection(cue.tokens):
            continue
        if not _answers(case, low, cue):
            continue
        tier = Tier.ASK if case.decisive or case.match.rule.insist else Tier.NONE
        return Cap(tier, f"answered: {case.cues.phrase(cue)}")
    return None


def _answers(case: Case, low: int, cue: Span) -> bool:
    """Whether *cue* is said of the evidence, which ends before *low*."""
    text = case.cues.text
    if len(cue.tokens) > 1:  # "i said no", after a list
        return case.same_sentence(case.match.end, cue.start) and not _turned(case, low, cue.start)
    after = cue.end + 1
    ends = after == len(text) or text.pauses[after] or not case.same_sentence(cue.end, after)
    next_to = case.same_sentence(case.match.end, cue.start) or cue.start == low
    between = all(case.is_a(i, "links") for i in range(low, cue.start))
    return ends and next_to and between


def _turned(case: Case, low: int, high: int) -> bool:
    return any(low <= span.start < high for span in case.cues.spans.get("turn", ()))


JUDGES: tuple[Callable[[Case], Cap | None], ...] = (
    denied, supposed, of_another, long_past, resolved, in_order, answered,
)  # fmt: skip


def _is_now(case: Case) -> bool:
    """As in `... and now i have it`."""
    return any(span.start > case.match.end for span in case.cues.spans.get("self_now", ()))


def _past_cue(case: Case) -> Span | None:
    """What puts the match into the past, unless the evidence is in the present tense."""
    segment = case.cues.segments[case.match.start]
    present = any(case.is_a(i, "present") for i in range(case.match.start, case.match.end + 1))
    for kind in ("past", "ago"):
        for cue in case.cues.spans.get(kind, ()):
            if case.cues.segments[cue.start] != segment or case.used.intersection(cue.tokens):
                continue
            if kind == "past" or not (present or _is_onset(case, cue)):
                return cue
    return None


def _is_onset(case: Case, cue: Span) -> bool:
    """As in `started 3 years ago`: it goes on."""
    low = max(0, cue.start - _ONSET_REACH)
    return any(case.is_a(i, "onset") for i in range(low, cue.start))


def _renewed(case: Case, after: int) -> bool:
    return any(span.start > after for span in case.after("renewed"))


def _settled(case: Case) -> Span | None:
    """The cue that says that it is over; what it says must be said of the evidence."""
    cue = next(case.after("over"), None)
    if cue is None or case.used.intersection(cue.tokens) or _renewed(case, cue.end):
        return None
    low = case.match.end + 1
    breaks = [
        i
        for i in range(low, cue.start + 1)
        if case.cues.text.pauses[i] or case.cues.segments[i] != case.cues.segments[i - 1]
    ]
    if breaks:
        about_it = all(case.is_a(i, "fillers") for i in range(breaks[-1], cue.start))
    else:
        own = any(case.is_a(i, "self") for i in range(low, cue.start))
        about_it = not own and cue.start - low <= _TIME_REACH
    return cue if about_it else None
