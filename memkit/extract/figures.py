"""Figures about the speaker, told by what is counted: addresses, sizes, pay, the way to work.

An address of mail can be nothing else, nor can 91 kg beside "the scales": here the figure is found
first, and then whether the sentence says that it is the speaker's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from memkit.extract.amounts import READERS
from memkit.extract.attributes import Rows
from memkit.extract.idiom import Idiom
from memkit.extract.sentences import Span

__all__ = ["amounts_said", "contacts"]

_I: Final = re.IGNORECASE
_EMAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE: Final = re.compile(r"(?<![\w@.,$\u20ac\u00a3/-])\+?\(?\d[\d ()./-]{5,18}\d(?![\d\w@%])")
_ME: Final = re.compile(r"\b(?:i|i'm|i've|i'd|i'll|me|my|mine|we|our|us)\b", _I)
_OWNERLESS: Final = re.compile(
    r"\W*(?:(?:btw|fyi|ok|okay|so|oh|hey|also|note|update|ps|for (?:the )?(?:record|records|"
    r"file)|for your (?:records|files)|and|here|here's|the),? ?[:,]?\s*)*(?:new |current |"
    r"updated |private |personal |work |main |best |correct |right )*(?:e-?mail|mail|phone|"
    r"mobile|cell|number|tel|telephone|contact|inbox|address|call|text|ring|write|reach|use|send|"
    r"dial|whatsapp|sms|save|reachable|best way|landline|handy|you can|you'll|it's|drop|ping|try|"
    r"put|note|store|change|please|from now on|as of)\b",
    _I,
)
_OTHERS: Final = re.compile(
    r"\b(?:his|her|their|its|your|company|office's|support|customer|hotline|info desk|landlord|"
    r"reception|helpdesk|help desk|plumber|doctor|dentist|clinic|restaurant|hotel|shop|store|"
    r"bank|garage|school's|order|tracking|invoice|account|booking|reference|ticket|serial|policy|"
    r"card|case|iban|flight|isbn|passport|licen[cs]e|model|(?:my|our) (?:\w+ )?(?:mother|mom|mum|"
    r"father|dad|sister|brother|wife|husband|partner|girlfriend|boyfriend|friend|boss|colleague|"
    r"manager|daughter|son|aunt|uncle|cousin|neighbou?r|landlord|landlady|lawyer|assistant|niece|"
    r"nephew|team|teacher|therapist)(?:'s|s'|\b)|(?-i:[A-Z][a-z]+)'s (?:e-?mail|mail|number|"
    r"phone|mobile|cell|address))\b",
    _I,
)
_TO_OTHERS: Final = re.compile(
    r"\b(?:call|text|ring|phone|dial|reach|e-?mail|mail|contact|message|write(?: to)?|try|ask|"
    r"ping) (?:him|her|them|the|your|his|their|it|a|(?-i:[A-Z])[a-z]+)\b(?! (?:call|text|line))",
    _I,
)
_OVER: Final = re.compile(
    r"\b(?:not|old|no longer|instead of|rather than|formerly|used to be|was|isn't|previous|"
    r"former|from|replaces|replaced|don't use|stop using|never|and not|goodbye to)(?: \w+)? "
    r"?(?:(?:e-?mail|mail|address|number|phone|one)(?: is| was)?)?[\s:,(]*\Z",
    _I,
)
_GONE: Final = re.compile(
    r"\s*(?:(?:is|was) (?:no longer|my old|old|dead|gone|not)|isn't|doesn't work|no longer|won't|"
    r"any ?more|has been (?:shut|closed|deleted|cut off|disconnected))",
    _I,
)
_CALLING: Final = re.compile(
    r"\b(?:phone|number|mobile|cell|cellphone|call|calls|ring|text|texts|reach|reachable|dial|"
    r"line|whatsapp|sms|contact|telephone|tel|landline|digits|message|signal|voicemail|phoning|"
    r"calling|texting|get (?:hold|a hold) of me|get me|extension|sim|handset|buzz|shout)\b",
    _I,
)


def contacts(rows: Rows, text: str, plain: str, span: Span) -> Iterator[Idiom]:
    """Where the speaker is reached: an address of mail, a number of a phone."""
    start, end = span
    if not (any(c in "@0123456789" for c in plain[start:end])):
        return
    for name, pattern in (("email", _EMAIL), ("phone", _PHONE)):
        row = rows.names.get(name)
        found = list(pattern.finditer(plain, start, end))
        if row is None or not found or not _is_own(plain, span, found[-1].start()):
            continue
        if name == "phone" and not _is_number(plain, span, found):
            continue
        standing = [m for m in found if not _OVER.search(plain, start, m.start())
                    and not _GONE.match(plain, m.end(), end)]  # fmt: skip
        for match in standing[-1:]:
            value = READERS[name](text, match.start(), end)
            if value:
                yield Idiom(row, value[0], _begin(plain, start, match.start()), value[0].end)


_IF: Final = re.compile(
    r"\W*(?:(?:and|but|so|also) )?(?:if|when(?:ever)?|should|in case|once)\b[^,;]*[,;] ", _I
)


def _begin(plain: str, start: int, before: int) -> int:
    """Where the statement begins: behind a condition ("if anything comes up, ring me on ...")."""
    condition = _IF.match(plain, start, before)
    return condition.end() if condition else start


def _is_own(plain: str, span: Span, before: int) -> bool:
    """Whether what stands before an address or behind it says whose it is: the speaker's."""
    start, end = span
    if _OTHERS.search(plain, start, end) or _TO_OTHERS.search(plain, start, before):
        return False
    return bool(_ME.search(plain, start, end) or _OWNERLESS.match(plain, start, before))


def _is_number(plain: str, span: Span, found: list[re.Match[str]]) -> bool:
    """Whether digits are a phone's: enough of them, and calls are spoken of."""
    enough = [m for m in found if 7 <= sum(c.isdigit() for c in m.group()) <= 15]
    found[:] = [m for m in enough if not re.search(r"\b(?:19|20)\d\d-\d\d-\d\d\b", m.group())]
    return bool(found) and _CALLING.search(plain, *span) is not None


_SELF: Final = r"(?:i'm|i am|im|i stand|i measure|i was measured|i come in|i've been|me)"
_NO_SELF: Final = re.compile(
    r"\b(?:he|she|they|his|her|their|you|your|he's|she's|used to|if|would|was|were|ago|baby|dog|"
    r"cat|goal|lose|gain|lost|gained|away|from|drive|drove|walk|walked|ran|run|bag|luggage|"
    r"suitcase|tree|snow|lift|deadlift|bench|squat|parcel|package|of (?!all))\b",
    _I,
)
_NUM: Final = (
    r"(?P<at>(?:about |around |exactly |roughly |just |only |almost |nearly |over |under )*)"
)
_HEIGHTS: Final = tuple(
    re.compile(said, _I)
    for said in (
        rf"\b{_SELF} (?:now |currently |still |barely |all of |a (?:tall|short|tiny|towering) "
        rf")?{_NUM}"
        r"(?=[\d][\d.,'\u2019 ]*(?:cm|m\b|feet|foot|ft|met|cent|\"|\d))",
        rf"\b(?:at|with|being) (?:a (?:height|size) of |my )?{_NUM}(?=[\d][\d.,'\u2019 ]*(?:cm|"
        rf"m\b|feet|"
        r"foot|ft|met|cent|\"|\d)[^.;]{0,20}?,? (?:tall,? )?(?:i|i'm|my|and i)\b)",
        rf"\b(?:height|tall|size)\s*(?::|is|=|,|-|at|\?)\s*(?:it's |i'm )?{_NUM}(?=\d)",
        rf"\b(?:height|how tall)\b[^.;]{{0,40}}?\b(?:at|as|is|says|reads|me|be|am|of|"
        rf"was)\s+{_NUM}(?=\d)",
        rf"\b(?:my|our) [^.;]{{2,30}}? (?:measured|measures|has|put|puts|have|lists?) me (?:down "
        rf")?(?:at|as|in at) {_NUM}(?=\d)",
        rf"\b(?:they|the (?:doctor|nurse)|he|she) (?:measured|put) me (?:down )?(?:at|as) "
        rf"{_NUM}(?=\d)",
        rf"\b(?:i've got|i have|i reach|i reached|i grew to|i stopped growing at|i never got "
        rf"past|i top out at|i've grown to|i clock in at|i come to) {_NUM}(?=\d[\d.,'\u2019 "
        rf"]*(?:cm|m\b|feet|foot|ft|met|cent|\"|\d))",
        rf"{_NUM}(?=\d[^.,;]{{1,14}}? (?:tall|in height|is my height|is how tall i am))",
        rf"{_NUM}(?=\d[\d.,'\u2019 ]*(?:cm|m\b|feet|foot|ft|met|cent|\"|\d)[^.;]{{0,3}}?,? "
        rf"(?:that's|is) (?:my height|how tall i am|what i measure))",
    )
)
_WEIGHTS: Final = tuple(
    re.compile(said, _I)
    for said in (
        r"\b(?:i|i'm|i am|im|i've)\b[^.;]{0,24}?\b(?:weigh|weigh in at|weighing|tip the scales at|"
        rf"down to|up to|hit|reached|i'm at|am at|at|i'm|am|around|clock in at|sit at|bring) "
        rf"{_NUM}(?=\d)",
        rf"\b(?:weight|scales?|check-?up|weigh-in)\b[^.;]{{0,50}}?(?:\b(?:at|is|says?|said|"
        rf"reads?|showed?|shows|me|be|was|of|with|to|as|i'm|displays?|gave|give|now|stopped at|"
        rf"point(?:s|ed)? to|settled (?:at|on)|just|weigh|came to|comes to)|"
        rf"[:=,?])\s+{_NUM}(?=\d)",
        rf"\b(?:i'm|i am|im) (?:now |currently |still |about )*{_NUM}(?=\d)",
        rf"\b(?:at|with) {_NUM}(?=\d+[^.;]{{1,14}}?,? (?:i|i'm|my)\b)",
        rf"{_NUM}(?=\d[^.,;]{{1,14}}?(?: is|,? that's|, that is)? (?:what i weigh|my weight|on "
        rf"the scales?|what the scales?))",
        rf"\b(?:they|the (?:doctor|nurse)|he|she) (?:weighed|put) me (?:in )?at {_NUM}(?=\d)",
    )
)
_TO_WORK: Final = re.compile(
    r"\b(?:commut\w+|(?:to|from|at|for|before|reach|till|until|between) (?:my |the |our )?(?:\w+ "
    r")?(?:work|office|job|workplace|desk|lab|shop|clinic|school|studio|shift)|(?:work|office) "
    r"(?:is|'s)|door to door|(?:way|trip|journey|ride|drive|walk|road|train|bus|bike) (?:in|to "
    r"work)|each morning|every morning|each way|one way|there and back|my way in|clock in|travel "
    r"time)\b",
    _I,
)
_NO_COMMUTE: Final = re.compile(
    r"\b(?:used to|late|lunch|break|meeting|appointment|early|ago|overtime|last (?:week|month|"
    r"year)|he|she|his|her|their|your|if|would|holiday|vacation|gym|flight|airport|saved?|"
    r"shorter|longer|exercise|workout|yesterday|today|tomorrow|nap|delay(?:ed)?|sister|brother|"
    r"mother|father|friend|wife|husband|partner)\b",
    _I,
)
_DURATION: Final = re.compile(
    r"(?<![\w.,-])(?:\d+(?:[.,]\d+)?|half an|an|a|(?:twenty|thirty|forty|fifty|sixty|seventy|"
    r"eighty|ninety)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|one|two|three|ten|"
    r"eleven|twelve|fifteen|five|six|seven|eight|nine|sixteen|eighteen)[- ]?(?:minutes?|mins?|"
    r"hours?|hrs?|h)\b",
    _I,
)
_CHANGE: Final = re.compile(r"\b(?:from|instead of|not|rather than|down from|up from)\s+\Z", _I)
_MONEY: Final = re.compile(
    r"[$\u20ac\u00a3\u00a5]\s?\d[\d.,]*|\d(?:[\d.,]*\d)?\s?(?:k\b|grand\b|thousand\b|euros?\b|"
    r"dollars\b|pounds\b|bucks\b|francs\b|[\u20ac\u00a3])", _I)  # fmt: skip
_PAY: Final = re.compile(
    r"\b(?:salary|wage|wages|pay ?check|pay ?slip|paid|earn|earning|earnings|income|make|making|"
    r"gross|before tax|take home|bring home|pays? me|paying me|on)\b|\bpay\b",
    _I,
)
_PER_YEAR: Final = re.compile(
    r"\W*(?:[^\W\d]{2,7} )?(?:(?:gross|net|before tax|after tax|total),? )*(?:a|per|each|every|"
    r"an)\s+(?:year|month|annum)\b|\W*(?:gross|yearly|annually|a year|p\.?a\.?|before tax|"
    r"/\s?(?:year|yr)|salary)\b",
    _I,
)
_SALARY: Final = re.compile(r"\b(?:salary|wage|pay ?check|pay ?slip|earnings|income)\b", _I)
_NO_PAY: Final = re.compile(
    r"\b(?:rent|mortgage|used to|if|would|he|she|his|her|their|your|they earn|average|tuition|"
    r"fees?|insurance|subscription|costs?|sister|brother|mother|father|friend|wife|husband|bonus|"
    r"budget|offered|for the|for my|for a)\b",
    _I,
)


def amounts_said(rows: Rows, text: str, plain: str, span: Span) -> Iterator[Idiom]:
    """Height, weight, pay and the way to work, as far as a figure with its unit tells them."""
    start, end = span
    if not _FIGURE.search(plain, start, end):
        return
    yield from _measured(rows, text, plain, span)
    commute, salary = rows.names.get("commute"), rows.names.get("salary")
    if commute and _TO_WORK.search(plain, *span) and not _NO_COMMUTE.search(plain, *span):
        found = [m for m in _DURATION.finditer(plain, *span)
                 if not _CHANGE.search(plain, start, m.start())]  # fmt: skip
        for value in READERS["duration"](text, found[-1].start(), end) if found else ():
            if _TRAVELS.search(plain, *span) and not _TIMED.match(plain, value.end, end):
                yield Idiom(commute, value, start, value.end)
    if salary and _PAY.search(plain, *span) and not _NO_PAY.search(plain, *span):
        sums = [m for m in _MONEY.finditer(plain, *span)
                if not _CHANGE.search(plain, start, m.start())]  # fmt: skip
        for value in READERS["money"](text, sums[-1].start(), end) if sums else ():
            labelled = _SALARY.search(plain, *span) is not None
            if labelled or _PER_YEAR.match(plain, value.end, end):
                yield Idiom(salary, value, start, value.end)


_TRAVELS: Final = re.compile(
    r"\bcommut\w+|\bdoor to door\b|\b(?:i|i'm|i've|my|me|we|our)\b.*\b(?:travel\w*|driv\w+|"
    r"rid(?:e|ing)|walk\w*|cycl\w+|bik\w+|train|bus|tram|metro|subway|tube|ferry|car|traffic|"
    r"road|journey|trip|way|far|away|takes?|get (?:there|in|to)|getting (?:there|in|to)|leav\w+|"
    r"arriv\w+|reach\w*|clock in|there and back|on foot|from work)\b|\b(?:takes?|journey|trip|"
    r"drive|ride|walk|way|train|bus|tram|metro|subway|bike|foot)\b.*\b(?:i|my|me|we|our|work|"
    r"office)\b",
    _I,
)
"""What makes minutes those of a way that somebody goes."""
_TIMED: Final = re.compile(
    r"\s*(?:before|after|early|earlier|later|late|every (?:morning|day|night|"
    r"evening)(?!.*\b(?:to|from) (?:work|the office))|of\b|to (?:be|finish|complete|cook|bake))\b",
    _I,
)
_FIGURE: Final = re.compile(r"\d|\b(?:minutes?|hours?|hour|mins)\b", _I)
_LENGTHS: Final = ("cm", "m", "ft", "in", None)
_MASSES: Final = ("kg", "lb", "stone")


def _measured(rows: Rows, text: str, plain: str, span: Span) -> Iterator[Idiom]:
    start, end = span
    for name, patterns, units in (("height", _HEIGHTS, _LENGTHS), ("weight", _WEIGHTS, _MASSES)):
        row = rows.names.get(name)
        for pattern in patterns:
            match = pattern.search(plain, start, end)
            if row is None or match is None or _NO_SELF.search(plain, start, match.start()):
                continue
            value = READERS["measure"](text, match.end(), end)
            if value and value[0].unit in units and not _FAR.match(plain, value[0].end, end):
                yield Idiom(row, value[0], start, value[0].end)
                return


_FAR: Final = re.compile(
    r"\s*(?:away|from|of|off|to|ahead|behind|deep|wide|long|up the|down the|heavier|lighter|"
    r"taller|shorter|over|under|above|below|more|less)\b",
                         _I)  # fmt: skip
