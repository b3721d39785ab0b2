"""Whether a text denies, and says nothing else: then what it sounds like needs no check.

The learned reader hears "numbness in my groin" in "no numbness in my groin".  It is kept from a
check only where every word is accounted for: it belongs to a phrase that plainly denies (`plain`
in the lexicon), to a symptom that such a phrase denies for certain, or to what comes before what is
said.  One word more, a doubt, or a "no" that may be an answer ("no numb groin"): it is checked.
"""

from collections.abc import Iterable

from flows.guard.cues import Cues
from flows.guard.reading import Hit, Tier
from flows.guard.words import opening


def only_denies(hits: Iterable[Hit], cues: Cues) -> bool:
    """Whether the rules read all that is said as denied, and no word is left over."""
    plain = frozenset(token for span in cues.spans.get("plain", ()) for token in span.tokens)
    denied = frozenset(
        token
        for token in cues.symptoms
        for scope in cues.denials.get(token, ())
        if token in scope.firm and plain.issuperset(scope.cue.tokens)
    )
    before = range(opening(cues.text.words, cues.classes))
    tiers = {hit.tier for hit in hits}
    return tiers == {Tier.NONE} and len(plain.union(denied, before)) == len(cues.text)
