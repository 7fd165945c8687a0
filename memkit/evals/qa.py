"""How right an answer is: LoCoMo's official rules, BLEU-1, exact match, abstention."""

from __future__ import annotations

import math
import re
import string
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, Final, Literal

Rule = Literal["plain", "list", "before semicolon", "unanswerable"]
"""How an answer is compared with the gold.

`list`: the gold's parts between commas, each by its best match. `before semicolon`: what follows
is an explanation. `unanswerable`: right is to say that it is not in memory.
"""

ABSTAINING: Final = ("no information available", "not mentioned")
"""What LoCoMo's script takes for an abstention, anywhere in an answer."""
_ARTICLES: Final = re.compile(r"\b(a|an|the|and)\b")
_PUNCTUATION: Final = str.maketrans("", "", string.punctuation)
_HAN: Final = re.compile(r"([\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff])")


def tokens(text: str) -> list[str]:
    """The words that are compared: lower case, without punctuation, articles and "and".

    As in `normalize_answer` of LoCoMo's task_eval/evaluation.py. Chinese and Japanese characters,
    which that script leaves joined, are words of their own.
    """
    plain = text.replace(",", "").lower().translate(_PUNCTUATION)
    return _HAN.sub(r" \1 ", _ARTICLES.sub(" ", plain)).split()


def f1(answer: str, gold: str) -> float:
    """The harmonic mean of precision and recall of stemmed words (`f1_score` there), 0..1."""
    given, wanted = _stems(answer), _stems(gold)
    same = sum((Counter(given) & Counter(wanted)).values())
    if not same:
        return 0.0
    precision, recall = same / len(given), same / len(wanted)
    return 2 * precision * recall / (precision + recall)


def f1_of_list(answer: str, gold: str) -> float:
    """The mean over the parts of the gold, between commas, of the best part's F1 (`f1` there)."""
    given = [part.strip() for part in answer.split(",")]
    wanted = [part.strip() for part in gold.split(",")]
    return sum(max(f1(part, each) for part in given) for each in wanted) / len(wanted)


def bleu1(answer: str, gold: str) -> float:
    """Clipped precision of words times the brevity penalty (Papineni et al. 2002, N = 1), 0..1."""
    given, wanted = tokens(answer), tokens(gold)
    same = sum((Counter(given) & Counter(wanted)).values())
    if not same:
        return 0.0
    penalty = 1.0 if len(given) > len(wanted) else math.exp(1 - len(wanted) / len(given))
    return penalty * same / len(given)


def exact(answer: str, gold: str) -> float:
    """1 where both have the same words in the same order, else 0."""
    return float(tokens(answer) == tokens(gold))


def abstains(answer: str) -> bool:
    """Whether the answer says that nothing is known, in the words that LoCoMo's script takes."""
    lowered = answer.lower()
    return not lowered.strip() or any(phrase in lowered for phrase in ABSTAINING)


def score(answer: str, golds: Sequence[str], rule: Rule, *, abstained: bool) -> dict[str, float]:
    """Every measure of one answer; of several golds the best counts.

    `qa.f1` is the official score, by the question's rule. `qa.bleu1` and `qa.exact` are of
    questions that have an answer. `abstain.right` is of those that have none, `abstain.wrong` of
    the others. `qa.words` is the answer's length.
    """
    silent = abstained or abstains(answer)
    found = {"qa.words": float(len(answer.split()))}
    if rule == "unanswerable":
        return {"qa.f1": float(silent), **found, "abstain.right": float(silent)}
    kept = [gold.split(";")[0].strip() for gold in golds] if rule == "before semicolon" else golds
    by_rule = f1_of_list if rule == "list" else f1
    return {
        "qa.f1": _best(by_rule(answer, gold) for gold in kept),
        "qa.bleu1": _best(bleu1(answer, gold) for gold in kept),
        "qa.exact": _best(exact(answer, gold) for gold in kept),
        **found,
        "abstain.wrong": float(silent),
    }


def _best(values: Iterable[float]) -> float:
    return max(values, default=0.0)


def _stems(text: str) -> list[str]:
    stemmer = _porter()
    return [str(stemmer.stemWord(word)) for word in tokens(text)]


@cache
def _porter() -> Any:
    """Porter's algorithm as he published it; the official script uses NLTK's, which adds a few
    irregular words to it ("dying", "skies")."""
    import snowballstemmer  # at first use: importing it costs 25 ms

    return snowballstemmer.stemmer("porter")
