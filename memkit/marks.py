"""What must not get lost when words are left out: numbers, dates, names, and whether it is denied.

Told from the form of words alone, and rather too often than too seldom: a mark too many keeps a
turn that could have gone, a mark too few loses what somebody will ask for.
"""

from __future__ import annotations

import re
from typing import Final

from memkit.keywords import is_everyday
from memkit.text import stem, words

_NUMBER: Final = re.compile(r"\d+(?:[.,:/-]\d+)*")
_NUMERALS: Final = frozenset(
    """two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred
    thousand million billion dozen hundreds thousands millions billions dozens half quarter twice
    thrice third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fifteenth
    twentieth thirtieth fortieth fiftieth zwei drei vier fünf sechs sieben acht neun zehn
    elf zwölf zwanzig hundert tausend deux trois quatre cinq sept huit neuf dix douze vingt cent
    mille dos tres cuatro cinco seis siete ocho nueve diez doce veinte cien ciento mil""".split()
)
_SIGNS: Final = re.compile("[一二三四五六七八九十百千万億亿两]+")
_DATES: Final = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december yesterday today tonight tomorrow noon
    midnight weekend spring summer autumn fall winter christmas easter montag dienstag mittwoch
    donnerstag freitag samstag sonntag gestern heute morgen januar februar märz mai juni juli
    oktober dezember lundi mardi mercredi jeudi vendredi samedi dimanche hier demain lunes
    martes miércoles jueves viernes sábado domingo ayer mañana hoy enero febrero marzo abril
    mayo junio julio agosto septiembre octubre noviembre diciembre""".split()
)
_SPANS: Final = re.compile(
    r"\b(?:last|next|this|past|coming)\s+(?:day|week|weekend|month|year|morning|evening|night)\b"
    r"|\b(?:a|an|one|few|couple of)\s+(?:day|week|month|year)s?\s+(?:ago|from now|later|before)\b"
)
_PLAINLY_SO: Final = re.compile(
    r"\b(?:in|since|until|till|by|last|next|early|late|every)\s+(may|march|spring|fall)\b"
)
"""What may be meant otherwise, where it is a date however it is written."""
_DENIES: Final = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|nowhere|neither|nor|without|cannot|stopped|quit|cancel\w*"
    r"|hardly|rarely|seldom|barely|scarcely|anymore|refus\w*"
    r"|(?:do|does|did|is|are|was|were|has|have|had|could|should|would|ca|wo|ai)nt"
    r"|nicht|nie|niemals|kein\w*|ohne|mehr|ne|pas|jamais|sans|sin|nunca|jamás|nadie|ningun\w*"
    r"|non(?!-)|mai|senza|nessun\w*|niente|não|nem|sem|ninguém|niet|geen|nooit|zonder|ikke|inte|aldrig"
    r"|не|нет|ни|никогда|без)\b"
    r"|n['\u2019]t\b|[不没無无]|ません|ない|않|없|아니"
)
"""In small letters; in several languages, and a few words too many."""
_WRITTEN: Final = re.compile(r"[^\W\d_](?:[^\W_]|['\u2019.-](?=[^\W_]))*")
_ENDS_SENTENCE: Final = frozenset(".!?\u2026\n\u3002\uff01\uff1f:")
_OPENING: Final = " \t\"'\u201c\u2018(["


def marks(text: str) -> frozenset[str]:
    """The numbers, dates and names of a text, each in one form however it is written."""
    return numbers(text) | dates(text) | names(text)


def numbers(text: str) -> frozenset[str]:
    """What it holds in digits or in words; "one" is too often no number."""
    low = text.lower()
    found = {match.group().replace(",", "") for match in _NUMBER.finditer(low)}
    found.update(_SIGNS.findall(low))
    parts = (part for word in _WRITTEN.findall(low) for part in word.split("-"))
    found.update(part for part in parts if part in _NUMERALS)
    return frozenset(found)


def dates(text: str) -> frozenset[str]:
    """Days, months and spans of time in words; digits are numbers."""
    low = text.lower()
    found = {word for word in _WRITTEN.findall(low) if word in _DATES and not _may(word, text)}
    found.update(" ".join(match.group().split()) for match in _SPANS.finditer(low))
    found.update(_PLAINLY_SO.findall(low))
    return frozenset(found)


def names(text: str) -> frozenset[str]:
    """What is written with a capital letter where no sentence begins, or is in no one's mouth."""
    found: set[str] = set()
    for match in _WRITTEN.finditer(text):
        word = match.group()
        if word[0].isupper() and word != "I" and not word.startswith(("I'", "I\u2019")):
            bare = re.sub("['\u2019]s?$", "", word)
            if not (_begins(text, match.start()) and is_everyday(bare)):
                found.update(map(stem, words(bare)))
    return frozenset(found)


def denies(text: str) -> bool:
    """Whether something is denied in it, or has come to an end."""
    return _DENIES.search(text.lower()) is not None


def _begins(text: str, place: int) -> bool:
    """Whether a sentence begins there."""
    while place and text[place - 1] in _OPENING:
        place -= 1
    return not place or text[place - 1] in _ENDS_SENTENCE


def _may(word: str, text: str) -> bool:
    """ "may" is a month with a capital letter only, as "fall" and "march" are seldom meant so."""
    return word in ("may", "march", "fall", "spring", "mil") and word.title() not in text
