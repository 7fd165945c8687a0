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
    "answer": 0.88, "asks": -0.71, "count.name": 0.14, "duration.name": -0.23,
    "duration.time": 0.99, "fresh": -0.45, "hello": -0.58, "i": 0.24, "keyword.turn": 0.31,
    "keyword.window": 1.04, "manner.name": -0.27, "name.name": 0.6, "number": 1.45, "own": 2.07,
    "place.name": 0.49, "question": -0.38, "reason.because": 0.41, "reason.name": 0.2,
    "score": 4.0, "sentence.share": 0.94, "session": 1.99, "shown": -0.83, "span.name": 1.08,
    "time": 1.55, "time.name": -0.19, "time.time": 2.49, "title": 1.38, "turn.share": 0.39,
    "vector.turn": 0.28, "vector.window": 0.63, "words": 1.06, "yes-no.name": 0.15,
}  # fmt: skip

_SPAN: Final = {
    "after.article": -1.21, "after.be": 1.2, "after.because": -0.2, "after.comma": 0.27,
    "after.do": -0.12, "after.edge": -1.15, "after.for": 0.31, "after.have": -0.12,
    "after.hello": -0.65, "after.in": 0.35, "after.ing": -0.47, "after.mark": 0.78,
    "after.modal": 1.0, "after.name": -0.56, "after.number": 0.18, "after.object": -0.57,
    "after.of": -0.95, "after.possessive": -0.76, "after.quote": 0.63, "after.subject": 0.58,
    "after.this": -0.51, "after.very": 0.88, "after.with": 1.26, "after.word": -0.83,
    "before.and": -1.05, "before.article": 0.65, "before.be": -0.58, "before.because": -0.11,
    "before.but": 0.7, "before.comma": -0.17, "before.do": 1.0, "before.ed": 0.21,
    "before.edge": 0.9, "before.for": 0.36, "before.have": -0.17, "before.hello": -0.83,
    "before.in": -0.79, "before.ing": -0.32, "before.mark": -0.69, "before.modal": 0.11,
    "before.name": -0.46, "before.number": 0.83, "before.object": -0.19, "before.of": 1.3,
    "before.possessive": -0.16, "before.quote": 0.64, "before.subject": -0.79,
    "before.this": 0.95, "before.very": -0.48, "before.which": -0.22, "before.word": -0.83,
    "begin.after-head": 0.54, "begin.after-key": 0.69, "begin.be": -0.48,
    "begin.cuts-name": -0.27, "begin.do": -0.19, "begin.ed": 0.21, "begin.for": -0.28,
    "begin.have": -0.18, "begin.in": -0.49, "begin.ing": 0.8, "begin.modal": -0.12,
    "begin.name": 1.86, "begin.object": -0.4, "begin.of": -0.2, "begin.possessive": -0.87,
    "begin.quote": 1.94, "begin.subject": -0.76, "begin.this": -0.38, "begin.to": -0.5,
    "begin.very": -0.54, "begin.which": 0.36, "begin.with": -0.51, "begin.word": 0.42,
    "end.before-head": -0.16, "end.before-key": 0.22, "end.cuts-name": -0.46, "end.do": -0.25,
    "end.ed": -1.45, "end.have": -0.59, "end.head": 1.93, "end.hello": -0.24, "end.ing": -0.52,
    "end.name": 2.11, "end.not": 0.15, "end.object": -0.48, "end.quote": 0.74, "end.this": 0.33,
    "end.very": -0.56, "end.word": -0.6, "in.and": 0.69, "in.article": -0.86, "in.be": -2.09,
    "in.because": -1.06, "in.but": -0.82, "in.do": -0.16, "in.ed": 0.46, "in.have": -1.04,
    "in.head": -0.67, "in.hello": -0.91, "in.in": 0.16, "in.ing": 1.14, "in.key": -1.04,
    "in.keys": -0.54, "in.mark": 0.21, "in.modal": 0.47, "in.name": 0.61, "in.not": 0.27,
    "in.number": -0.22, "in.object": -1.5, "in.of": -0.34, "in.possessive": -0.26,
    "in.quote": 0.15, "in.subject": -1.07, "in.this": -1.02, "in.time": -2.19, "in.to": -0.61,
    "in.very": -0.46, "in.weight": 0.3, "in.which": 0.3, "in.with": 0.8, "in.word": 0.98,
    "length.1": -0.15, "length.11": -0.67, "length.14": 0.55, "length.2": 0.54, "length.3": 0.45,
    "length.4": -0.13, "length.6": -0.63, "manner.long": 1.36, "manner.size": 0.83,
    "name.in.name": 0.78, "name.long": -1.29, "name.size": -1.01, "place.in.name": 0.15,
    "place.long": -0.72, "place.size": -0.47, "reason.long": 0.31, "reason.size": 0.75,
    "since.0": 0.69, "since.1": 1.07, "since.2": 0.37, "since.3": -0.51, "since.4": -0.69,
    "since.5": -1.08, "span.in.name": 0.64, "span.long": -0.48, "span.size": -0.54,
}  # fmt: skip

_DOUBT: Final = {
    "constant": -7.34, "elsewhere": 2.35, "named": 1.63, "own": 0.92, "score": 0.42,
    "sentence.share": 0.45, "turn.share": 2.71,
}  # fmt: skip

FITTED: Final = Weights(_SENTENCE, _SPAN, _DOUBT)
