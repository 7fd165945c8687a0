"""Statements that stand alone: who "I" and "you" are, and when "yesterday" was.

"I've been there twice, but my sister hasn't" said by Ana is "Ana has been there twice, but Ana's
sister hasn't". What cannot be told stays as it was said: "we", unless the turn tells who else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from memkit.extract.clauses import Scan
from memkit.extract.parties import Clause, Voices
from memkit.extract.sentences import Span
from memkit.extract.times import Said
from memkit.extract.verbs import FORMS, third_person
from memkit.extract.words import ADVERBS, COMMON, Token, listed, tokens

__all__ = ["Persons", "annotated", "days_of"]

Change = tuple[int, int, str]
"""Characters [start, end) and what stands there instead."""

_AFTER_I: Final = {
    "'m": " is", "am": "is", "'ve": " has", "have": "has", "'ll": " will", "do": "does",
    "'d": " would", "are": "is", "'re": " is", "were": "was", "haven't": "hasn't",
}  # fmt: skip
_OBJECTS: Final = {"me": "", "mine": "'s", "my": "'s"}
_YOURS: Final = {"your": "'s", "yours": "'s", "ya": "", "u": "", "you": ""}
_SET_PHRASES: Final = listed("know see thank thanks bless guess imagine")
_PAST_ENDING: Final = re.compile(r"(?:ed|['\u2019]d)\Z")
_NO_VERB: Final = listed(
    "can could will would should might may must shall ca wo used had was were did and or , . ! ? "
    "; : ( ) - who that which too myself alone either neither n't")  # fmt: skip
_AND_I: Final = re.compile(
    r"\b((?:[Mm]y |[Oo]ur )?(?:[a-z]+ ){0,2}?[^\W\d_][\w'-]*(?: [A-Z][\w'-]*)?) and I\b"
)
_WE: Final = {"we": "", "us": "", "our": "'s", "ours": "'s", "we're": " are", "we've": " have"}


class Persons:
    """The persons of one turn, sentence by sentence in order."""

    def __init__(self, text: str, voices: Voices) -> None:
        """`voices` tells who speaks to whom."""
        self._text = text
        self._voices = voices
        self._scan = Scan(text, voices, {})
        self._others = ""

    def changes(self, span: Span) -> list[Change]:
        """What to put in the place of the pronouns of a sentence, in order."""
        clauses = self._scan.sentence(span)
        found = tokens(self._text, *span)
        changes = list(self._pronouns(found))
        changes += _agreeing(clauses, found, self._voices.addressee is not None)
        company = _AND_I.search(self._text, *span)
        if company is not None:
            self._others = self._told(company[1])
        return _disjoint(sorted(changes))

    def _told(self, others: str) -> str:
        """ "My sister" as others would say it: "Ana's sister"."""
        first, _, rest = others.partition(" ")
        return f"{self._voices.speaker}'s {rest}" if first.lower() in ("my", "our") else others

    def _pronouns(self, found: Sequence[Token]) -> Iterator[Change]:
        speaker, other = self._voices.speaker, self._voices.addressee
        for place, token in enumerate(found):
            low = token.low
            if low == "i":
                yield token.start, token.end, speaker
                yield from _after(found, place)
            elif low in _OBJECTS:
                yield token.start, token.end, speaker + _OBJECTS[low]
            elif low in _WE and self._others:
                yield token.start, token.end, f"{speaker} and {self._others}{_WE[low]}"
            elif other is not None and low in _YOURS and not _is_phrase(found, place):
                yield token.start, token.end, other + _YOURS[low]
                if low in ("you", "u", "ya"):
                    yield from _after(found, place)
            elif low in ("he", "she"):
                party = self._scan.meant("m" if low == "he" else "f")
                if party is not None and _is_new(self._text, found, token, party.name):
                    yield token.start, token.end, party.name


def _is_phrase(found: Sequence[Token], place: int) -> bool:
    """Whether "you" means nobody: "you know", "thank you"."""
    before = found[place - 1].low if place else ""
    after = found[place + 1].low if place + 1 < len(found) else ""
    return before in _SET_PHRASES or after in ("know", "see", "guys", "all")


def _is_new(text: str, found: Sequence[Token], token: Token, name: str) -> bool:
    """Whether the sentence has not named the one meant already: "Clara said she ..."."""
    return name not in text[found[0].start : token.start]


def _after(found: Sequence[Token], place: int) -> Iterator[Change]:
    """The auxiliary right after "I" or "you", agreeing with a name."""
    if place + 1 >= len(found):
        return
    token = found[place + 1]
    new = _AFTER_I.get(token.low)
    if new is None:
        return
    if token.low == "'d" and place + 2 < len(found):
        kinds = {kind for _, kind in FORMS.get(found[place + 2].low, ())}
        new = " had" if "participle" in kinds and "base" not in kinds else " would"
    yield token.start, token.end, new


def _agreeing(clauses: Sequence[Clause], found: Sequence[Token], second: bool) -> Iterator[Change]:
    """The verbs of the speaker, or of the one spoken to, as they go with a name."""
    seen = set()
    for clause in clauses:
        ours = clause.subject.kind == "first" or (clause.subject.kind == "second" and second)
        if not ours or clause.noun or clause.elided:
            continue
        seen.add(clause.start)
        lead = next((t for t in found if t.start == clause.start), None)
        if lead is None or lead.low in ("we", "my", "our", "your"):
            continue
        if clause.group.base:
            verb = next((t for t in found if t.start == clause.verb), None)
            small_talk = clause.subject.kind == "second" and clause.group.lemma in ("know", "see")
            if verb is not None and verb.low not in _AFTER_I and not small_talk:
                yield verb.start, verb.end, third_person(verb.low)
        elif lead.low in ("am", "have", "do"):
            yield lead.start, lead.end, _AFTER_I[lead.low]
    yield from _unknown(found, seen, second)


def _unknown(found: Sequence[Token], seen: set[int], second: bool) -> Iterator[Change]:
    """Verbs that the grammar does not know: "I paint"."""
    for place, token in enumerate(found[:-1]):
        asked = token.low == "i" or (second and token.low == "you" and not place)
        if token.start not in seen and asked and _may_be_verb(found[place + 1].low):
            verb = found[place + 1]
            yield verb.start, verb.end, third_person(verb.low)


def _may_be_verb(low: str) -> bool:
    """Whether a word that the grammar does not know can be a verb in the present."""
    if low in _NO_VERB or low in FORMS or low in _AFTER_I or low in COMMON or low in ADVERBS:
        return False
    return low.isalpha() and len(low) > 2 and not (_PAST_ENDING.search(low) or low.endswith("ly"))


def _disjoint(changes: Sequence[Change]) -> list[Change]:
    found: list[Change] = []
    for change in changes:
        if not found or change[0] >= found[-1][1]:
            found.append(change)
    return found


def days_of(since: date | None, until: date | None, *, approximate: bool = False) -> str:
    """The days [since, until) in short: "2024-05-07", "2024-05", "2024-05-06 to 2024-05-12".

    An open side is said: "since 2019-01-01", "until 2019-12-31".
    """
    about = "about " if approximate else ""
    if since is None or until is None:
        if since is not None:
            return f"since {about}{since}"
        return f"until {about}{until - timedelta(days=1)}" if until is not None else ""
    last = until - timedelta(days=1)
    if since == last:
        return f"{about}{since}"
    if approximate and (last - since).days <= 400:
        return f"about {since + (last - since) / 2}"
    if since.day == 1 and until.day == 1:
        months = (until.year - since.year) * 12 + until.month - since.month
        if months == 1:
            return f"{about}{since:%Y-%m}"
        if months == 12 and since.month == 1:
            return f"{about}{since.year}"
    return f"{about}{since} to {last}"


def annotated(said: Sequence[Said]) -> list[Change]:
    """The days behind each time that depends on when it was said: "yesterday (2024-05-07)"."""
    found: list[Change] = []
    for one in said:
        known = one.since or one.until
        if known is None or str(known.year) in one.text:
            continue
        days = days_of(one.since, one.until, approximate=one.approximate)
        found.append((one.end, one.end, f" ({days})"))
    return found
