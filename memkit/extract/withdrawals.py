"""What is taken back by its topic: "forget what I said about living in Porto".

Who takes something back names it by its doing ("about being a nurse"), or repeats it ("it isn't
true that I live in Porto"). The topic, put as a statement in the same place of the text, is read
as any statement is; what it would claim is what no longer counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from memkit.extract.sentences import Span
from memkit.extract.verbs import FORMS, ING

__all__ = ["expired", "in_earnest", "restated", "takes_back"]

_I: Final = re.IGNORECASE
_OUTRIGHT: Final = re.compile(
    r"\b(?:forget|disregard|ignore|scratch|strike|scrap|erase|delete|never ?mind|retract|"
    r"withdraw|tak(?:e|ing) (?:it |that |this |everything |all )?back|took (?:it |that )?back|"
    r"ma(?:de|ke|king) (?:it|that|this|things|stuff|all|the \w+|everything)? ?(?:of )?(?:that "
    r")?up|jok(?:e|es|ed|ing)|kidd(?:ing|ed)|pull(?:ed|ing)? your leg|having you on|had you on|"
    r"wind(?:ing)? you up|wound you up|mess(?:ing|ed)? (?:with you|around|about)|teas(?:e|ing)|"
    r"fib(?:bed|bing)?|lied|lie|lying|(?:not|\w+n't|never|no longer|nothing) (?:\w+ "
    r"){0,3}?(?:true|serious|seriously|real|believed)|untrue|fiction|fictional|nonsense|rubbish|"
    r"no truth|invented|prank|hoax|bluff\w*|come clean|(?:don't|do not|never) believe|pinch of "
    r"salt|grain of salt|pretend|sarcas\w+)\b",
    _I,
)
_WRONGLY: Final = re.compile(
    r"\b(?:wrong|mistake|mistaken|error|false|incorrect|exaggerat\w+|remove|drop|discard|cancel|"
    r"undo|(?:not|\w+n't|never) (?:\w+ ){0,3}?(?:right|so|the case|correct|accurate|happen\w*|"
    r"mean\w*|have said|have told)|no longer)\b",
    _I,
)
_SAID: Final = re.compile(
    r"\b(?:said|told|tell|wrote|mentioned|claimed|shared|comments?|remarks?|messages?|bit|part|"
    r"thing|story|stuff|statement|was wrong about|know about me)\b",
    _I,
)
_IN_EARNEST: Final = re.compile(
    r"\b(?:not|\w+n't|never|no) (?:just |only |even |really )?(?:jok\w+|kidding|lying|a joke|a "
    r"lie|making|made|messing|pulling|pretending|forget|wrong)\b|\bno (?:joke|lie|kidding)\b",
    _I,
)
_OTHERS: Final = re.compile(r"\b(?:he|she|they|he's|she's|they're|people|everyone|somebody)\b", _I)
_MINE: Final = re.compile(r"\b(?:i|i'm|i've|i'd|my|me|please|let's)\b", _I)
_TOPIC: Final = re.compile(
    r"(?:\A|(?<=[,:] )|\b(?:about|that|with|regarding|on|concerning|when i (?:said|told you|"
    r"wrote|claimed|talked|spoke|mentioned)|said|saying|claiming|mentioned|like)\s+)(?:that |"
    r"about |me |us |my |actually |really )*(?P<doing>[a-z]{2,}ing)\b",
    _I,
)
_CLAUSE: Final = re.compile(
    r"\b(?:that|how|said|saying|claimed|claiming|wrote|told you|mentioned|pretended)(?: that)? "
    r"(?P<clause>(?:i|i'm|i\u2019m|i've|i\u2019ve|my|we)\b (?!said|told|wrote|mentioned|was "
    r"(?:jok|kid|ly|teas|wrong|just|only)|made|lied))",
    _I,
)
_STOP: Final = re.compile(
    r"[.;:!?\u2013\u2014]|,(?!\d)|\s+(?=(?:is|was|isn|isn't|isn\u2019t|wasn|wasn't|wasn\u2019t|"
    r"were|turned|never|because|i|it|and i|but|that|to tease|with a (?:pinch|grain)|from (?:the "
    r"record|memory|your)|earlier|before|yesterday|just now|the other day|by the way|please|ok|"
    r"okay|has|had|out)\b)",
    _I,
)
_EXPIRED: Final = re.compile(
    r"\b(?:no longer|not|\w+n't) (?:\w+ )?(?:true|the case|so|correct|valid|up to "
    r"date)\b(?=.{0,12}\b(?:any ?more|any longer|now)\b)|\bno longer (?:\w+ )?(?:true|the case|"
    r"so|correct|valid|up to date)\b|\b(?:is|'s) (?:over|history|in the past|out of date|"
    r"outdated)\b",
    _I,
)


def takes_back(text: str, span: Span) -> bool:
    """Whether the words at `span` take something back that the speaker said."""
    said = text[slice(*span)].replace("\u2019", "'")
    if len(said) > 200 or in_earnest(text, span):
        return False
    return bool(_OUTRIGHT.search(said) or (_WRONGLY.search(said) and _SAID.search(said)))


def in_earnest(text: str, span: Span) -> bool:
    """Whether the words say that the speaker meant it, or that others did not."""
    said = text[slice(*span)].replace("\u2019", "'")
    if _IN_EARNEST.search(said):
        return True
    return _OTHERS.search(said) is not None and _MINE.search(said) is None


def expired(text: str, span: Span) -> bool:
    """Whether the words tell that something was so and is no longer: "that's no longer true"."""
    return _EXPIRED.search(text[slice(*span)].replace("\u2019", "'")) is not None


def restated(text: str, span: Span) -> Iterator[tuple[str, Span]]:
    """The topics named at `span` as statements: the text up to there, and the statement's span.

    "About living in Porto" is "I live in Porto", every character of it at its own place.
    """
    start, end = span
    for match in _TOPIC.finditer(text, start, end):
        doing = match["doing"].lower()
        lemma = next((one for one, kind in FORMS.get(doing, ()) if kind == ING), "")
        head = "I am" if lemma == "be" else f"I {lemma}"
        stop = match.end("doing")
        if lemma and len(head) <= stop:
            yield _put(text, head, stop, _until(text, stop, end))
    for match in _CLAUSE.finditer(text, start, end):
        begin = match.start("clause")
        yield _put(text, "", begin, _until(text, match.end(), end))


def _until(text: str, begin: int, end: int) -> int:
    stop = _STOP.search(text, begin, end)
    return stop.start() if stop else end


def _put(text: str, head: str, at: int, stop: int) -> tuple[str, Span]:
    """The text with `head` right before `at`, nothing before that, and nothing after `stop`."""
    begin = at - len(head)
    return f"{' ' * begin}{head}{text[at:stop]}.", (begin, stop + 1)
