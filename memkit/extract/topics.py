"""Topics that a speaker puts as a question and answers at once: "My age? 39."."""

from __future__ import annotations

import re
from typing import Final

from memkit.extract.attributes import Attribute, Rows
from memkit.extract.favourites import favourite_of
from memkit.extract.replies import answered, asked_for
from memkit.extract.sentences import Span
from memkit.extract.slots_things import thing
from memkit.extract.values import Value

__all__ = ["self_answered"]

_I: Final = re.IGNORECASE
_TOPIC: Final = re.compile(
    r"\W*(?:(?:and|so|oh|as for|now|well),? )*(?:my|our|the)? ?(?P<noun>[^\W\d_][\w' "
    r"-]{1,40}?)(?: now| these days)?\s*\?\W*\Z",
    _I,
)
_FAVOURITE: Final = re.compile(r"(?:all[- ]time )?(?:favou?rite|fave) (?P<kind>.+)\Z", _I)
_FIRST: Final = ((r"\bdo i\b", "do you"), (r"\bam i\b", "are you"), (r"\bdid i\b", "did you"),
                 (r"\bmy\b", "your"), (r"\bi'm\b", "you're"), (r"\bi\b", "you"))  # fmt: skip
_TASTE: Final = re.compile(
    r"\W*(?:(?:oh|yes|well|honestly|absolutely|always|sorry|no thanks|no,|nope),? "
    r")*(?:(?P<like>(?:i (?:\w+ )?)?(?:love|adore|enjoy) (?:it|them|every)|can't get enough|i'm "
    r"(?:all for|crazy about|mad about|a (?:big |huge )?fan)|yes please|count me in|my thing|"
    r"always)|(?P<dislike>(?:i (?:\w+ )?)?(?:hate|loathe|detest|despise|dislike) (?:it|them)|"
    r"(?:i )?(?:really )?can't (?:stand|bear) (?:it|them)|not for me|not my (?:thing|cup of tea)|"
    r"no thanks|no thank you|(?:i'm )?not a fan|keep (?:it|them) away))",
    _I,
)
_WITHOUT_ARTICLE: Final = re.compile(r"\s*(?:a|an|my|the|some|any|this|that)\s", _I)


def self_answered(
    rows: Rows, text: str, question: Span, span: Span
) -> tuple[Attribute, list[Value]] | None:
    """The attribute that the words at `question` ask oneself for, and what `span` answers."""
    topic = _TOPIC.match(text, *question)
    row = _row(rows, topic["noun"].lower().strip()) if topic else None
    if row is None:
        asked = text[slice(*question)].replace("\u2019", "'")
        for mine, yours in _FIRST:
            asked = re.sub(mine, yours, asked, flags=_I)
        row = asked_for(rows, asked)
    if row is not None:
        return answered(row, text, span)
    taste = _TASTE.match(text.replace("\u2019", "'"), *span)
    if topic is None or taste is None or _WITHOUT_ARTICLE.match(text, *question):
        return None
    found = thing(text, topic.start("noun"), topic.end("noun"))
    if not found or found[0].end != topic.end("noun"):
        return None
    name = "like" if taste["like"] else "dislike"
    return Attribute(name, "things", several=True), found


def _row(rows: Rows, noun: str) -> Attribute | None:
    """The attribute that a thing of the speaker's is, by its name."""
    favourite = _FAVOURITE.match(noun)
    return favourite_of(favourite["kind"]) if favourite else rows.nouns.get(noun)
