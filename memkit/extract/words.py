"""Tokens with their places, and the closed word classes that the grammar of statements needs."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

__all__ = ["ADVERBS", "COMMON", "HEDGES", "Token", "is_name", "listed", "tokens"]


class Token(NamedTuple):
    """A word in lower case with a straight apostrophe, or a mark; [start, end) in the text."""

    low: str
    start: int
    end: int
    capital: bool


_TOKEN: Final = re.compile(
    r"\d+(?:[.,:/]\d+)*(?:st|nd|rd|th|k|m)?(?![^\W\d_])|[^\W_]+(?:[-&.@+'\u2019][^\W_]+)*|\S"
)
_ENDING: Final = re.compile(r"(?:n't|'(?:m|re|ve|ll|d|s))\Z")
_MERGED: Final = {
    "im": 1, "ive": 1, "dont": 2, "didnt": 3, "doesnt": 4, "isnt": 2, "wasnt": 3, "arent": 3,
    "werent": 4, "havent": 4, "hasnt": 3, "cant": 2, "wont": 2, "hes": 2, "shes": 3, "theyre": 4,
    "youre": 3, "thats": 4, "weve": 2, "theyve": 4, "couldnt": 5, "wouldnt": 5,
}  # fmt: skip
"""Contractions written without an apostrophe, and the length of their first part."""
_SECOND: Final = {
    "m": "'m", "ve": "'ve", "nt": "n't", "s": "'s", "re": "'re",
    "t": "n't",
}  # fmt: skip


def tokens(text: str, start: int, end: int) -> list[Token]:
    """The tokens of text[start:end]; "didn't" gives "did" and "n't", "Ana's" "ana" and "'s"."""
    found: list[Token] = []
    add = found.append
    for match in _TOKEN.finditer(text, start, end):
        word = match.group()
        low = word.lower()
        begin, stop = match.span()
        if low.isalpha() and low not in _MERGED:
            add(Token(low, begin, stop, word[0] != low[0]))
            continue
        low = low.replace("\u2019", "'")
        cut = begin + _MERGED[low] if low in _MERGED else stop
        if "'" in low:
            ending = _ENDING.search(low)
            cut = begin + ending.start() if ending else stop
        if cut > begin:
            add(Token(low[: cut - begin], begin, cut, word[0].isupper()))
        if cut < stop:
            rest = low[cut - begin :]
            add(Token(_SECOND.get(rest, rest), cut, stop, False))
    return found


def listed(words: str) -> frozenset[str]:
    """A set out of words parted by white space; "_" stands for a space inside one."""
    return frozenset(word.replace("_", " ") for word in words.split())


ADVERBS: Final = listed(
    "now currently still also just actually really finally already recently officially presently "
    "originally basically always only both all even very so pretty quite happily newly "
    "previously formerly once technically mostly mainly usually generally absolutely totally "
    "truly completely permanently temporarily proudly severely super extremely highly deathly "
    "seriously honestly simply literally definitely certainly obviously apparently primarily "
    "fully deeply terribly sadly luckily fortunately thankfully unfortunately ever lately since "
    "then too primarily first again eventually soon legally mildly slightly badly violently "
    "dangerously incredibly particularly especially quickly slowly successfully long-term "
    "full-time part-time kinda sorta mainly genuinely personally strictly mostly today nowadays"
)
HEDGES: Final = listed(
    "probably maybe perhaps possibly almost nearly supposedly allegedly hopefully presumably "
    "virtually apparently practically")  # fmt: skip

COMMON: Final = listed(
    "a an the this that these those it its it's there here what which who whom whose when where "
    "why how everyone everybody someone somebody nobody anyone anybody everything something "
    "nothing anything people folks kids guys one ones some many most much few several all both "
    "each every none other others another any either neither work life love home school college "
    "university and or but so because since though although while if unless until before after "
    "once as at by for from in into of off on onto out over to under up with without about above "
    "across against along among around behind below beneath beside between beyond during except "
    "inside like near past through throughout toward towards upon within yes no yeah yep nope "
    "nah ok okay sure well oh wow hey hi hello thanks thank congrats congratulations sorry "
    "please great good nice cool awesome amazing lovely sounds absolutely definitely exactly "
    "right true not never always sometimes often usually today tomorrow yesterday tonight now "
    "then later soon recently lately currently maybe perhaps actually honestly anyway also just "
    "even still only really very too again let let's do does did don't have has had is are was "
    "were be been being am will would can could should may might must i you he she we they me "
    "him her us them my your his our their mine yours hers ours theirs myself yourself glad "
    "happy excited sad first second third last next monday tuesday wednesday thursday friday "
    "saturday sunday january february march april may june july august september october "
    "november december morning afternoon evening night day week month year time fun fact fyi btw "
    "lol haha omg ps plus news update guess speaking moving living working having being getting "
    "going doing making taking looking feeling talking thinking dude man bro girl anyways "
    "meanwhile otherwise however therefore thus hence yet besides instead finally apparently "
    "luckily unfortunately sadly fortunately thankfully hopefully obviously clearly basically "
    "especially mostly nowadays once nothing whatever whenever wherever whoever ah aw aww ugh "
    "hmm mm uh um er oops ouch wait look listen see welcome cheers bye goodbye mum mom dad same "
    "different new old big small best worst better worse more less looks feels seems sounds "
    "tastes smells appears makes means goes comes takes gives gets keeps lets says turns love "
    "hate congrats loved got guess hope wish want need english french german spanish italian "
    "portuguese chinese japanese"
)
"""Words that are no name although a sentence begins with them."""


def is_name(text: str, token: Token, *, first: bool) -> bool:
    """Whether a token may be part of a proper name; `first`: it begins the sentence."""
    if not token.capital or not text[token.start].isalpha():
        return False
    if token.low in _CALENDAR:
        return False
    return token.low not in COMMON and (first or token.low not in _NEVER)


_CALENDAR: Final = listed(
    "monday tuesday wednesday thursday friday saturday sunday january february march april june "
    "july august september october november december mondays tuesdays wednesdays thursdays "
    "fridays saturdays sundays"
)
_NEVER: Final = listed(
    "i i'm i've i'd i'll ok okay lol omg btw fyi haha yes no the a an and my your his her our "
    "their it he she we you they this that im")  # fmt: skip
