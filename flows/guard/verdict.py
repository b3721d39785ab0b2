"""Who, when, whether: how far the words around a match lower its tier.

The one rule that matters: a cue that is part of the evidence never negates it.
"""

from collections.abc import Callable

from flows.guard.case import Cap, Case, is_now, past_cue
from flows.guard.cues import Scope
from flows.guard.reading import SUPPOSED, Tier
from flows.guard.subject import of_another, of_stranger
from flows.guard.terms import Span

_FINE_REACH = 6  # how many words may stand between a symptom and "is fine"
_TIME_REACH = 8  # how many words may stand between a symptom and "went away"


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
    if scope is None or is_now(case):
        return None
    kind = scope.cue.label
    about_me = kind == "asking" and case.in_first_person(scope.cue.end + 1)
    real = kind in ("if_present", "if_self", "unsure") or about_me or start >= scope.comma
    insists = case.match.rule.insist and case.in_first_person(scope.cue.start)
    tier = Tier.ASK if real or insists else Tier.INFO
    return Cap(tier, f"{SUPPOSED}: {case.cues.phrase(scope.cue)}")


def long_past(case: Case) -> Cap | None:
    """As in `i used to wet the bed as a kid`."""
    cue = past_cue(case)
    if cue is None or case.match.rule.lasting or is_now(case) or _renewed(case, case.match.end):
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


def in_jest(case: Case) -> Cap | None:
    """As in `i could kill myself haha`: a joke may hide what is true.

    What comes in a new clause after it ("lol, and i cant pee") is meant.
    """
    segments, start = case.cues.segments, case.match.start
    for cue in case.cues.spans.get("jest", ()):
        reaches = cue.start > start or segments[cue.start] == segments[start]
        if case.decisive and reaches and not case.used.intersection(cue.tokens):
            return Cap(Tier.ASK, f"in jest: {case.cues.phrase(cue)}")
    return None


def in_a_story(case: Case) -> Cap | None:
    """As in `as a boy i was bitten; the leg was swollen for a month`: the time was said before."""
    end = case.match.end
    cue = next(case.before("past", "ago"), None)
    if cue is None or not case.decisive or case.match.rule.lasting or is_now(case):
        return None
    goes_on = any(case.is_a(i, "present") for i in range(cue.end + 1, end + 1))
    told = any(case.is_a(i, "narrates") for i in range(case.clause_start(), end + 1))
    if goes_on or not told or _renewed(case, end):
        return None
    return Cap(Tier.ASK, f"in a story: {case.cues.phrase(cue)}")


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
    denied, supposed, of_another, of_stranger, long_past, resolved, in_order, answered, in_jest,
    in_a_story,
)  # fmt: skip


def _renewed(case: Case, after: int) -> bool:
    """As in `and now it came back`; not `and never again`."""
    renewed = (span.start for span in case.after("renewed") if span.start > after)
    return any(at not in case.cues.denials for at in renewed)


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
