"""Turns of phrase: statements of the speaker's without their subject and verb.

"Lisbon is home now", "it takes me 40 minutes to get to work", "call me Annie", "Dune is my
favourite book", "I paid 300 euros for the bike". Rows list theirs in `whole`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from memkit.extract.amounts import READERS as AMOUNTS
from memkit.extract.attributes import STEM, Attribute, Rows, Whole
from memkit.extract.favourites import favourite_of, favourites
from memkit.extract.figures import amounts_said, contacts
from memkit.extract.idiom import Idiom
from memkit.extract.relations import RELATIONS
from memkit.extract.sentences import Span
from memkit.extract.slots_things import free, thing
from memkit.extract.values import Value

__all__ = ["idioms"]


_I: Final = re.IGNORECASE
_STARTS: Final = re.compile(
    r"(?:^|[,;:\u2013\u2014-] ?|\b(?:and|but|so|because|since|that|yes|well|oh|hey|hi|honestly|"
    r"now|btw|as|though|these days|nowadays|today|currently|lately|for me|by now|since then)[ "
    r",]+)(?=\w)",
    _I,
)


def idioms(rows: Rows, text: str, span: Span, words: frozenset[str]) -> Iterator[Idiom]:
    """The turns of phrase of one sentence, of which these are the words."""
    plain = text.replace("\u2019", "'")
    low = plain[slice(*span)].lower()
    tried: set[int] = set()
    for stem in sorted(rows.whole.keys() & {word[:STEM] for word in words}):
        for key, whole in rows.whole[stem]:
            if id(whole) not in tried and key in low:
                tried.add(id(whole))
                found = _whole(whole, text, plain, span)
                yield from (one for one in found if _is_mine(one, plain, span))
    if "my" in words or "our" in words:
        yield from _inverse(rows, text, span)
    yield from favourites(text, plain, span)
    yield from contacts(rows, text, plain, span)
    yield from amounts_said(rows, text, plain, span)
    if _COSTS.search(low):
        yield from _prices(text, span)


_MYSELF: Final = re.compile(r"\b(?:i|i'm|i've|i'd|me|my|mine|we|us|our|ours)\b", _I)
_SOMEBODY: Final = re.compile(
    r"\b(?:he|she|they|his|her|their|he's|she's|they're|(?:my|our|the|a|an|one|some|this) "
    r"(?:[\w-]+ ){0,2}?(?:"
    + "|".join(
        sorted(
            (re.escape(noun) for noun, one in RELATIONS.items() if not one.animal),
            key=len,
            reverse=True,
        )
    )
    + r"|colleague|guy|girl|man|woman|lady|hairdresser|barber|neighbou?r|student|client|"
    r"customer|plumber|guest|boy|kid|person|people|someone|somebody|character|actor|singer|"
    r"author|family))\b|\b(?:you|your|you're)\b",
    _I,
)
_NOT_OWNED: Final = frozenset(
    "house flat apartment place condo home cottage cabin garden car van truck shop bakery "
    "restaurant cafe business farm".split()
)


def _is_mine(one: Idiom, plain: str, span: Span) -> bool:
    """Whether it is said of the speaker: by a word of the first person, or of nobody else."""
    if one.row.name == "owns" and one.value.text.lower().split(" ")[-1] in _NOT_OWNED:
        return False
    before = plain[span[0] : one.start]
    inside = plain[one.start : max(one.end, one.value.end)]
    if _MYSELF.search(inside):
        return True
    return _SOMEBODY.search(f"{before} {inside}") is None


def _whole(whole: Whole, text: str, plain: str, span: Span) -> Iterator[Idiom]:
    start, end = span
    if whole.head is not None:
        for head in whole.head.finditer(plain, start, end):
            groups = head.groupdict()
            begin = head.start("at") if groups.get("at") is not None else head.start()
            found = list(_headed(whole, text, plain, (begin, head, end)))
            yield from found
            if found:
                return
        return
    assert whole.tail is not None
    tail = whole.tail.search(plain, start + 1, end)
    if tail is None:
        return
    for place in [start, *(m.end() for m in _STARTS.finditer(text, start, tail.start()))]:
        found_values = whole.read(text, place, tail.start())
        if found_values and found_values[-1].end == tail.start():
            past = bool(tail.groupdict().get("was"))
            for value in found_values if whole.row.several else found_values[:1]:
                yield _idiom(whole, value, place, tail.end(), past=past)
            return


def _headed(
    whole: Whole, text: str, plain: str, where: tuple[int, re.Match[str], int]
) -> Iterator[Idiom]:
    """The values after the head that was found, which says something from `begin` on."""
    begin, head, end = where
    groups = head.groupdict()
    if "none" in groups:
        nothing = Value("", head.end(), head.end())
        yield Idiom(whole.row, nothing, begin, head.end(), "ends", "past")
        return
    if groups.get("word"):
        word = text[slice(*head.span("word"))]
        yield _idiom(whole, Value(word, *head.span("word")), begin, head.end())
        return
    for value in whole.read(text, head.end(), end)[: None if whole.row.several else 1]:
        tail = whole.tail.match(plain, value.end, end) if whole.tail is not None else None
        if whole.tail is None or tail is not None:
            stop = tail.end() if tail is not None else value.end
            yield _idiom(whole, value, begin, stop, past=bool(groups.get("was")))


def _idiom(
    whole: Whole, value: Value, start: int, stop: int, *, past: bool = False
) -> Idiom:  # fmt: skip
    tense = "present" if whole.aspect == "state" and not past else "past"
    return Idiom(whole.row, value, start, stop, whole.aspect, tense)


_MINE: Final = re.compile(
    r"\s+(?P<be>is|are|was|were|has been|'s|is now|remains|became|has become)\s+(?:(?:still|now|"
    r"definitely|by far|easily|probably|actually|always|currently|officially|also|hands down|"
    r"truly|really)\s+)*(?:my|our)\s+(?P<all>all[- ]time\s+|absolute\s+|new\s+|current\s+|old\s+|"
    r"former\s+|first\s+)*(?P<fav>favou?rite\b|fave\b|fav\b)?\s*(?P<noun>[a-z][\w-]*(?: "
    r"[a-z][\w-]*){0,2}?)(?: of all time| ever| right now| at the moment| these days| now| so "
    r"far| by far)?\s*(?=[.,!;)]|$|and\b|because\b|but\b)",
    _I,
)
_BUT_FIRST: Final = re.compile(r"(?:^|[,;:] |\b(?:and|but|so|because|that|well|oh|yes) )(?=\w)", _I)
_DEICTIC: Final = re.compile(
    r"(?:it|this|that|these|those|he|she|they|what|which|who|there|here|you|one)\b", _I
)


def _inverse(rows: Rows, text: str, span: Span) -> Iterator[Idiom]:
    """ "Dune is my favourite book", "Porto is my hometown"."""
    for mine in _MINE.finditer(text, *span):
        noun = mine["noun"].lower()
        row = favourite_of(noun) if mine["fav"] else rows.nouns.get(noun)
        if (
            row is None
            or noun.split(" ")[0] in ("thing", "part", "one", "things", "moment")
            or noun in RELATIONS
        ):
            continue
        begins = [
            m.end() for m in _BUT_FIRST.finditer(text, span[0], mine.start()) if m.end() >= span[0]
        ]
        start = begins[-1] if begins else span[0]
        if _DEICTIC.match(text, start):
            continue
        found = free(text, start, mine.start())
        if found and found[0].end == mine.start() and found[0].start <= start + 4:
            past = mine["be"].lower() in ("was", "were") or (mine["all"] or "").lower().strip() in (
                "old",
                "former",
            )
            yield Idiom(row, found[0], start, mine.end(), tense="past" if past else "present")


_COSTS: Final = re.compile(
    r"[\u20ac$\u00a3\u00a5\u20b9]|\b(?:euros?|dollars?|bucks|pounds?|quid|yen|francs?|usd|eur|"
    r"gbp|price|cost)\b"
)
_PAID: Final = re.compile(
    r"\b(?:i|we)(?:'ve| have| had to| ended up| just| only| actually|'d)* (?:paid|paying|spent|"
    r"forked out|shelled out|dropped|splurged|blew)\s+",
    _I,
)
_FOR: Final = re.compile(
    r"\s+(?:in total |altogether |all in all )?(?:for|on)\s+(?=(?:my|our|the|a|an|this|that|new|"
    r"two|\w+)\b)",
    _I,
)
_BOUGHT: Final = re.compile(
    r"\b(?:i|we)(?:'ve| have| just| finally| recently)* (?:bought|got|picked up|purchased|"
    r"ordered|found|snagged|scored)\s+(?:myself |ourselves )?(?=(?:my|our|the|a|an|this|that)\b)",
    _I,
)
_AT: Final = re.compile(
    r"\s+(?:\w+ )?(?:for|at)\s+(?=(?:only |just |about |around |under |over "
    r")*[\d\u20ac$\u00a3\u00a5\u20b9])",
    _I,
)
_COST: Final = re.compile(
    r"\b(?:the|my|our)\s+(?:new |old |used )?(?P<what>[a-z][\w-]*(?: "
    r"[a-z][\w-]*){0,2}?)\s+(?:only |just |really )?(?:cost|costs|was|came to|set (?:me|us) back|"
    r"is going to cost|ended up costing)\s+(?:me |us )?",
    _I,
)
_PRICE_OF: Final = re.compile(
    r"\b(?:the )?price (?:of|for) (?:the|my|our) (?P<what>[\w -]{2,30}?) (?:is|was|went up to|"
    r"dropped to) (?:now )?",
    _I,
)
_BUDGET: Final = re.compile(
    r"\b(?:my|our|the|a) budget (?:for|of) (?P<for>(?:the|my|our|a|this) )?(?P<what>[\w "
    r"-]{2,30}?) (?:is|was|of) (?:now )?",
    _I,
)
_BUDGETED: Final = re.compile(r"\b(?:a|our|my|the) budget of\s+", _I)
_FOR_WHAT: Final = re.compile(r" for (?:the|our|my|a) (?P<what>[\w-]+(?: [\w-]+)?)", _I)
_NO_PRICED: Final = frozenset(
    "would will could should price prices cost costs total fee it that which who they he she "
    "amount bill original regular usual".split()
)
_NO_THING: Final = frozenset(
    ("rent", "it", "that", "this", "them", "lunch", "dinner", "coffee", "salary", "year", "month")
)


def _prices(text: str, span: Span) -> Iterator[Idiom]:
    """What something cost: "I paid 300 euros for the bike"; the attribute names the thing."""
    start, end = span
    money, price = AMOUNTS["money"], AMOUNTS["price"]
    for match in _PAID.finditer(text, start, end):
        for value in money(text, match.end(), end)[:1]:
            after = _FOR.match(text, value.end, end)
            what = thing(text, after.end(), end) if after else []
            if what:
                yield from _priced(what[0].text, value, match.start(), what[0].end)
    for match in _BOUGHT.finditer(text, start, end):
        for bought in thing(text, match.end(), end)[:1]:
            at = _AT.match(text, bought.end, end)
            for value in money(text, at.end(), end)[:1] if at else ():
                yield from _priced(bought.text, value, match.start(), value.end)
    for match in [*_COST.finditer(text, start, end), *_PRICE_OF.finditer(text, start, end)]:
        for value in money(text, match.end(), end)[:1]:
            yield from _priced(match["what"], value, match.start(), value.end)
    for match in _BUDGETED.finditer(text, start, end):
        for value in price(text, match.end(), end)[:1]:
            after = _FOR_WHAT.match(text, value.end, end)
            if after is not None:
                row = Attribute(f"budget for the {after['what'].lower()}", "price")
                yield Idiom(row, value, match.start(), after.end())
    for match in _BUDGET.finditer(text, start, end):
        for value in price(text, match.end(), end)[:1]:
            row = Attribute(f"budget for the {match['what'].lower()}", "price")
            yield Idiom(row, value, match.start(), value.end)


def _priced(what: str, value: Value, start: int, end: int) -> Iterator[Idiom]:
    noun = what.lower()
    if not _NO_PRICED.isdisjoint(noun.split(" ")):
        return
    if noun.split(" ")[-1] not in _NO_THING and noun not in _NO_THING:
        yield Idiom(Attribute(f"price of the {noun}", "price"), value, start, end)
