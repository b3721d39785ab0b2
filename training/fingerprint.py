"""By which it is known whether what was learned was learned from the corpus as it is."""

import hashlib

from data.corpus import Corpus


def fingerprint(corpus: Corpus) -> str:
    """A short hash of everything that is learned from."""
    told = repr([(m.persona, m.kind, m.flags, m.text) for m in corpus.messages])
    return hashlib.sha256(f"{told}{corpus.topics}".encode()).hexdigest()[:12]
