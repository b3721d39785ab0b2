"""Of whom a match speaks: of the person who writes, of somebody else, or of a thing."""

from flows.guard.case import Cap, Case, is_now, past_cue
from flows.guard.reading import ANOTHER, STRANGER, Tier


def of_another(case: Case) -> Cap | None:
    """As in `my dad had a blood clot`, and `the chief could not move his legs`."""
    inside = range(case.match.start, case.match.end if case.decisive else case.match.start)
    theirs = next((i for i in inside if case.is_a(i, "theirs")), None)
    person = case.cues.others.get(case.match.start, theirs)
    if person is None or is_now(case):
        return None
    why = f"{ANOTHER}: {case.cues.text.words[person]}"
    if case.in_first_person(case.match.start):
        does_it = person == case.match.start - 1  # "my husky peed in my boot"
        return Cap(Tier.ASK, why) if does_it else None
    between = range(person + 1, case.match.end + 1)
    evidence = case.match.tokens
    told = any(i not in evidence and case.is_a(i, "told") for i in between)
    past = told or past_cue(case) is not None
    heard = not past and (case.decisive or case.match.rule.insist)
    return Cap(Tier.ASK if heard else Tier.INFO, why)


def of_stranger(case: Case) -> Cap | None:
    """As in `the borehole pump cannot pass water` and `Ron cannot pass water`.

    A word that no term and no class knows stands before the evidence, and nobody says "I" there:
    whoever or whatever that is, it may not be the person who writes.
    """
    if not case.decisive or case.in_first_person(case.match.start):
        return None
    before = range(case.clause_start(), case.match.start)
    if any(_speaks(case, i) for i in before):
        return None
    strangers = [case.cues.text.words[i] for i in before if not case.is_familiar(i)]
    return Cap(Tier.ASK, f"{STRANGER}: {strangers[-1]}") if strangers else None


def _speaks(case: Case, at: int) -> bool:
    """Whether the person is the subject at *at*: "i", "my leg", but not "gives me"."""
    if case.is_a(at, "speaker"):
        return True
    given = at > 0 and case.is_a(at - 1, "gives")
    return case.is_a(at, "self") and not given and case.is_familiar(at + 1)
