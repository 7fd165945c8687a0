"""Favourites, in the many ways people name one: "as for films, my favourite is Dune"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from memkit.extract.attributes import Attribute
from memkit.extract.idiom import Idiom
from memkit.extract.relations import RELATIONS
from memkit.extract.sentences import Span
from memkit.extract.slots import free
from memkit.extract.values import Value
from memkit.extract.words import listed

__all__ = ["favourite_of", "favourites"]

_I: Final = re.IGNORECASE
_FAV: Final = r"(?:favou?rite|fave?)"
_MY: Final = r"(?:my|our)(?: (?:all[- ]time|absolute|personal|very|new|current|old|number one))*"
_KIND: Final = r"(?P<kind>[^\W\d_][\w-]*(?: [^\W\d_][\w-]*){0,2}?)"
_AGES: Final = (
    r"(?: (?:of all time|of all|ever|right now|now|today|still|as of now|at the moment|these "
    r"days|nowadays|by far|so far|in "
    r"the world|overall|to eat|to read|to watch|to do|to cook|to visit|to play))*"
)
_SURE: Final = (
    r"(?:(?:definitely|probably|still|now|currently|always|actually|easily|hands down|by far|"
    r"without a doubt|no contest|of course|obviously|certainly|officially|simply|clearly|called|"
    r"forever|honestly|surely),? )*"
)
_IS: Final = (
    r"(?:is|'s|are|was always|has always been|has long been|will always be|would be|would have to "
    r"be|'d have to be|has to be|must be|remains|has become|became|stays|has got to be|'s got to be"
    r"|happens to be|turns out to be|goes by the name of)"
)
_AFTER: Final[tuple[re.Pattern[str], ...]] = tuple(
    re.compile(said, _I)
    for said in (
        # The kind first, then the favourite of it.
        rf"\b(?:as for|when it comes to|in terms of|speaking of|of all(?: the)?|out of all(?: "
        rf"the)?|"
        rf"among(?: all)?(?: the)?|regarding|for|with|on the subject of|talking (?:about|of)) "
        rf"{_KIND},? {_MY} {_FAV}(?: one)? {_IS} {_SURE}",
        rf"^\W*{_KIND}[-\s]wise,? {_MY} {_FAV}(?: one)? {_IS} {_SURE}",
        # "My favourite film? Dune."; "favourite film: Dune"
        rf"\b(?:{_MY} )?{_FAV} {_KIND}{_AGES}\s*[?:\u2013\u2014-]+\s+(?:that's|it's|that'd be|"
        rf"that would be|that is|it is|it has to be|has to be|easy,?|easily,?)?\s*{_SURE}",
        # "my favourite film used to be Alien, now it's Dune"
        rf"\b{_MY} {_FAV} {_KIND}{_AGES} (?:used to be|was|isn't|is not|is no longer|wasn't)\b"
        rf"[^.;]{{2,60}}?[,;]? (?:but |and )?(?:now(?:adays)?(?: it'?s| it is|,? it's)?|these days "
        rf"(?:it's|it is)|"
        rf"it's(?: now)?|it is(?: now)?|today it's|it has become|has become)\s+{_SURE}",
        # "I have a new favourite film: Dune"
        rf"\b(?:(?:i|we)(?:'ve| have)?(?: got| have| found)? )?(?:a |my )?new {_FAV} {_KIND}{_AGES}"
        rf"(?:\s*[:,\u2013\u2014-]\s*|(?: is|'s| called| in)\s+){_SURE}",
        # "I'd say my favourite film is Dune"
        rf"\b(?:i'd say|i would say|i think|i guess|i'd have to say|let me tell you,?|as you "
        rf"know,?|"
        rf"you know,?|tell you what,?|honestly,?|if you ask me,?|if you must know,?|truth be "
        rf"told,?)"
        rf" (?:that )?(?P<at>{_MY} {_FAV}) {_KIND}{_AGES} {_IS} {_SURE}",
        rf"\b(?P<at>(?:i|we) (?:would |'d )?(?:pick|choose|count|consider|rate|rank|vote for|name|"
        rf"call)) "
        rf"(?=(?P<value>[^.,;]{{2,40}}?) (?:as )?{_MY} {_FAV} {_KIND}{_AGES}\s*(?:[.,!;]|$))",
        rf"\b{_MY} (?:number one|no\. ?1|go-to|top|preferred) {_KIND}{_AGES} {_IS} {_SURE}",
        rf"\b{_MY} {_KIND} of choice{_AGES} {_IS} {_SURE}",
        rf"\b(?:the )?{_KIND} (?:that )?(?:i|we) (?:like|love|enjoy|adore|prefer) (?:the )?(?:most|"
        rf"best)(?: of all)?{_AGES} {_IS} {_SURE}",
        rf"\b(?:if i (?:had|have) to (?:pick|choose|name) (?:a|one|just one|my|a single|any) "
        rf"(?:{_FAV} )?{_KIND},? (?:it'd be|it would be|i'd (?:say|pick|choose|go (?:for|with)|"
        rf"take|name)|it's|it has to be|that'd be|that would be|i'd have to say)) {_SURE}",
        rf"\b(?:no|not a single) (?:other )?{_KIND} (?:beats|comes close to|tops|can beat|"
        rf"compares to|"
        rf"is better than|will ever beat|can top|holds a candle to) {_SURE}",
        rf"\b(?:the )?best {_KIND}{_AGES},? (?:for me|to me|in my (?:opinion|book|eyes)|if you "
        rf"ask me),?"
        rf" {_IS} {_SURE}",
        rf"\b(?:for me|to me|in my (?:opinion|book|eyes)),? (?:the )?best {_KIND}{_AGES} {_IS} "
        rf"{_SURE}",
        rf"\b(?:among|of|out of)(?: all)?(?: the)? {_KIND},? (?:i|we) (?:like|love|prefer|enjoy) "
        rf"(?=[^.,;]{{2,40}}? (?:the )?(?:most|best)\b)",
    )
)
"""What leads to the favourite, with its kind in the group `kind`."""
_BEFORE: Final[tuple[re.Pattern[str], ...]] = tuple(
    re.compile(said, _I)
    for said in (
        rf",? (?:{_IS}|'ll always be|will remain|counts as) {_SURE}(?:one and only )?{_MY} {_FAV} "
        rf"{_KIND}{_AGES}(?: (?:after all these years|by a (?:mile|long way|long shot|country "
        rf"mile)|"
        rf"to this day|as always|without (?:a )?(?:doubt|question)|no question|bar none|hands "
        rf"down|and always (?:will|has)|for sure|since|in (?:years|ages|ages)|if you ask me|"
        rf"of the lot|of them all|of the bunch|out there|for ages|for years|you know))*"
        rf"(?=\s*(?:[.,!;)]|$|and\b|because\b|but\b|so\b|as\b|after\b|by\b|to this\b|since\b|"
        rf"with\b|when\b|even\b|though\b|in\b))",
        rf",? (?:that's|that is|it's|which is|that one's|it is|no doubt|my|hands down|by far)? ?"
        rf"{_SURE}{_MY} {_FAV} {_KIND}{_AGES}(?: by (?:a mile|far|miles|a long "
        rf"way))?(?=\s*(?:[.,!;)]"
        rf"|$|and\b|because\b|but\b))",
        rf" (?:tops|leads|heads) (?:my|our) list of (?:{_FAV} )?{_KIND}(?=\s*(?:[.,!;)]|$))",
        rf" is (?:the|my) (?:best )?{_KIND} (?:that )?(?:i|we) (?:like|love|enjoy|adore) (?:the "
        rf")?(?:best|"
        rf"most)(?: of all)?(?=\s*(?:[.,!;)]|$))",
        rf",? (?:is|that's) my (?:number one|go-to|top|preferred) {_KIND}{_AGES}(?=\s*(?:[.,!;)]|"
        rf"$))",
    )
)
"""What follows the favourite."""
_STARTS: Final = re.compile(
    r"(?:^|[,;:.\u2013\u2014] |\b(?:and|but|because|that|well|oh|yes|it's|it is|say|says|me|me is|"
    r"think|guess|still|say that|as) )(?=\w)",
    _I,
)
_DEICTIC: Final = re.compile(
    r"(?:it|it's|this|that|that's|these|those|he|she|they|what|which|who|there|here|you|one|for me|"
    r"my|our|for|by|as|in|of|and|but|i|to)\b",
    _I,
)
_NO_KIND: Final = listed(
    "thing part one moment memory way day time place of spot bit things parts ones moments "
    "memories "
    "person people subject pastime i you"
)
_PLURAL: Final = {
    "movies": "movie", "cities": "city", "hobbies": "hobby", "countries": "country",
    "dishes": "dish", "activities": "activity", "berries": "berry", "candies": "candy",
    "series": "series", "sports": "sport", "colors": "colour", "colours": "colour",
    "color": "colour", "flavor": "flavour", "flavors": "flavour", "pastries": "pastry",
    "stories": "story", "sandwiches": "sandwich", "foods": "food", "movie": "movie",
}  # fmt: skip
_OTHERS: Final = re.compile(r"\b(?:his|her|their|your|\w+'s)\s+(?:\w+ )?(?:favou?rite|fave?)\b", _I)
_NEGATED: Final = re.compile(r"\b(?:not|never|isn't|wasn't)\s*\Z", _I)


def favourites(text: str, plain: str, span: Span) -> Iterator[Idiom]:
    """The favourites that a sentence names; `plain` is the text with straight apostrophes."""
    start, end = span
    if not _CUE.search(plain, start, end) or _OTHERS.search(plain, start, end):
        return
    for pattern in _AFTER:
        match = pattern.search(plain, start, end)
        row = _row(match) if match else None
        if match is None or row is None:
            continue
        found = free(text, match.end(), end)
        if found and found[0].start <= match.end() + 4 and not _DEICTIC.match(plain, match.end()):
            stop = match.end("value") if match.groupdict().get("value") else found[0].end
            value = Value(text[found[0].start : stop], found[0].start, stop)
            groups = match.groupdict()
            begin = match.start("at") if groups.get("at") else match.start()
            yield Idiom(row, value, value.start if match.group()[:5].lower() == "if i " else begin,
                        value.end)  # fmt: skip
            return
    yield from _behind(text, plain, span)


def _behind(text: str, plain: str, span: Span) -> Iterator[Idiom]:
    """ "Dune is still my favourite film after all these years"."""
    start, end = span
    for pattern in _BEFORE:
        match = pattern.search(plain, start + 1, end)
        row = _row(match) if match else None
        if match is None or row is None or _NEGATED.search(plain, start, match.start()):
            continue
        begins = [start, *(m.end() for m in _STARTS.finditer(plain, start, match.start()))]
        for place in reversed(begins):
            if _DEICTIC.match(plain, place):
                continue
            found = free(text, place, match.start())
            if found and found[0].end == match.start() and found[0].start <= place + 4:
                yield Idiom(row, found[0], found[0].start, match.end())
                return


_CUE: Final = re.compile(
    r"\b(?:favou?rite|fave?|go-to|number one|of choice|best|the most|top|preferred|beats|comes "
    r"close|"
    r"tops|to pick|to choose)\b",
    _I,
)


def _row(match: re.Match[str]) -> Attribute | None:
    return favourite_of(match["kind"])


def favourite_of(kind: str) -> Attribute | None:
    """The attribute of a favourite of this kind, in the singular; None for what is no kind."""
    words = kind.lower().split(" ")
    for tail in ("of all time", "of all", "right now", "these days", "ever", "so far", "by far"):
        if " ".join(words).endswith(f" {tail}"):
            words = " ".join(words).removesuffix(f" {tail}").split(" ")
    if not words or words[0] in _NO_KIND or words[-1] in _NO_KIND or words[-1] in RELATIONS:
        return None
    if words[0] in ("the", "a", "my", "all", "is", "was", "and", "to"):
        return None
    last = words[-1]
    if last in _PLURAL:
        words[-1] = _PLURAL[last]
    elif last.endswith("s") and not last.endswith(("ss", "us", "is")) and len(last) > 4:
        words[-1] = last[:-1]
    return Attribute(f"favourite {' '.join(words)}", "free")
