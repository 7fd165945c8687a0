"""Whether a fact says what the world says, in whatever spelling."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Final, Protocol

from memkit.evals.synth import whens
from memkit.evals.synth.claims import Claim, Value
from memkit.models import Source


class Stated(Protocol):
    """The part of `memkit.models.Fact` that is looked at."""

    @property
    def subject(self) -> str:
        """Whom it is about."""

    @property
    def attribute(self) -> str:
        """What of them."""

    @property
    def value(self) -> str:
        """What it is."""

    @property
    def unit(self) -> str | None:
        """Minutes, euros..."""

    @property
    def since(self) -> datetime | None:
        """From when it holds."""

    @property
    def status(self) -> str:
        """How it stands."""

    @property
    def sources(self) -> Sequence[Source]:
        """The words it rests on."""


ALIKE: Final = (
    {"child", "son", "daughter", "kid", "children"},
    {"sibling", "brother", "sister"},
    {"parent", "mother", "father", "mum", "mom", "dad"},
    {"partner", "wife", "husband", "girlfriend", "boyfriend", "fiance", "fiancee", "spouse"},
    {"friend", "best friend"},
)
"""Attributes of which one may stand for another: a daughter is a child. A brother is no sister,
though, which `same_attribute` sees to."""
_APART: Final = ({"son", "daughter"}, {"brother", "sister"}, {"mother", "father"})
_NUMBER_WORDS: Final = {whens.in_words(number): str(number) for number in range(100)}
_LEADING: Final = re.compile(
    r"^(?:(?:the|a|an|my|our|his|her|their|some|to|go|going|doing|of|at|in|on) )+"
)
_WORD: Final = re.compile(r"[^\W_]+(?:['.\-&/@+][^\W_]+)*|[€$£]")
_MONTHS: Final = {name[:3].lower(): number for number, name in enumerate(whens.MONTHS) if name}
_MONTH: Final = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DAY: Final = re.compile(
    rf"(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<m1>{_MONTH})"
    rf"|(?P<m2>{_MONTH}) (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?)\b"
)
_ISO_DAY: Final = re.compile(r"(?:^|-|\b)(\d{1,2})-(\d{2})(?:$|T)")
_AMOUNT: Final = re.compile(r"(\d+(?:[.,]\d+)*)\s*(k\b)?", re.IGNORECASE)


def folded(text: str) -> str:
    """Small letters without accents, numbers in digits, quotes and spaces made plain."""
    text = unicodedata.normalize("NFKD", text.casefold().replace("’", "'").replace("‘", "'"))
    text = "".join(each for each in text if not unicodedata.combining(each))
    return " ".join(_NUMBER_WORDS.get(word, word) for word in _WORD.findall(text))


def bare(text: str) -> str:
    """The same without articles before it and without the plural of its last word."""
    text = _LEADING.sub("", folded(text))
    if len(text) > 3 and text.endswith("s") and not text.endswith("ss"):
        text = text[:-2] if text.endswith(("oes", "shes", "ches")) else text[:-1]
    return text


def same_value(value: Value, given: str, unit: str | None = None) -> bool:
    """Whether what a fact gives is the value, in its kind's own terms."""
    match value.kind:
        case "number" | "amount":
            return _number(given) == float(value.text)
        case "minutes":
            return _minutes(given, unit or "") == float(value.text)
        case "digits":
            return _digits(given)[-10:] == value.text
        case "day":
            return _day_of_year(given) == (int(value.text[5:7]), int(value.text[8:10]))
        case "date":
            return given.strip().startswith(value.text)
        case "length":
            return _centimetres(given, unit or "") == _centimetres(value.text, "")
        case _:
            return bare(given) in {bare(each) for each in (value.text, *value.accepted)}


def same_attribute(wanted: str, given: str) -> bool:
    """Whether a fact's attribute is the one asked for, or may stand for it."""
    one, other = _attribute(wanted), _attribute(given)
    if one == other:
        return True
    if any(one in pair and other in pair for pair in _APART):
        return False
    if wanted.startswith("price of"):
        return _names_price(one, other)
    if other in (f"{one} date", f"{one} on") or one == f"{other} appointment":
        return True
    return any(one in group and other in group for group in ALIKE)


def same_subject(names: Collection[str], given: str) -> bool:
    """Whether the fact is about the one who goes by these names."""
    return folded(given) in {folded(name) for name in names}


def states(claim: Claim, fact: Stated, names: Collection[str]) -> bool:
    """Whether the fact says what was claimed."""
    return (
        same_attribute(claim.attribute, fact.attribute)
        and same_subject(names, fact.subject)
        and same_value(claim.value, fact.value, fact.unit)
    )


def occurs(value: str, spans: Iterable[str]) -> bool:
    """Whether the value stands in one of the texts, but for spelling."""
    wanted = bare(value)
    return any(wanted in folded(span) for span in spans) if wanted else True


def holds_word(text: str, value: Value) -> bool:
    """Whether a text gives the value in full words."""
    said = value.shown.get("value", value.text)
    return any(f" {folded(each)} " in f" {folded(text)} " for each in (said, value.text))


def in_span(since: datetime | date | None, span: tuple[date, date], slack: int = 1) -> bool:
    """Whether a moment lies in the days that an expression may mean, `slack` days more or less."""
    if since is None:
        return False
    day = since.date() if isinstance(since, datetime) else since
    low, high = span
    return low.toordinal() - slack <= day.toordinal() <= high.toordinal() + slack


def _attribute(name: str) -> str:
    text = folded(name).replace("favorite", "favourite").replace("color", "colour")
    return text.replace("favourite movie", "favourite film")


def _names_price(one: str, other: str) -> bool:
    thing = one.removeprefix("price of the ").split(" ")[-1]
    about = any(word in other for word in ("price", "cost", "paid", "amount"))
    return about and thing in other.split(" ")


def _number(given: str) -> float | None:
    found = _AMOUNT.search(folded(given)) or _AMOUNT.search(given)
    if found is None:
        return None
    digits = re.sub(r"[.,](?=\d{3}(?:\D|$))", "", given[slice(*_span(given))])
    try:
        return float(digits.replace(",", ".")) * (1000 if _thousands(given) else 1)
    except ValueError:
        return float(found.group(1)) if found.group(1).isdigit() else None


def _span(given: str) -> tuple[int, int]:
    found = re.search(r"\d[\d.,]*\d|\d", given)
    return found.span() if found else (0, 0)


def _thousands(given: str) -> bool:
    return re.search(r"\d\s*k\b", given, re.IGNORECASE) is not None


def _minutes(given: str, unit: str) -> float | None:
    text = folded(given)
    if re.fullmatch(r"(?:a |1 )?half (?:an |a )?hour", text) or text == "half an hour":
        return 30.0
    hours = "hour" in f"{text} {unit.casefold()}" or unit.casefold() in ("h", "hr")
    if hours and "half" in text:
        return (_number(text) or 1.0) * 60 + 30
    number = 1.0 if re.match(r"an? hour|hour", text) else _number(text)
    if number is None:
        return None
    return number * 60 if hours else number


def _digits(given: str) -> str:
    return re.sub(r"\D", "", given)


def _day_of_year(given: str) -> tuple[int, int] | None:
    text = given.casefold().replace(",", " ")
    found = _DAY.search(" ".join(text.split()))
    if found is not None:
        month = _MONTHS.get((found["m1"] or found["m2"])[:3])
        return (month, int(found["d1"] or found["d2"])) if month else None
    found = _ISO_DAY.search(text)
    return (int(found.group(1)), int(found.group(2))) if found else None


def _centimetres(given: str, unit: str) -> int | None:
    numbers = [float(each) for each in re.findall(r"\d+(?:\.\d+)?", given.replace(",", "."))]
    if not numbers:
        return None
    feet = len(numbers) > 1 or "ft" in unit or "feet" in unit or "'" in given
    if feet and numbers[0] < 9:
        inches = numbers[1] if len(numbers) > 1 else 0
        return round(2.54 * (12 * numbers[0] + inches))
    return round(numbers[0] * 100) if numbers[0] < 3 else round(numbers[0])
