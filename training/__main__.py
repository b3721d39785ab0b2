"""`make guard-train`: learn from the corpus of each language, and keep what was learned."""

from data.corpus import read_corpus
from data.learned import write_learned
from data.lexicon import read_lexicon
from data.library import CONTENT
from training.figures import figures, written
from training.fit import learn

for folder in sorted(path.parent for path in CONTENT.glob("*/corpus")):
    corpus = read_corpus(folder / "corpus")
    found = figures(corpus, read_lexicon(folder / "lexicon.toml"))
    write_learned(learn(corpus, found.threshold, found.sure), folder)
    (folder / "learned.toml").write_text(written(found, corpus), encoding="utf-8")
