"""What only means something after what was said before: short answers, corrections, retractions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from memkit.extract.attributes import READERS, Attribute, Rows
from memkit.extract.claims import Claim
from memkit.extract.moods import JOKE_AFTER, RETRACTION
from memkit.extract.relations import PLURALS, RELATIONS
from memkit.extract.sentences import Span
from memkit.extract.times import NOWHEN, Said
from memkit.extract.values import Value

__all__ = [
    "answer",
    "answered",
    "asked_for",
    "corrected",
    "is_joke",
    "put_right",
    "retracted",
    "taken_back",
]

_I: Final = re.IGNORECASE
_ANSWER_LEAD: Final = re.compile(
    r"(?:(?:oh|well|hmm+|um+|uh|ah|haha\w*|lol|so|yes|yeah|sure|just|mostly|mainly|currently|now|"
    r"right now|at the moment|that would be|that'd be|that's|it is|it's|its|i'm|i am|i live|we "
    r"live|i work|in|at|from|for|as|a|an|the|on|about|around|to|call me|you can call me|my name "
    r"is|his name is|her name is|he's called|she's called|named|called|both|still)(?:[,!.:]+\s*|"
    r"\s+))*",
    _I,
)
_ANSWER_END: Final = re.compile(
    r"[\"')]*(?:,? (?:actually|now|these days|at the moment|currently|right now|lol|haha|though|"
    r"and you|of course|why|you|thanks|in [^\W\d_]\w+|with .*|for .*|since .*|because .*|but .*|"
    r"years? old))?\s*(?:[.,!;?\u2026(].*)?\Z",
    _I | re.DOTALL,
)
_UNSURE: Final = re.compile(
    r"\b(?:no(?! contest| doubt| question| competition)|not|none|never|nothing|why|don't|maybe|"
    r"perhaps|guess|if|depends|what)\b",
    _I,
)


def answer(
    rows: Rows, question: str, text: str, span: Span
) -> tuple[Attribute, list[Value]] | None:
    """The attribute that was asked for and the values that the sentence at `span` answers with."""
    row = asked_for(rows, question)
    return answered(row, text, span) if row is not None else None


def asked_for(rows: Rows, question: str) -> Attribute | None:
    """The attribute that a question asks the other for."""
    return _kin_asked(question) or next(
        (row for pattern, row in rows.asked if pattern.search(question)), None
    )


def answered(row: Attribute, text: str, span: Span) -> tuple[Attribute, list[Value]] | None:
    """The values of an attribute that the sentence at `span` answers with."""
    if span[1] - span[0] > 90 or _UNSURE.search(text, *span):
        return None
    lead = _ANSWER_LEAD.match(text, *span)
    begin = lead.end() if lead else span[0]
    kind = "trade" if row.name == "job" else row.value
    found = READERS[kind](text, begin, span[1])
    if not found or found[0].start > begin + 12:
        return None
    if _ANSWER_END.match(text, found[-1].end, span[1]) is None:
        return None
    return row, found if row.several else found[:1]


_KIN_NAME: Final = re.compile(
    r"\b(?:what(?:'s| is| are) your ([\w-]+(?: friend)?)(?:'s|s'|s) names?|what(?:'s| is) your "
    r"([\w-]+(?: friend)?) (?:called|named)|what do you call your ([\w-]+)|what did you (?:name|"
    r"call) (?:your|the) ([\w-]+))\b",
    _I,
)


def _kin_asked(question: str) -> Attribute | None:
    """The row for "what's your dog's name?"."""
    match = _KIN_NAME.search(question)
    noun = next(filter(None, match.groups()), "").lower() if match else ""
    relation = RELATIONS.get(PLURALS.get(noun, noun))
    return Attribute(relation.attribute, "called", relation.several) if relation else None


_SLIP: Final = (
    r"(?:(?:oh|wait|no|nope|well|hmm+|um+|oops|whoops|ah|hm|sorry|hang on|hold on|but|and|"
    r"actually|correction|my bad|my mistake|typo|i mean|or rather|rather|argh|ugh|edit|ok|okay|"
    r"no wait|wait no|apologies|that was wrong|that's wrong|that is wrong|that's not right|that "
    r"isn't right|i was wrong|i misspoke(?: earlier)?|i got (?:that|it) wrong|i made a mistake|"
    r"my error|let me correct (?:that|myself)|let me fix that|slip of the (?:tongue|pen)|small "
    r"correction|quick correction|to correct myself|wrong one|(?:strike|scratch|forget) that|i "
    r"take (?:that|it) back|let me rephrase|mixed (?:that|it|them) up|mix-up|i mixed (?:that|it|"
    r"them) up)\s*[,!.:;\u2026-]*\s+)"
)
_MEANT: Final = re.compile(
    rf"[\s*]*(?P<slip>{_SLIP}*)(?P<meant>(?:i meant(?: to (?:say|write|type))?|i (?:should have|"
    rf"should've) said|"
    r"make (?:that|it)|(?:that|it) should (?:be|have been|read|say)|correction:?|"
    r"(?:it's|it is|that's|it was|that was|he's|she's|his name is|her name is)(?: actually| "
    r"really)?(?: called)?)\s+"
    r"(?:that )?)?(?:to |in |at |on |a |an |the |my |for |about )*(?P<new>\S.*)",
    _I | re.DOTALL,
)
_STARRED: Final = re.compile(
    r"\*(?P<new>[^\s*][^*]{1,40})\*?[.!]?\Z|(?P<behind>[^\s*][^*]{1,40})\*[.!]?\Z"
)
_NOT_BUT: Final = re.compile(
    rf"[\s*]*{_SLIP}*(?:it's |it is |that's |i'm |it was )?not (?:in |at |on |a |an |the |for |to "
    rf")*(?P<old>[^,;.!?]{{2,40}}?)"
    r"(?:,| but| -|;|\.)\s*(?:but |it's |it is |i meant |that's |rather |i'm |it was )*(?:in |at |"
    r"on |a |an |the |for |to )*(?P<new>\S.*)",
    _I | re.DOTALL,
)
_SAID_MEANT: Final = re.compile(
    r"[\s*]*(?:oops,? |sorry,? |wait,? )*i (?:said|wrote|typed) (?P<old>[^,;.!?]{2,40}?),? "
    r"(?:but )?i meant (?:in |at |a |an |the )*(?P<new>\S.*)",
    _I | re.DOTALL,
)
_AND_NOT: Final = re.compile(
    r"\s*[,;\u2013-]?\s*(?:and |but )?(?:not|instead of|rather than) (?:in |at |on |to |a |an |"
    r"the |for |my )*(?P<old>[^,;.!?]{1,40}?)(?:,? (?:like|as) i (?:said|wrote|told you).*|,? "
    r"sorry.*|,? my bad.*|,? haha.*|,? lol.*)?\s*(?:[.!,;].*)?\Z",
    _I | re.DOTALL,
)
_SHORT_END: Final = re.compile(
    r"[\"')]*(?:,? (?:sorry|actually|of course|obviously|my bad|lol|haha|instead|though|i "
    r"think).{0,30})?\s*[.!\u2026]*\s*\Z",
    _I | re.DOTALL,
)


def corrected(
    text: str, span: Span, recent: Sequence[Claim], fresh: int, said: Sequence[Said]
) -> tuple[Claim, Value] | None:
    """The claim that this sentence puts right without repeating it, and the right value.

    `recent` are the speaker's claims, oldest first, the last `fresh` of them of this turn or the
    one before; `said` the times that the sentence names.
    """
    for pattern in (_STARRED, _SAID_MEANT, _NOT_BUT, _MEANT):
        match = pattern.match(text, *span)
        if match is None:
            continue
        groups = match.groupdict()
        name = "behind" if groups.get("behind") else "new"
        old = groups.get("old")
        marked = pattern is not _MEANT or bool(groups["meant"] or groups["slip"])
        found = _replaced(text, (match.start(name), span[1]), old, recent, (fresh, marked), said)
        if found is not None:
            return found
    return None


def _replaced(
    text: str, span: Span, old: str | None, recent: Sequence[Claim], fresh: tuple[int, bool],
    said: Sequence[Said],
) -> tuple[Claim, Value] | None:  # fmt: skip
    """The latest claim whose kind of value the words at `span` are, or whose value is `old`."""
    start, end = span
    newest, marked = fresh
    for place in range(len(recent) - 1, -1, -1):
        claim = recent[place]
        if claim.row is None or not claim.value.text or claim.mood in ("negation", "retraction"):
            continue
        value = _same_kind(text, start, end, claim, said)
        if value is None or value.text.lower() == claim.value.text.lower():
            continue
        contrast = _AND_NOT.match(text, value.end, end)
        wrong = (old or (contrast["old"] if contrast else "")).strip().lower()
        if wrong:
            if wrong in (claim.value.text.lower(), (claim.value.phrase or "").lower()):
                return claim, value
        elif marked and place >= len(recent) - newest and _SHORT_END.match(text, value.end, end):
            return claim, value
    return None


def _same_kind(text: str, start: int, end: int, claim: Claim, said: Sequence[Said]) -> Value | None:
    """What stands there as a value of the claim's attribute."""
    assert claim.row is not None
    if claim.row.value == "date":
        return next(
            (_day(one) for one in said if start - 4 <= one.start <= start + 12 and one.since), None
        )
    kind = claim.row.value if claim.row.value in READERS else "free"
    if claim.attribute in ("plan", "visited"):
        return None
    found = READERS[kind](text, start, end)
    return found[0] if found and found[0].start <= start + 8 else None


def _day(one: Said) -> Value:
    assert one.since is not None
    return Value(one.since.isoformat(), one.start, one.end, phrase=one.text)


_ABOUT: Final = re.compile(
    r"\b(?:about|that|with|regarding|on|when i said)\s+(?:me |my |our |the |a |being |having |us "
    r"|i(?:'m|'ve| am| have)? )*(?P<what>[^.!?]{2,60})",
    _I,
)
_SAME: Final = {name: {"job", "employer"} for name in ("job", "employer")}
_GERUNDS: Final = {
    "moving": "home", "living": "home", "move": "home", "working": "employer",
    "commuting": "commute",
    "marrying": "partner", "studying": "school", "visiting": "visited", "turning": "age",
}  # fmt: skip
_ALIASES: Final = {
    "allergies": "allergy", "allergic": "allergy", "vegan": "diet", "vegetarian": "diet",
    "dating": "partner",
    "trip": "visited", "hometown": "hometown", "kids": "child", "pets": "pet",
}  # fmt: skip


def retracted(
    rows: Rows, text: str, span: Span, recent: Sequence[Claim], fresh: int
) -> Iterator[Claim]:
    """The claims that the sentence takes back; `fresh` as in `corrected`."""
    about = _ABOUT.search(text, *span)
    if about is not None:
        what = about["what"].lower()
        named = [claim for claim in recent if claim.value.text and claim.value.text.lower() in what]
        wanted = _attributes_in(what, rows)
        latest = [claim for claim in reversed(recent) if claim.attribute in wanted][:1]
        yield from named[-1:] or latest
        return
    newest = (
        [claim for claim in recent[len(recent) - fresh :] if claim.mood != "retraction"]
        if fresh
        else []
    )
    if RETRACTION.match(text, *span) or JOKE_AFTER.match(text, *span):
        yield from newest


def _attributes_in(what: str, rows: Rows) -> set[str]:
    """The attributes that words such as "my job" or "moving" mean."""
    found: set[str] = set()
    words = re.findall(r"[\w'-]+", what)
    for length in (3, 2, 1):
        for place in range(len(words) - length + 1):
            said = " ".join(words[place : place + length])
            if said in rows.nouns:
                found |= _SAME.get(rows.nouns[said].name, {rows.nouns[said].name})
            elif said in RELATIONS or said in PLURALS:
                found.add(
                    RELATIONS[PLURALS.get(said, said) if said not in RELATIONS else said].attribute
                )
            elif said in rows.names:
                found.add(said)
            elif said in _GERUNDS or said in _ALIASES:
                found.add(_GERUNDS.get(said) or _ALIASES[said])
    return found


def is_joke(text: str, span: Span) -> bool:
    """Whether a sentence says that what stands before it was a joke."""
    found = JOKE_AFTER.match(text, *span)
    return found is not None and not _LAUGHS.match(text, *span)


_LAUGHS: Final = re.compile(r"[\s(*]*(?:a?(?:ha){2,}h?|lo+l|lmao|rofl|jaja(?:ja)*)\b", _I)


def put_right(claim: Claim, value: Value, span: tuple[str, int, int]) -> Claim:
    """The claim with the right value in the place of the wrong one."""
    return replace(
        claim, value=value, mood="correction", corrects=claim.value.text, times=NOWHEN,
        spans=(span, *claim.spans), sure=0.85,
    )  # fmt: skip


def taken_back(claim: Claim, span: tuple[str, int, int]) -> Claim:
    """The claim as a retraction."""
    return replace(claim, mood="retraction", times=NOWHEN, corrects="", spans=(span, *claim.spans))
