"""Favourites, in the many ways people name one: "as for films, my favourite is Dune"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from memkit.extract.attributes import Attribute
from memkit.extract.idiom import Idiom
from memkit.extract.relations import RELATIONS
from memkit.extract.sentences import Span
from memkit.extract.slots_things import free
from memkit.extract.values import Value
from memkit.extract.words import listed

__all__ = ["favourite_of", "favourites"]

_I: Final = re.IGNORECASE
_FAV: Final = r"(?:favou?rite|fave?)"
_MY: Final = r"(?:my|our)(?: (?:all[- ]time|absolute|personal|very|new|current|old|number one))*"
_KIND: Final = r"(?P<kind>[^\W\d_][\w-]*(?: [^\W\d_][\w-]*){0,2}?)"
_AGES: Final = (
    r"(?: (?:of all time|of all|ever|right now|now|today|still|as of now|at the moment|these "
    r"days|nowadays|by far|so far|in the world|overall|to eat|to read|to watch|to do|to cook|to "
    r"visit|to play))*"
)
_SURE: Final = (
    r"(?:(?:definitely|probably|still|now|currently|always|actually|easily|hands down|by far|"
    r"without a doubt|no contest|of course|obviously|certainly|officially|simply|clearly|called|"
    r"forever|honestly|surely),? )*"
)
_IS: Final = (
    r"(?:is and (?:remains|always will be|will always be|will be|always has been)|is|'s|are|was "
    r"always|has always been|has long been|will always be|would be|would have to be|'d have to "
    r"be|has to be|must be|remains|has become|became|stays|has got to be|'s got to be|happens to "
    r"be|turns out to be|goes by the name of)"
)
_AFTER: Final[tuple[re.Pattern[str], ...]] = tuple(
    re.compile(said, _I)
    for said in (
        # The kind first, then the favourite of it.
        rf"\b(?:as for|when it comes to|in terms of|speaking of|of all(?: the)?|out of all(?: "
        rf"the)?|among(?: all)?(?: the)?|regarding|for|with|on the subject of|talking (?:about|"
        rf"of)) {_KIND},? {_MY} {_FAV}(?: one)? {_IS} {_SURE}",
        rf"^\W*{_KIND}[-\s]wise,? {_MY} {_FAV}(?: one)? {_IS} {_SURE}",
        # "My favourite film? Dune."; "favourite film: Dune"
        rf"\b(?:{_MY} )?{_FAV} {_KIND}{_AGES}\s*[?:\u2013\u2014-]+\s+(?:that's|it's|that'd be|"
        rf"that would be|that is|it is|it has to be|has to be|easy,?|easily,?)?\s*{_SURE}",
        # "my favourite film used to be Alien, now it's Dune"
        rf"\b{_MY} {_FAV} {_KIND}{_AGES} (?:used to be|was|isn't|is not|is no longer|"
        rf"wasn't)\b[^.;]{{2,60}}?[,;]? (?:but |and )?(?:now(?:adays)?(?: it'?s| it is|,? it's)?|"
        rf"these days (?:it's|it is)|it's(?: now)?|it is(?: now)?|today it's|it has become|has "
        rf"become)\s+{_SURE}",
        # "I have a new favourite film: Dune"
        rf"\b(?:(?:i|we)(?:'ve| have)?(?: got| have| found)? )?(?:a |my )?new {_FAV} "
        rf"{_KIND}{_AGES}(?:\s*[:,\u2013\u2014-]\s*|(?: is|'s| called| in)\s+){_SURE}",
        # "I'd say my favourite film is Dune"
        rf"\b(?:i'd say|i would say|i think|i guess|i'd have to say|let me tell you,?|as you "
        rf"know,?|you know,?|tell you what,?|honestly,?|if you ask me,?|if you must know,?|truth "
        rf"be told,?) (?:that )?(?P<at>{_MY} {_FAV}) {_KIND}{_AGES} {_IS} {_SURE}",
        rf"\b(?P<at>(?:i|we) (?:would |'d )?(?:pick|choose|count|consider|rate|rank|vote for|"
        rf"name|call)) (?=(?P<value>[^.,;]{{2,40}}?) (?:as )?{_MY} {_FAV} "
        rf"{_KIND}{_AGES}\s*(?:[.,!;]|$))",
        rf"\b{_MY} (?:number one|no\. ?1|go-to|top|preferred) {_KIND}{_AGES} {_IS} {_SURE}",
        rf"\b{_MY} {_KIND} of choice{_AGES} {_IS} {_SURE}",
        rf"\b(?:the )?{_KIND} (?:that )?(?:i|we) (?:like|love|enjoy|adore|prefer) (?:the "
        rf")?(?:most|best)(?: of all)?{_AGES} {_IS} {_SURE}",
        rf"\b(?:if i (?:had|have) to (?:pick|choose|name) (?:a|one|just one|my|a single|any) "
        rf"(?:{_FAV} )?{_KIND},? (?:it'd be|it would be|i'd (?:say|pick|choose|go (?:for|with)|"
        rf"take|name)|it's|it has to be|that'd be|that would be|i'd have to say)) {_SURE}",
        rf"\b(?:no|not a single) (?:other )?{_KIND} (?:beats|comes close to|tops|can beat|"
        rf"compares to|is better than|will ever beat|can top|holds a candle to) {_SURE}",
        rf"\b(?:the )?best {_KIND}{_AGES},? (?:for me|to me|in my (?:opinion|book|eyes)|if you "
        rf"ask me),? {_IS} {_SURE}",
        rf"\b(?:for me|to me|in my (?:opinion|book|eyes)),? (?:the )?best {_KIND}{_AGES} {_IS} "
        rf"{_SURE}",
        rf"\b(?:among|of|out of)(?: all)?(?: the)? {_KIND},? (?:i|we) (?:like|love|prefer|enjoy) "
        rf"(?=(?P<value>[^.,;]{{2,40}}?) (?:the )?(?:most|best)\b)",
        rf"\b(?:when it comes to|as far as|as for|of all(?: the)?|among(?: all)?(?: the)?|in "
        rf"terms of|out of all(?: the)?|regarding|with|for|speaking of|if it's about) {_KIND}(?: "
        rf"go| goes| are concerned| is concerned)?, (?=(?P<value>[^.,;]{{2,40}}?),? (?:(?:is|are|"
        rf"'s|has always been|will always be|remains|stays) {_SURE}(?:{_MY} )?(?:{_FAV}\b(?! "
        rf"[a-z])|the best\b|number one|no\. 1|unbeatable|unbeaten|unrivalled|the one for me|at "
        rf"the top)|wins|takes the (?:cake|crown|prize)|tops (?:them all|my list|the list)|beats "
        rf"(?:them all|everything)))",
        rf"\b(?:when it comes to|as far as|as for|of all(?: the)?|in terms of|regarding) "
        rf"{_KIND}(?: go| goes| are concerned)?, (?:nothing|none) (?:beats|comes close to|tops|"
        rf"compares to) {_SURE}",
        rf"\b(?:i|we) (?:like|love|prefer|enjoy) (?=(?P<value>[^.,;]{{2,40}}?) (?:the )?(?:best|"
        rf"most) (?:of|among|out of) (?:all )?(?:the )?{_KIND}\s*(?:[.,!;]|$))",
        rf"\b{_MY} {_FAV} {_KIND}{_AGES} (?:is|was) (?:no longer|not) [^.,;]{{2,40}}? but (?:now "
        rf")?{_SURE}",
        rf"\b{_MY} {_FAV} {_KIND} (?:has )?changed(?: from [^.,;]{{2,40}}? to |[:,;]? (?:it's |"
        rf"it is |now |and )+){_SURE}",
        rf"\b{_MY} {_FAV} {_KIND},? (?:i|we|i'll|i'd)(?: always| usually)? (?:say|answer|reply|"
        rf"pick|name|choose|mention):? {_SURE}",
        rf"\b(?:the )?top of (?:my|our) list of {_KIND} (?:is|sits|stands) {_SURE}",
        rf"\b(?P<at>{_MY} {_FAV}) (?:among|of|out of) (?:all )?(?:the )?{_KIND}{_AGES} {_IS} "
        rf"{_SURE}",
        rf"\b(?P<at>{_MY} {_FAV}) {_KIND}{_AGES}(?:, [\w ]{{2,24}},)? {_IS} {_SURE}",
    )
)
"""What leads to the favourite, with its kind in the group `kind`."""
_BEFORE: Final[tuple[re.Pattern[str], ...]] = tuple(
    re.compile(said, _I)
    for said in (
        rf",? (?:{_IS}|'ll always be|will remain|counts as) {_SURE}(?:one and only )?{_MY} "
        rf"{_FAV} {_KIND}{_AGES}(?: (?:after all these years|by a (?:mile|long way|long shot|"
        rf"country mile)|to this day|as always|without (?:a )?(?:doubt|question)|no question|bar "
        rf"none|hands down|and always (?:will|has)|for sure|since|in (?:years|ages|ages)|if you "
        rf"ask me|of the lot|of them all|of the bunch|out there|for ages|for years|you "
        rf"know))*(?=\s*(?:[.,!;)]|$|and\b|because\b|but\b|so\b|as\b|after\b|by\b|to this\b|"
        rf"since\b|with\b|when\b|even\b|though\b|in\b))",
        rf",? (?:that's|that is|it's|which is|that one's|it is|no doubt|my|hands down|by far)? "
        rf"?{_SURE}{_MY} {_FAV} {_KIND}{_AGES}(?: by (?:a mile|far|miles|a long "
        rf"way))?(?=\s*(?:[.,!;)]|$|and\b|because\b|but\b))",
        rf" (?:has |have )?(?:just |now |recently )?(?:replaced|overtaken|overtook|dethroned|"
        rf"ousted|beaten|beat|displaced|pushed|toppled|knocked|taken over from|supplanted|"
        rf"surpassed|superseded)[^.,;]{{2,44}}? as {_MY} {_FAV} {_KIND}(?=\s*(?:[.,!;)]|$))",
        rf" (?:tops|leads|heads) (?:my|our) list of (?:{_FAV} )?{_KIND}(?=\s*(?:[.,!;)]|$))",
        rf" is (?:the|my) (?:best )?{_KIND} (?:that )?(?:i|we) (?:like|love|enjoy|adore) (?:the "
        rf")?(?:best|most)(?: of all)?(?=\s*(?:[.,!;)]|$))",
        rf",? (?:is|that's) my (?:number one|go-to|top|preferred) {_KIND}{_AGES}(?=\s*(?:[.,!;)]|"
        rf"$))",
    )
)
"""What follows the favourite."""
_STARTS: Final = re.compile(
    r"(?:^|[,;:.\u2013\u2014] |\b(?:and|but|because|that|well|oh|yes|it's|it is|say|says|me|me "
    r"is|think|guess|still|say that|as|doubt|nowadays|lately|these days|by now|right now|today|"
    r"currently|clearly|obviously|honestly|personally|definitely|since then|apparently|down),? "
    r")(?=\w)",
    _I,
)
_DEICTIC: Final = re.compile(
    r"(?:it|it's|this|that|that's|these|those|he|she|they|what|which|who|there|here|you|one|for "
    r"me|my|our|for|by|as|in|of|and|but|i|to)\b",
    _I,
)
_NO_KIND: Final = listed(
    "thing part one moment memory way day time place of spot bit things parts ones moments "
    "memories person people subject pastime i you"
)
_PLURAL: Final = {
    "movies": "movie", "cities": "city", "hobbies": "hobby", "countries": "country",
    "dishes": "dish", "activities": "activity", "berries": "berry", "candies": "candy",
    "series": "series", "sports": "sport", "colors": "colour", "colours": "colour",
    "color": "colour", "flavor": "flavour", "flavors": "flavour", "pastries": "pastry",
    "stories": "story", "sandwiches": "sandwich", "foods": "food", "movie": "movie",
}  # fmt: skip
_OTHERS: Final = re.compile(
    r"\b(?:his|her|their|your|(?!(?:that|it|what|here|there|where|who)'s)\w+'s)\s+(?:\w+ "
    r")?(?:favou?rite|fave?)\b",
    _I,
)
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
    r"\b(?:favou?rite|fave?|go-to|number one|of choice|best|most|top|preferred|beats|comes close|"
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
