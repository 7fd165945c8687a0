"""Numbers with what they count: money, durations, ages; dates, mail, phones."""

from __future__ import annotations

import re
from typing import Final

from memkit.extract.lexicon import CURRENCIES, DURATIONS, MEASURES
from memkit.extract.values import Reader, Value

__all__ = ["READERS", "number"]

_I: Final = re.IGNORECASE
_ONES: Final = {word: n for n, word in enumerate(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen".split())}  # fmt: skip
_TENS: Final = {word: 10 * n for n, word in enumerate(
    "twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}  # fmt: skip
_SPELLED: Final = (
    rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(list(_ONES)[1:10])}))?|"
    rf"{'|'.join(list(_ONES)[:0:-1])})"
    r"(?: (?:hundred|thousand|grand|million))?"
)
_DIGITS: Final = r"\d{1,3}(?:[,.' ]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d+)?"
_ABOUT: Final = (
    r"(?:(?:about|around|roughly|approximately|approx\.?|nearly|almost|over|under|like|some|only|"
    r"just|a|exactly|up to|more than|less than|at least|at most|close to|a bit over|a little "
    r"over|a whopping|just over|just under|some|now|currently|a total of|me|us|him|her|between|"
    r"\w+ly)\s+|~\s*)*"
)
_SIGN: Final = r"(?:us\$|[\u20ac$\u00a3\u00a5\u20b9])"
_CURRENCY: Final = "|".join(sorted(map(re.escape, CURRENCIES), key=len, reverse=True))
_MONEY: Final = re.compile(
    rf"\s*{_ABOUT}(?:(?P<sign>{_SIGN})\s?(?P<a>{_DIGITS})(?P<ka>\s?(?:k|m|grand|thousand|"
    rf"million)\b)?|(?P<b>{_DIGITS}|{_SPELLED})(?P<kb>\s?(?:k|grand|thousand|"
    rf"million)\b)?\s?(?P<word>{_CURRENCY})(?![^\W\d_])|(?P<c>{_DIGITS})(?P<kc>\s?(?:k|grand))\b)",
    _I,
)
_DURATION: Final = re.compile(
    rf"\s*{_ABOUT}(?:(?P<half>half an hour|an hour and a half)|(?P<n>{_DIGITS}|{_SPELLED}|an?)[- "
    rf"]?(?P<unit>{'|'.join(sorted(DURATIONS, key=len, reverse=True))})\b)",
    _I,
)
_MEASURE: Final = re.compile(
    rf"\s*{_ABOUT}(?P<n>{_DIGITS}|{_SPELLED})[- "
    rf"]?(?P<unit>{'|'.join(sorted(MEASURES, key=len, reverse=True))})\b",
    _I,
)
_FEET: Final = re.compile(
    r"\s*(?:about |around |only |just )*(\d['\u2019]\s?\d{1,2}(?:[\"\u201d]|'')?|\d (?:foot|feet|"
    r"ft)\.? \d{1,2}(?: inches)?)",
    _I,
)
_AGE: Final = re.compile(
    rf"\s*(?:just |only |already |about |now |exactly |officially |almost )*(?:the big "
    rf")?(?P<n>\d{{1,3}}|{_SPELLED})"
    r"(?:[- ](?:years?|yrs?)[- ](?:old|young|of age)|\s?(?:yo|y/o)\b|th\b|st\b|nd\b|rd\b)?"
    r"(?=\s*(?:\.(?!\d)|[!;)]|$|,(?! ?\d)|and\b(?! a (?:half|quarter))|now\b|so\b|but\b|this\b|"
    r"today\b|"
    r"in\b|on\b|last\b|years?\b|yesterday\b|"
    r"next\b|tomorrow\b|birthday\b|as of\b|years old|at\b|with\b|from\b|living\b|who\b|while\b|"
    r"because\b|btw\b|already\b|lol\b))",
    _I,
)
_AGED: Final = re.compile(rf"\s*(?P<n>\d{{1,3}}|{_SPELLED})[- ]years?[- ]old\b", _I)
_NO_AGE: Final = re.compile(
    r"\s*(?:%|percent|minutes?|mins?|hours?|days?|weeks?|months?|km|miles?|kg|years? (?:into|"
    r"in(?!\b)|ago|away|now|older|younger|sober|clean|ahead|behind|late)|pounds|feet|in line|at "
    r"(?:the )?)", _I)  # fmt: skip
_MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?")  # fmt: skip
_CALENDAR_DAY: Final = re.compile(
    r"\s*(?:is |on |falls on |the |every |always )*"
    rf"(\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}(?:,? (?:19|20)\d\d)?"
    rf"|{_MONTH} (?:the )?\d{{1,2}}(?:st|nd|rd|th)?\b(?:,? (?:19|20)\d\d)?"
    r"|(?:19|20)\d\d-\d\d-\d\d|\d{1,2}[./]\d{1,2}(?:[./](?:19|20)?\d\d)?)",
    _I,
)
_EMAIL: Final = re.compile(r"[\s:<(]*((?:mailto:)?[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,})")
_PHONE: Final = re.compile(r"[\s:]*(\(?\+?\(?\d[\d ()./-]{5,18}\d)(?!\d)")


def number(words: str) -> str:
    """A number as digits without thousands separators: "1,250.50" -> "1250.50", "forty" -> "40"."""
    low = words.lower().replace("-", " ").strip()
    if low[:1].isdigit():
        return _digits(words.strip())
    total, scale = 0, 1
    for part in low.split():
        if part in ("hundred", "thousand", "grand", "million"):
            scale = {"hundred": 100, "million": 1_000_000}.get(part, 1000)
        elif part in ("a", "an"):
            total += 1
        else:
            total += _ONES.get(part, _TENS.get(part, 0))
    return str(total * scale)


def _digits(words: str) -> str:
    plain = words.replace(" ", "").replace("'", "")
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", plain):
        return plain.replace(",", "")
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", plain):
        return plain.replace(".", "").replace(",", ".")
    return plain.replace(",", ".")


def _scaled(words: str, scale: str | None) -> str:
    value = number(words)
    if not scale:
        return value
    times = 1_000_000 if scale.strip().lower() in ("m", "million") else 1000
    total = float(value) * times
    return str(int(total)) if total == int(total) else str(total)


def _normalised(text: str, value: str, start: int, end: int, unit: str | None) -> Value:
    said = text[start:end]
    return Value(value, start, end, unit, None if said == value else said)


def money(text: str, start: int, end: int) -> list[Value]:
    """An amount of money; the unit is the ISO 4217 code where the currency is said."""
    match = _MONEY.match(text, start, end)
    if match is None:
        return []
    name = next(key for key in ("a", "b", "c") if match[key])
    unit = CURRENCIES.get((match["sign"] or match["word"] or "").lower())
    value = _scaled(match[name], match["k" + name])
    begin = match.start("sign") if match["sign"] else match.start(name)
    return [_normalised(text, value, begin, match.end(), unit)]


def price(text: str, start: int, end: int) -> list[Value]:
    """Money, or a bare number where only money can be meant."""
    found = money(text, start, end)
    if found:
        return found
    match = re.compile(
        rf"\s*{_ABOUT}({_DIGITS})(?=\s*(?:[.,!?;]|$|for\b|on\b|a (?:month|year)|per\b|and\b|"
        rf"last\b))",
        _I,
    ).match(text, start, end)
    return [_normalised(text, number(match[1]), *match.span(1), None)] if match else []


def duration(text: str, start: int, end: int) -> list[Value]:
    """Minutes or hours: "40 minutes", "half an hour" (30 minutes)."""
    match = _DURATION.match(text, start, end)
    if match is None:
        return []
    if match["half"]:
        minutes = "30" if match["half"].lower().startswith("half") else "90"
        return [Value(minutes, *match.span("half"), "minutes", match["half"])]
    unit = DURATIONS[match["unit"].lower()]
    return [_normalised_with(text, number(match["n"]), match, unit)]


def _normalised_with(text: str, value: str, match: re.Match[str], unit: str) -> Value:
    said = match["n"]
    whole = (match.start("n"), match.end("unit"))
    return Value(value, *whole, unit, None if said == value else text[slice(*whole)])


def measure(text: str, start: int, end: int) -> list[Value]:
    """A length or weight, with its unit; feet and inches as written."""
    feet = _FEET.match(text, start, end)
    if feet is not None:
        return [Value(feet[1], *feet.span(1))]
    match = _MEASURE.match(text, start, end)
    if match is None:
        return []
    return [_normalised_with(text, number(match["n"]), match, MEASURES[match["unit"].lower()])]


def _of_units(units: frozenset[str]) -> Reader:
    def read(text: str, start: int, end: int) -> list[Value]:
        return [one for one in measure(text, start, end) if one.unit in units]

    return read


def age(text: str, start: int, end: int) -> list[Value]:
    """Years of life: a bare number, or one with "years old"."""
    match = _AGED.match(text, start, end) or _AGE.match(text, start, end)
    if match is None or _NO_AGE.match(text, match.end("n"), end):
        return []
    value = number(match["n"])
    if not 0 < int(value) < 120:
        return []
    return [_normalised(text, value, *match.span("n"), None)]


def _first_group(pattern: re.Pattern[str]) -> Reader:
    def read(text: str, start: int, end: int) -> list[Value]:
        match = pattern.match(text, start, end)
        return (
            [
                Value(
                    match[1].rstrip("."), match.start(1), match.start(1) + len(match[1].rstrip("."))
                )
            ]
            if match
            else []
        )

    return read


READERS: Final[dict[str, Reader]] = {
    "money": money, "price": price, "duration": duration, "measure": measure, "age": age,
    "mass": _of_units(frozenset(("kg", "lb", "stone"))),
    "day": _first_group(_CALENDAR_DAY), "email": _first_group(_EMAIL),
    "phone": _first_group(_PHONE),
}  # fmt: skip
