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
    "answer": 0.87, "asks": -0.72, "count.name": 0.47, "duration.name": -0.23,
    "duration.time": 0.99, "fresh": -0.44, "hello": -0.58, "i": 0.24, "keyword.turn": 0.31,
    "keyword.window": 1.04, "name.name": 0.6, "number": 1.46, "own": 2.07, "place.name": 0.49,
    "question": -0.39, "reason.because": 0.41, "reason.name": 0.2, "score": 4.0,
    "sentence.share": 0.94, "session": 1.98, "shown": -0.82, "span.name": 1.08, "time": 1.55,
    "time.name": -0.2, "time.time": 2.49, "title": 1.36, "turn.share": 0.39, "vector.turn": 0.28,
    "vector.window": 0.63, "words": 1.06, "yes-no.name": 0.14,
}  # fmt: skip

_SPAN: Final = {
    "after.article": -1.33, "after.be": 1.4, "after.because": -0.14, "after.comma": 0.35,
    "after.ed": 0.22, "after.edge": -1.13, "after.for": 0.38, "after.hello": -0.71,
    "after.in": 0.25, "after.ing": -0.44, "after.mark": 0.82, "after.modal": 0.97,
    "after.name": -0.48, "after.number": 0.15, "after.object": -0.56, "after.of": -1.06,
    "after.possessive": -0.74, "after.quote": 0.56, "after.subject": 0.63, "after.this": -0.13,
    "after.to": -0.39, "after.very": 1.03, "after.which": -0.25, "after.with": 1.25,
    "after.word": -0.98, "before.and": -1.06, "before.article": 0.48, "before.be": -0.71,
    "before.because": -0.11, "before.but": 0.7, "before.comma": -0.23, "before.do": 1.06,
    "before.ed": 0.34, "before.edge": 0.84, "before.for": 0.48, "before.have": -0.19,
    "before.hello": -0.34, "before.in": -0.56, "before.ing": -0.39, "before.mark": -0.79,
    "before.name": -0.47, "before.number": 0.5, "before.of": 1.23, "before.quote": 0.35,
    "before.subject": -0.72, "before.this": 0.89, "before.to": 0.17, "before.very": -0.25,
    "before.which": -0.23, "before.word": -0.83, "begin.after-head": 0.18,
    "begin.after-key": 0.88, "begin.be": -0.42, "begin.cuts-name": -0.36, "begin.for": -0.21,
    "begin.have": -0.12, "begin.in": -0.43, "begin.ing": 0.5, "begin.modal": -0.13,
    "begin.name": 2.04, "begin.object": -0.43, "begin.of": -0.3, "begin.possessive": -0.79,
    "begin.quote": 2.08, "begin.subject": -0.71, "begin.this": -0.43, "begin.to": -0.49,
    "begin.very": -0.45, "begin.which": 0.39, "begin.with": -0.69, "begin.word": 0.19,
    "end.before-head": -0.23, "end.before-key": 0.31, "end.cuts-name": -0.42, "end.ed": -1.44,
    "end.have": -0.52, "end.head": 1.48, "end.hello": -0.36, "end.ing": -0.53, "end.name": 2.17,
    "end.not": 0.18, "end.object": -0.27, "end.quote": 0.56, "end.this": 0.1, "end.very": -0.29,
    "end.word": -0.72, "in.and": 0.98, "in.article": -1.0, "in.be": -2.03, "in.because": -1.15,
    "in.but": -0.63, "in.do": -0.16, "in.ed": 0.49, "in.have": -0.9, "in.head": -0.47,
    "in.hello": -0.84, "in.in": 0.34, "in.ing": 1.11, "in.key": -0.64, "in.keys": -0.13,
    "in.mark": 0.39, "in.modal": 0.39, "in.name": 0.69, "in.not": 0.26, "in.number": -0.28,
    "in.object": -1.58, "in.of": -0.11, "in.possessive": -0.51, "in.quote": 0.27,
    "in.speaker": -0.35, "in.subject": -0.99, "in.this": -1.12, "in.time": -2.09, "in.to": -0.48,
    "in.very": -0.56, "in.weight": 0.26, "in.with": 0.65, "in.word": 1.09, "length.1": 0.18,
    "length.11": -0.72, "length.14": 0.44, "length.2": 0.83, "length.3": 0.28, "length.4": -0.17,
    "length.6": -0.84, "length.8": 0.16, "manner.long": 1.11, "manner.size": 0.5,
    "name.in.name": 0.51, "name.long": -1.35, "name.size": -0.95, "place.long": -0.82,
    "place.size": -0.48, "reason.long": 0.15, "reason.size": 0.63, "since.0": 0.88,
    "since.1": 1.08, "since.2": 0.3, "since.3": -0.4, "since.4": -0.78, "since.5": -1.09,
    "span.in.name": 0.89, "span.long": -0.64, "span.size": -0.65,
}  # fmt: skip

_DOUBT: Final = {
    "constant": -7.3, "elsewhere": 2.29, "named": 1.6, "own": 0.91, "score": 0.42,
    "sentence.share": 0.49, "turn.share": 2.64,
}  # fmt: skip

FITTED: Final = Weights(_SENTENCE, _SPAN, _DOUBT)
