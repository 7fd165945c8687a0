"""Weights of the reader, and how they came to be.

Fitted on the development half of LoCoMo (five chats) by `python -m memkit.evals.fitting`, which
writes this module: sentences by the likelihood of a turn that holds the evidence, spans by the
likelihood of words that share most with the given answer, and doubt as a logistic regression of
whether a question can be answered, against the set's adversarial questions and against questions
asked of a chat that they are not about. What is worth less than a tenth is left out. Figures
for chats that had no part in the fit are on the page about evals.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Weights:
    """What speaks how much for a sentence, for a span of it, and for there being an answer."""

    sentence: Mapping[str, float]
    span: Mapping[str, float]
    doubt: Mapping[str, float]


_SENTENCE: Final = {
    "answer": 0.86, "asks": -0.73, "count.name": 0.16, "duration.name": -0.24,
    "duration.time": 0.97, "fresh": -0.33, "head": -0.11, "hello": -0.59, "i": 0.24,
    "keyword.turn": 0.39, "keyword.window": 1.09, "manner.name": -0.28, "name.name": 0.59,
    "number": 1.48, "own": 2.08, "place.name": 0.44, "question": -0.38, "reason.name": 0.19,
    "sentence.share": 0.67, "session": 2.01, "shown": -0.78, "span.name": 1.08, "time": 1.56,
    "time.name": -0.14, "time.time": 2.52, "title": 1.38, "turn.share": 0.15, "vector.turn": 0.35,
    "vector.window": 0.65, "words": 1.0, "yes-no.name": 0.15,
}  # fmt: skip

_SPAN: Final = {
    "after.and": -0.14, "after.article": -0.61, "after.be": 1.01, "after.comma": 0.14,
    "after.edge": -0.8, "after.for": 0.21, "after.hello": -0.25, "after.in": 0.13,
    "after.ing": -0.17, "after.mark": 0.6, "after.modal": 0.38, "after.name": -0.23,
    "after.number": 0.11, "after.object": -0.18, "after.of": -0.77, "after.possessive": -0.47,
    "after.quote": 0.42, "after.subject": 0.36, "after.to": -0.12, "after.very": 0.78,
    "after.with": 0.61, "after.word": -0.78, "before.and": -0.53, "before.article": 0.64,
    "before.be": -0.34, "before.but": 0.15, "before.comma": -0.2, "before.do": 0.4,
    "before.ed": 0.42, "before.edge": 0.42, "before.for": 0.26, "before.have": -0.12,
    "before.hello": -0.5, "before.in": -0.29, "before.mark": -0.28, "before.name": -0.21,
    "before.number": 0.27, "before.of": 0.52, "before.possessive": 0.12, "before.quote": 0.2,
    "before.subject": -0.61, "before.this": 0.72, "before.very": -0.33, "before.word": -0.66,
    "begin.after-head": 0.22, "begin.after-key": 0.44, "begin.be": -0.28,
    "begin.cuts-name": -0.14, "begin.have": -0.18, "begin.in": -0.27, "begin.ing": 0.59,
    "begin.name": 1.44, "begin.object": -0.24, "begin.possessive": -0.43, "begin.quote": 0.95,
    "begin.subject": -0.38, "begin.this": -0.2, "begin.to": -0.28, "begin.very": -0.43,
    "begin.with": -0.21, "begin.word": 0.14, "end.before-head": 0.24, "end.cuts-name": -0.19,
    "end.ed": -0.55, "end.have": -0.26, "end.hello": -0.12, "end.ing": -0.15, "end.name": 1.56,
    "end.object": -0.26, "end.quote": 0.43, "end.this": 0.13, "end.very": -0.31,
    "end.word": -0.44, "in.and": 0.72, "in.article": -0.42, "in.be": -1.43, "in.because": -0.34,
    "in.but": -0.36, "in.for": -0.16, "in.have": -0.61, "in.head": -0.24, "in.hello": -0.43,
    "in.in": 0.12, "in.ing": 0.84, "in.key": -0.31, "in.keys": -0.28, "in.mark": -0.18,
    "in.modal": 0.12, "in.name": 0.67, "in.not": 0.1, "in.object": -0.9, "in.of": -0.2,
    "in.possessive": -0.54, "in.quote": 0.42, "in.subject": -0.91, "in.this": -0.59,
    "in.time": -1.63, "in.to": -0.49, "in.very": -0.36, "in.weight": 0.49, "in.with": 0.49,
    "in.word": 0.88, "length.11": -0.3, "length.14": 0.16, "length.2": 0.52, "length.3": 0.12,
    "length.6": -0.41, "length.8": -0.14, "manner.long": 0.91, "manner.size": 0.39,
    "name.in.name": 0.53, "name.long": -0.88, "name.size": -0.61, "place.long": -0.51,
    "place.size": -0.23, "reason.long": 0.12, "reason.size": 0.26, "since.0": 0.44,
    "since.1": 0.75, "since.2": 0.27, "since.3": -0.26, "since.4": -0.51, "since.5": -0.77,
    "span.in.name": 0.52, "span.long": -0.67, "span.size": -0.5,
}  # fmt: skip

_DOUBT: Final = {
    "constant": -6.85, "elsewhere": 2.42, "named": 1.68, "own": 0.94, "score": 0.38,
    "sentence.share": 0.27, "turn.share": 2.96,
}  # fmt: skip

FITTED: Final = Weights(_SENTENCE, _SPAN, _DOUBT)
