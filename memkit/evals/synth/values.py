"""Values to fill the blanks with, each once in a world."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from random import Random
from typing import Final

from memkit.errors import InvalidInput
from memkit.evals.synth import people, places, things, whens
from memkit.evals.synth.claims import Value
from memkit.evals.synth.matching import bare

PARTS: Final = 3
"""Lists are dealt into so many parts; a seed draws from one of them, so that what was learnt by
heart from one seed is of no use in another."""
_CURRENCIES: Final = (("€{}", "{} euros"), ("${}", "{} dollars"), ("£{}", "{} pounds"))


def with_article(text: str) -> str:
    """`an editor`."""
    vowel = text[0] in "aeiouAEIOU" and not text.startswith(("uni", "eu", "uk", "Ue", "one"))
    spelled = text.startswith(("MRI", "X-ray", "LP", "hono", "hour"))
    return f"an {text}" if vowel or spelled else f"a {text}"


def plain(text: str, *accepted: str) -> Value:
    """A value that is said as it is."""
    return Value(text, {"value": text, "a_value": with_article(text)}, accepted=accepted)


class Deck:
    """Draws values of each kind without repeating one, whatever the kind."""

    def __init__(self, seed: int, draw: Random) -> None:
        self._draw = draw
        self._seed = seed
        self._taken: set[str] = set()
        self._piles: dict[str, list[str]] = {}
        self._made: Final[dict[str, Callable[[], str]]] = {
            "place": self._place, "employer": self._firm, "school": self._school,
            "title": self._title, "surname": self._surname,
        }  # fmt: skip

    def text(self, pile: str) -> str:
        """A text of the pile (see `_PILES`) or made on the spot."""
        for _ in range(1000):
            found = self._made[pile]() if pile in self._made else self._next(pile)
            if self._is_new(bare(found)):
                self._taken.add(bare(found))
                return found
        raise _exhausted(pile)

    def _is_new(self, text: str) -> bool:
        """Neither drawn before nor a part of what was, in whole words, nor the other way round."""
        around = f" {text} "
        return all(around not in f" {one} " and f" {one} " not in around for one in self._taken)

    def shared(self, pile: str) -> str:
        """A text of a pile too short for everybody to have one of their own."""
        return self._draw.choice(_PILES[pile])

    def value(self, pile: str) -> Value:
        """A value that no one else in this world has."""
        return plain(self.text(pile))

    def _next(self, pile: str) -> str:
        if pile not in self._piles:
            part = [text for place, text in enumerate(dict.fromkeys(_PILES[pile]))
                    if place % PARTS == self._seed % PARTS]  # fmt: skip
            self._draw.shuffle(part)
            self._piles[pile] = part
        if not self._piles[pile]:
            rest = [text for text in _PILES[pile] if bare(text) not in self._taken]
            self._draw.shuffle(rest)
            self._piles[pile] = rest
        if not self._piles[pile]:
            raise _exhausted(pile)
        return self._piles[pile].pop()

    def _place(self) -> str:
        """A town: one in four exists."""
        if self._draw.random() < 0.25:
            return self._next("city")
        name = self._draw.choice(places.TOWN_BEGINNINGS) + self._draw.choice(places.TOWN_ENDINGS)
        if self._draw.random() < 0.12:
            return f"{self._draw.choice(places.TOWN_LEADS)} {name}"
        return name

    def _firm(self) -> str:
        name = self._next("firm")
        if self._draw.random() < 0.15:
            return f"{name} & {self._draw.choice(['Sons', 'Daughters', 'Partners'])}"
        return f"{name} {self._draw.choice(places.FIRM_KINDS)}"

    def _school(self) -> str:
        return self._draw.choice(places.SCHOOL_KINDS).format(self._place())

    def _title(self) -> str:
        first, last = (self._draw.choice(each) for each in _TITLES)
        return f"The {first} {last}" if self._draw.random() < 0.6 else f"{first} {last}"

    def _surname(self) -> str:
        first, last = (self._draw.choice(each) for each in _SURNAMES)
        return str(first + last)


def _exhausted(pile: str) -> InvalidInput:
    return InvalidInput(f"No {pile} is left for this world; ask for fewer people or fewer years.")


_TITLES: Final = (things.TITLE_BEGINNINGS, things.TITLE_ENDINGS)
_SURNAMES: Final = (people.SURNAME_BEGINNINGS, people.SURNAME_ENDINGS)
_PILES: Final[dict[str, Sequence[str]]] = {
    "female": people.FEMALE, "male": people.MALE, "pet": people.PETS, "city": places.CITIES,
    "country": places.COUNTRIES, "nationality": places.NATIONALITIES, "firm": places.FIRM_NAMES,
    "job": things.JOBS, "allergy": things.ALLERGENS, "like": things.LIKES,
    "dislike": things.DISLIKES, "hobby": things.HOBBIES, "owns": things.OWNED,
    "bought": things.BOUGHT, "instrument": things.INSTRUMENTS, "language": things.LANGUAGES,
    "diet": things.DIETS, "religion": things.RELIGIONS, "car": things.CARS,
    "colour": things.COLOURS, "dish": things.DISHES, "drink": things.DRINKS,
    "sport": things.SPORTS, "appointment": things.APPOINTMENTS, "plan": things.PLANS,
    "pet kind": things.PET_KINDS,
}  # fmt: skip


def number(amount: int) -> Value:
    """A number, in digits or in words."""
    shown = {"value": str(amount), "words": whens.in_words(amount)}
    return Value(str(amount), shown, "number")


def birthday(day: date) -> Value:
    """A day of the year, with the year in `full`."""
    month = whens.MONTHS[day.month]
    dm, md = f"{day.day} {month}", f"{month} {whens.ordinal(day.day)}"
    full = f"{day.day} {month} {day.year}"
    shown = {
        "value": dm, "dm": dm, "md": md, "full": full,
        "the": f"the {whens.ordinal(day.day)} of {month}",
    }  # fmt: skip
    return Value(day.isoformat(), shown, "day")


def minutes(draw: Random, unlike: Value | None = None) -> Value:
    """How long a way takes, and by what."""
    mode = draw.choice(["by train", "by bus", "by bike", "by car", "on foot", "by tram"])
    while True:
        amount = draw.choice([*range(10, 95, 5), 12, 18, 22, 28, 34, 38, 30, 60, 90])
        if unlike is None or unlike.text != str(amount):
            break
    ways = [f"{amount} minutes", f"{amount} minutes", f"{amount} min"]
    ways += {30: ["half an hour"], 60: ["an hour"], 90: ["an hour and a half"]}.get(amount, [])
    if amount < 20:
        ways.append(f"{whens.in_words(amount)} minutes")
    return Value(str(amount), {"value": draw.choice(ways), "mode": mode}, "minutes")


def money(low: int, high: int, step: int, draw: Random, *, yearly: bool = False) -> Value:
    """An amount as people write it."""
    amount = draw.randrange(low, high, step)
    ways = [form.format(f"{amount:,}") for form in draw.choice(_CURRENCIES)]
    if yearly and amount % 1000 == 0:
        ways.append(draw.choice(["€{}k", "{}k"]).format(amount // 1000))
    return Value(str(amount), {"value": draw.choice(ways)}, "amount")


def height(draw: Random) -> Value:
    """Centimetres, metres, or feet and inches."""
    tall = draw.randrange(152, 198)
    inches = round(tall / 2.54)
    feet = f"{inches // 12}'{inches % 12}\""
    said = draw.choice([f"{tall} cm", f"{tall} cm", f"{tall / 100:.2f} m", feet])
    return Value(said, {"value": said}, "length")


def weight(draw: Random) -> Value:
    """Kilograms or pounds."""
    amount = draw.randrange(52, 104)
    said = draw.choice([f"{amount} kg", f"{amount} kilos", f"{round(amount * 2.2)} pounds"])
    return Value(said.split(" ")[0], {"value": said}, "number")


def phone(draw: Random) -> Value:
    """A number of the kind that films use."""
    last = f"{draw.randrange(100, 200):04d}"
    area = draw.randrange(201, 990)
    said = draw.choice(["{0}-555-{1}", "({0}) 555-{1}", "+1 {0} 555 {1}", "{0} 555 {1}"])
    return Value(f"{area}555{last}", {"value": said.format(area, last)}, "digits")


def email(name: str, surname: str, draw: Random) -> Value:
    """An address at a domain that cannot exist."""
    forms = ("{0}.{1}@{2}", "{0}{1}@{2}", "{0}_{3}@{2}", "hello.{0}@{2}")
    said = draw.choice(forms).format(
        name.lower(), surname.lower(), draw.choice(things.MAIL_DOMAINS), draw.randrange(10, 99)
    )
    return plain(said.encode("ascii", "ignore").decode())


def planned(text: str) -> Value:
    """Something to do, from `bake/baking a cake`."""
    verb, _, rest = text.partition(" ")
    base, _, ing = verb.partition("/")
    said = f"{base} {rest}"
    shown = {"value": said, "gerund": f"{ing} {rest}"}
    return Value(said, shown, accepted=(f"{ing} {rest}",))
