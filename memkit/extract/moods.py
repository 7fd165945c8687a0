"""In what sense a sentence is meant: said to be so, asked, imagined, quoted, joked, taken back.

`assertion`, `plan` (a stated future), `negation` (is not, is no longer), `correction` (what was
said before was wrong), `retraction` (what was said is taken back), `question`, `hypothetical`,
`quote` (another's words) and `joke`. Told from marks and words alone, and from the sentences
around it in the same turn.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from memkit.extract.sentences import Span

__all__ = [
    "JOKE_AFTER",
    "RETRACTION",
    "irreal_from",
    "is_conditional",
    "is_question",
    "mood",
    "moods",
    "quoted",
    "unreal",
]

_I: Final = re.IGNORECASE

_ASKS: Final = re.compile(
    r"[\s\"'(\u00bf]*(?:(?:so|and|but|well|oh|hey|wow|ok|okay|btw|by the way|also|then|no|yes|"
    r"yeah)[,! ]+)*(?:(?:what|which|who|whom|whose|when|where|why|how)(?:'s|'re| (?:is|are|was|"
    r"were|do|does|did|has|have|had|can|could|will|would|should|about|many|much|long|old|often|"
    r"far|come|else|kind|type|sort|time|day|made|makes|got))\b|(?:do|does|did|are|is|was|were|"
    r"have|has|can|could|will|would|should|may|shall|isn't|aren't|don't|doesn't|didn't|haven't|"
    r"hasn't|won't|can't|couldn't|wouldn't) (?:you|u|i|we|he|she|it|they|there|that|this|your|my|"
    r"the|any|anyone|anybody|ya)\b|any (?:idea|ideas|tips|thoughts|suggestions|recommendations|"
    r"chance|plans|news)\b|\u00bf|(?:was|wer|wie|wo|wann|warum|welche[rsn]?|hast|bist|kannst|"
    r"haben|wohnst) (?:du|ihr|sie|ist|sind|hei\u00dft|machst|geht)\b|(?:est-ce que|qu'est-ce|"
    r"quel(?:le)?s? (?:est|sont)|o\u00f9|pourquoi|comment (?:vas|allez|t'))|(?:c\u00f3mo|"
    r"qu\u00e9|d\u00f3nde|cu\u00e1ndo|qui\u00e9n|cu\u00e1l)\b)",
    _I,
)
_CHINESE_QUESTION: Final = re.compile("[\u5417\u5462][\u3002\uff01!.]?$")

_IRREAL: Final = re.compile(
    r"\b(?:if|unless|whether|in case|provided(?: that)?|assuming|as (?:if|though)|even if|only "
    r"if|what if|suppos(?:e|ing)|imagin(?:e|ing)|pretend(?:ing|s)?|let's say|lets say|let us say|"
    r"say (?=i (?:were|had|was)\b)|hypothetically|theoretically|in theory|ideally|wish(?:es|ed|"
    r"ing)?|if only|hope(?:s|fully)?|hoping|(?:in|had) (?:my|a|an?other) (?:\w+ )?(?:dream|"
    r"nightmare|life|world|universe|timeline)s?|dream(?:t|ed|ing|s)?(?= (?:of|that|about|i)\b)|"
    r"in the (?:book|novel|film|movie|show|series|game|story|play|song|script)\b|my (?:character|"
    r"avatar|alter ego)|once upon a time|role-?play(?:ing)?|maybe|perhaps|possibly|might|not "
    r"sure|unsure|wonder(?:ing|ed)?|(?:i|we)(?:'d| would) (?:like|love|prefer|rather|want|"
    r"consider|have to|need to|be)|would(?:n't)?|could(?:n't)? (?:have|be|see myself)|should "
    r"have|almost|nearly|thinking (?:of|about)|think(?:ing)? i(?:'ll| will| might| may| could)|"
    r"consider(?:ing)?|(?<!looks )(?<!seems )(?<!look )(?<!seem )(?<!sounds )like (?=i'?m\b|i "
    r"am\b|i was\b)|toying with|dying to|want(?:s|ed)? to(?! (?:let you|tell you|say|share|"
    r"mention|announce|update|inform|give you))|wanna|tempted to|fantasi[sz]\w+|they (?:say|said|"
    r"think|thought)|(?:people|everyone|everybody|someone|somebody) (?:say|says|said|think|"
    r"thinks|thought|assumes?|assumed|believes?)|rumou?r (?:has|says)|it(?:'s| is| was) (?:not|"
    r"n't) true that|it isn't true that|i never said|i didn't say|nobody said|who said|(?:didn't|"
    r"don't|doesn't) mean (?:that|i)|for example|for instance|e\.g\.|let's imagine)\b|"
    r"\u5982\u679c|\u8981\u662f|\u5047\u5982|\u4e5f\u8bb8|\u53ef\u80fd|\b(?:wenn|falls|"
    r"vielleicht|w\u00fcrde|w\u00e4re|h\u00e4tte|ojal\u00e1|quiz\u00e1s?|tal vez|peut-\u00eatre|"
    r"aimerais|voudrais|gustar\u00eda|quisiera|m\u00f6chte)\b|(?:^|[,;] ?)(?:si) (?=(?:je|j'|tu|"
    r"il|elle|on|nous|yo|tuviera|fuera|viviera|t\u00fa)\b)",
    _I,
)
_FIRST_PERSON_SAID: Final = (
    r"(?<!\bi )(?<!\bi've )(?<!\bi already )(?<!\bi've already )(?<!\bi just )(?<!\bi'd "
    r")(?<!\bi\u2019d )(?<!\bi would )(?<!\bi must )(?<!\bcan )(?<!\bto )(?<!\bdoctor )(?<!\bdoc "
    r")(?<!\ballergist )(?<!\btest )(?<!\btests )(?<!\bdentist )"
)
_REPORTS: Final = re.compile(
    _FIRST_PERSON_SAID
    + r"\b(?:said|says|say|told (?:me|us|him|her|them|everyone|everybody)|tells (?:me|us)|"
    r"claims?|claimed|insists?|insisted|swears?|swore|thinks|thought|believes?(?! it or not)|"
    r"believed|asked|asks|wrote|writes|replied|answered|joked|jokes|guess(?:es|ed)|assumes?|"
    r"assumed|reckons?|shouted|yelled|goes|was like|were like|is like|be like|according to|"
    r"apparently|supposedly|allegedly|the saying goes|quote|heard(?: that)?|"
    r"reads?)\b(?!\s+(?:hi|hello|goodbye|bye|yes|no|thanks)\b)",
    _I,
)
_QUOTED: Final = re.compile(
    '"([^"\n]{2,400})"|\u201c([^\u201d\n]{2,400})\u201d|\u00ab([^\u00bb\n]{2,400})\u00bb'
    "|\u300c([^\u300d\n]{2,400})\u300d|\u201e([^\u201c\u201d\n]{2,400})[\u201c\u201d]"
    "|(?<![\\w])'((?:[^'\n]|'(?=\\w)){8,400})'(?!\\w)"
)
_JOKE_IN: Final = re.compile(
    r"\b(?:just kidding|only kidding|i'm kidding|im kidding|kidding|jk|j/k|just joking|only "
    r"joking|i'm joking|im joking|joking|just messing(?: with you)?|pulling your leg|not really "
    r"though|sarcasm|as a joke|no(?:,| )+seriously|april fools?)\b|(?<!\S)/(?:s|j|jk)(?=\s*$|"
    r"[.!])|\b(?:was|is|'s|am|'m) (?:just |only )?(?:a joke|a prank)\b|"
    r"[\U0001f61c\U0001f61d\U0001f92a]",
    _I,
)
_LAUGH_END: Final = re.compile(
    r"\b(?:a?(?:ha){2,}h?|(?:he){2,}|lo+l|lmao|lmfao|rofl|hihi|jaja(?:ja)*|mdr|xd+|"
    r"ptdr)\b[\s.!)*\U0001f300-\U0001faff]*$|[\U0001f602\U0001f923]+\s*$|"
    r"\u54c8\u54c8+[\u3002\uff01!]*$",
    _I,
)
JOKE_AFTER: Final = re.compile(
    r"[\s\"'(*]*(?:(?:ok|okay|no|nah|well|haha\w*|lol|and|but|sorry|oh)[,!. ]+)*(?:(?:i'?m |i am "
    r"|was |i was )?(?:just |only |totally |obviously )?(?:kidding|joking|jk|messing(?: with "
    r"you)?|teasing|pulling your leg)|that(?:'s| was) (?:just |only )?(?:a joke|a lie|sarcasm|me "
    r"joking)|it(?:'s| was) (?:just |only )?a joke|j/k|jk|/s|/j|sarcasm|april fools?|gotcha|not "
    r"really|i(?:'m| am) not serious|i wasn't serious|don't take (?:that|it) seriously)\b|"
    r"[\s(*]*(?:a?(?:ha){2,}h?|lo+l|lmao|rofl|jaja(?:ja)*)[\s.!)*\U0001f300-\U0001faff]*$",
    _I,
)
_OPENERS: Final = (
    r"[\s\"'(*]*(?:(?:oh|wait|no|well|hmm+|um+|oops|whoops|ah|hm|sorry|hang on|hold on|but|and|"
    r"ok|okay|actually|please|just|haha\w*|lol|by the way|btw|on second thought|anyway|also|so|"
    r"you know what|then|yeah|hey)[,!. :-]+)*"
)
RETRACTION: Final = re.compile(
    _OPENERS
    + r"(?:please |just |can you |could you |you can |let's |you should )*(?:(?:forget|ignore|"
    r"disregard|scrap|strike|delete|erase|never ?mind|drop|take back)(?: about)? "
    r"(?:(?:what(?:ever)?|everything|all|anything|the (?:thing|bit|part|stuff|fact|"
    r"message)s?|that (?:thing|bit|part)|my (?:last|previous|earlier) (?:message|statement|"
    r"comment|remark)s?)\b|(?:that|it)\s*(?:[,.!;]|$|i\b|about\b))|(?:scratch|strike) that\b|"
    r"i (?:take (?:that|it|this|what i said) back|take back|made (?:that|it|this|all that|"
    r"the (?:thing|part|bit)) up|was (?:wrong|lying|mistaken|confused|mixed up)(?: (?:about|"
    r"when)\b|[,.!]|$)|lied|misspoke|mixed (?:that|it|things) up|got (?:that|it) (?:all "
    r")?wrong|shouldn't have said)\b|(?:that|it|what i (?:said|told you|wrote|mentioned)|the "
    r"(?:thing|bit|part|stuff) about [^.!?,]{2,40}?)(?: (?:earlier|before|yesterday|about "
    r"[^.!?,]{2,40}?))?(?:'s| is| was|'s| isn't| wasn't| turned out to be| turned out)?(?: "
    r"not| n't)? (?:actually |just |simply |all |really |completely |totally )*(?:wrong|a "
    r"mistake|not true|untrue|incorrect|a lie|a joke|no longer true|made up|an error|a "
    r"misunderstanding|false)"
    r"|(?:what|the (?:thing|bit|part|stuff)|that (?:thing|bit|part|stuff)|everything)(?: that)? i "
    r"(?:said|told you|wrote|mentioned|claimed|shared)[^.!?]{3,70}?(?:isn't|isn\u2019t|wasn't|"
    r"wasn\u2019t|is not|was not|is|was|that's|that\u2019s)(?: not)? (?:actually |really |quite |"
    r"even )*(?:true|right|correct|so|the case|accurate|wrong|nonsense|a joke|made up|a lie|a "
    r"mistake|rubbish|not true)"
    r"|(?:scratch|forget|ignore|disregard|strike|delete|erase|drop|discard|remove|cancel|undo|"
    r"scrap)"
    r"(?: out)? (?:what|the (?:thing|bit|part|stuff)|that (?:thing|bit|part|stuff)|everything|all)"
    r"(?: that)?(?: i)? (?:said|told|wrote|mentioned|about)"
    r"|i (?:never (?:actually |really )?meant|was (?:only |just )?(?:joking|kidding)|was pulling "
    r"your "
    r"leg|take back what i said|retract what i said|shouldn't have told you))\b",
    _I,
)
_CORRECTS: Final = re.compile(
    r"\b(?:i meant(?: to say)?|i mean(?=,? (?:it's|not|the|\w+,? not)\b)|correction|i misspoke|"
    r"my mistake|my bad|let me correct|to correct (?:myself|that|what)|i should (?:correct|"
    r"clarify)|typo|i was wrong|got that wrong|mixed (?:that|it|them) up|wait,? no|no,? wait|"
    r"sorry,? not|wrong (?:day|date|name|number|place|year|city|town)|sorry,? (?:it's|it is|it "
    r"was|that's|i|my|make that)|make that|rather than)\b|^(?:(?:oh|wait|no|well|hmm+|um+|oops|"
    r"ah|hm|sorry|hang on|hold on|but|and)[,!. ]+)*actually\b(?!,? yes|,? yeah)|^(?:(?:oh|ah|"
    r"hmm+)[,!. ]+)*(?:oops|whoops|wait|hang on|hold on)\b[,!. ]|^\*(?=\w)|\b(?:it's|it is|"
    r"that's|it was|is|was|am|i'm|are)\b[^.!?]{1,50}, not\b|(?<!\w)\bnot\b[^.!?,]{1,40}, (?:but|"
    r"it's|it is|i'm|i am)\b|\b(?:perd\u00f3n|quise decir|quiero decir|ich meinte|je voulais "
    r"dire|en fait|eigentlich|en realidad)\b|\u6211\u662f\u8bf4|\u66f4\u6b63|\u8bf4\u9519",
    _I,
)
_NEGATES: Final = re.compile(
    r"\b(?:not|never|no longer|neither|nor|without|cannot|can't|cant|(?:do|does|did|is|are|was|"
    r"were|has|have|had|wo|ca|could|would|should|ai|need)n't|dont|doesnt|didnt|isnt|arent|wasnt|"
    r"havent|hasnt|wont|anymore|any more|stopped|quit|gave up|don't|ya no|nunca|jam\u00e1s|nicht|"
    r"kein\w*|nie|niemals|ne \w+ (?:pas|plus|jamais)|n'\w+ (?:pas|plus|jamais))\b|^no\b(?!,)|"
    r"[\u4e0d\u6ca1]",
    _I,
)
_PLANS: Final = re.compile(
    r"\b(?:(?:i|we|he|she|they|it)(?:'ll| will)|going to|gonna|plan(?:s|ning)? (?:to|on)|about "
    r"to|will be|set to|due to (?=\w+ (?:on|in|next))|intend to|decided to|scheduled)\b|\b(?:am|"
    r"'m|are|'re|is|'s) (?:\w+ly )?\w+ing\b[^.!?]*\b(?:tomorrow|next (?:week|month|year|spring|"
    r"summer|autumn|fall|winter|\w+day|january|february|march|april|may|june|july|august|"
    r"september|october|november|december)|in (?:a|two|three|\d+) (?:days?|weeks?|months?|"
    r"years?)|tonight|soon)\b|\b(?:voy a|vamos a|werde|werden wir|je vais|nous allons)\b|"
    r"[\u5c06\u4f1a]\S*(?:\u660e\u5929|\u4e0b)",
    _I,
)


def moods(text: str, spans: Sequence[Span]) -> list[str]:
    """The mood of each sentence of a turn: a joke's mark also marks the sentence before it."""
    found = [mood(text, span) for span in spans]
    for place in range(1, len(spans)):
        start, end = spans[place]
        if found[place - 1] != "question" and JOKE_AFTER.match(text, start, end):
            found[place] = found[place - 1] = "joke"
    return found


def mood(text: str, span: Span) -> str:
    """The mood of one sentence by itself."""
    start, end = span
    said = text[start:end]
    if _is_quote(text, start, said):
        return "quote"
    if is_question(text, span):
        return "question"
    if _JOKE_IN.search(said) or (_LAUGH_END.search(said) and not _LAUGH_END.match(said)):
        return "joke"
    if RETRACTION.match(said):
        return "retraction"
    if _IRREAL.search(said):
        return "hypothetical"
    if _CORRECTS.search(said):
        return "correction"
    if _NEGATES.search(said):
        return "negation"
    return "plan" if _PLANS.search(said) else "assertion"


_TO_THE_END: Final = re.compile(
    r"\b(?:imagin\w*|suppos\w+|pretend\w*|what if|let's say|let us say|lets say|hypothetically|"
    r"in theory|dream\w*|in the (?:book|novel|film|movie|show|series|game|story|play|song|"
    r"script)|once upon a time|role-?play\w*|my (?:character|avatar|alter ego)|for example|for "
    r"instance|as if|as though|i never said|if only)\b",
    _I,
)
_PART_END: Final = re.compile(r"[,;\u2013\u2014]|\b(?:but|so|because)\b|\s-\s")
_IF: Final = re.compile(r"\b(?:if|unless|in case|provided|assuming|whether)\b", _I)


_WITNESS: Final = re.compile(
    r"\b(?:(?:scales?|passport|papers|id|card|badge|certificate|contract|payslip|ticket|letter|"
    r"check-?up|licen[cs]e|documents?|calendar|believe it or not,?|you) (?:now )?|^\W*)\Z",
    _I,
)
"""What says what is so, unlike people: "the scales say"; and "believe it or not"."""


def unreal(text: str, span: Span) -> list[Span]:
    """The parts of a sentence that are imagined, wished, supposed, or reported of others."""
    found: list[Span] = []
    for pattern, further in ((_IRREAL, True), (_REPORTS, False)):
        for match in pattern.finditer(text, *span):
            if not further and _WITNESS.search(text, span[0], match.start()):
                continue
            if not further or _TO_THE_END.match(text, match.start()):
                found.append((match.start(), span[1]))
            else:
                stop = _PART_END.search(text, match.end(), span[1])
                found.append((match.start(), stop.start() if stop else span[1]))
    return found


def is_question(text: str, span: Span) -> bool:
    """Whether a sentence asks."""
    said = text[slice(*span)]
    if said[-1] in "?\uff1f\u061f" or said[-2:-1] in ("?", "\uff1f"):
        return True
    return _ASKS.match(said) is not None or _CHINESE_QUESTION.search(said) is not None


def irreal_from(text: str, span: Span) -> int:
    """From which character on a sentence is imagined or reported; its end if nowhere."""
    return min((start for start, _ in unreal(text, span)), default=span[1])


def is_conditional(text: str, span: Span) -> bool:
    """Whether a condition stands anywhere in the sentence: then its future is not a plan."""
    return _IF.search(text, *span) is not None


def quoted(text: str) -> list[Span]:
    """The stretches in quotation marks, marks included; those of three words and more."""
    if not any(mark in text for mark in "\"'\u201c\u00ab\u300c\u201e"):
        return []
    return [match.span() for match in _QUOTED.finditer(text)
            if match.group().count(" ") >= 2 or "\u300c" in match.group()]  # fmt: skip


def _is_quote(text: str, start: int, said: str) -> bool:
    line = text.rfind("\n", 0, start) + 1
    if text[line:start].lstrip().startswith(">") or said[0] == ">":
        return True
    inside = sum(end - begin for begin, end in quoted(said))
    return inside * 2 > len(said)
