"""The people and animals of a life."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from memkit.evals.synth import things, values
from memkit.evals.synth.claims import Truth, Value
from memkit.evals.synth.life import Life, several_told
from memkit.evals.synth.sayings import GENDERED, Saying

_SIBLINGS: Final = {"female": "sister", "male": "brother"}
_CHILDREN: Final = {"female": "daughter", "male": "son"}
_PARENTS: Final = {
    "female": ("mother", ("mum", "mother", "mom")),
    "male": ("father", ("dad", "father")),
}
_ROLES: Final = {
    "married": {"female": "wife", "male": "husband"},
    "engaged": {"female": "fiancée", "male": "fiancé"},
    "together": {"female": "girlfriend", "male": "boyfriend"},
}  # fmt: skip
_UNNAMED: Final = ("aunt", "cousin", "grandmother", "nephew", "niece", "stepbrother", "uncle")
_NEXT: Final = {
    "single": ("engaged", "married"), "engaged": ("married",), "divorced": ("engaged", "married"),
    "widowed": ("engaged",), "married": (),
}  # fmt: skip
"""What may follow each marital status."""


def add(life: Life) -> None:
    """Partner, children, siblings, parents, friends, pets, and where some of them live."""
    _love(life)
    kin: list[tuple[str, str, Value, str]] = []
    for group, kinds, most in (("child", _CHILDREN, 2), ("sibling", _SIBLINGS, 2)):
        for _ in range(life.draw.randint(0, most)):
            gender = life.draw.choice(["female", "male"])
            kin.append((group, kinds[gender], _named(life, gender), gender))
    for gender, (kind, _) in _PARENTS.items():
        if life.draw.random() < 0.7:
            kin.append(("parent", kind, _named(life, gender), gender))
    for _ in range(life.draw.randint(1, 2)):
        gender = life.draw.choice(["female", "male"])
        kin.append(("friend", "friend", _named(life, gender), gender))
    for group, kind, value, gender in kin:
        _relative(life, group, kind, value, gender)
    _unnamed(life)
    _pets(life)


def _named(life: Life, gender: str) -> Value:
    return values.plain(life.deck.text(gender))


def _relative(life: Life, group: str, kind: str, value: Value, gender: str) -> None:
    name, first = life.person.name, life.day(0.0, 0.3)
    word = life.draw.choice(_PARENTS[gender][1]) if group == "parent" else kind
    blanks = {"kind": kind, "word": word, **GENDERED[gender]}
    several = group != "parent"
    life.true(name, kind, value, first)
    life.say(Saying(first, group, name, kind, value, several=several, blanks=blanks))
    if life.draw.random() < 0.4:
        life.say(Saying(life.day(0.4, 0.9), group, name, kind, value, several=several,
                        blanks=blanks))  # fmt: skip
    if group == "child":
        return
    if life.draw.random() < 0.8:
        _lives_somewhere(life, kind, value, gender, first)
    if life.draw.random() < 0.6 and group != "friend":
        job = life.deck.value("job")
        told = first + timedelta(life.draw.randrange(20, 200))
        life.true(value.text, "job", job, told)
        life.say(Saying(
            told, "kin job", value.text, "job", job, relation=(name, kind, value),
            blanks={"kin": kind, "name": value.text, **GENDERED[gender]},
        ))  # fmt: skip


def _lives_somewhere(life: Life, kind: str, value: Value, gender: str, first: date) -> None:
    """A home, and for some another one later."""
    blanks = {"kin": kind, "name": value.text, **GENDERED[gender]}
    told = first + timedelta(life.draw.randrange(15, 120))
    home = life.deck.value("place")
    friend = kind == "friend"
    relation = None if friend else (life.person.name, kind, value)
    life.say(Saying(
        told, "friend home" if friend else "kin home", value.text, "home", home,
        event=told - timedelta(100), relation=relation, blanks=blanks,
    ))  # fmt: skip
    moved = life.day(0.6, 0.9) if life.draw.random() < 0.5 else None
    life.true(value.text, "home", home, told, moved)
    if moved is not None:
        home = life.deck.value("place")
        life.true(value.text, "home", home, moved)
        life.say(Saying(
            moved + timedelta(2), "friend home", value.text, "home", home, "new", event=moved,
            blanks=blanks,
        ))  # fmt: skip


def _unnamed(life: Life) -> None:
    for kin in life.draw.sample(_UNNAMED, 2):
        home, told = life.deck.value("place"), life.day(0.1, 0.9)
        subject = f"{life.person.name}'s {kin}"
        life.true(subject, "home", home, told)
        life.say(Saying(
            told, "unnamed kin home", subject, "home", home,
            event=told - timedelta(90) if life.draw.random() < 0.5 else None,
            blanks={"kin": kin},
        ))  # fmt: skip


def _love(life: Life) -> None:
    """A marital status, a partner who fits it, or neither."""
    draw = life.draw
    if draw.random() < 0.5:
        status = draw.choice(["single", "married", "engaged", "divorced", "widowed", "engaged"])
        stages, days = [values.plain(status)], [life.day(0.0, 0.2)]
        if _NEXT[status] and draw.random() < 0.8:
            stages.append(values.plain(draw.choice(_NEXT[status])))
            days.append(life.day(0.5, 0.8))
        _tell(life, "marital status", stages, days)
        if status in _ROLES:
            _partner(life, status, ends=False)
    elif draw.random() < 0.9:
        _partner(life, "together", ends=draw.random() < 0.8)


def _partner(life: Life, status: str, *, ends: bool) -> None:
    gender = life.draw.choice(["female", "male"])
    role, value = _ROLES[status][gender], _named(life, gender)
    first = life.day(0.0, 0.2)
    over = life.day(0.45, 0.55) if ends else None
    blanks = {"role": role, **GENDERED[gender]}
    name = life.person.name
    life.true(name, "partner", value, first, over)
    mention = Saying(first, "partner", name, "partner", value, blanks=blanks)
    life.say(mention)
    life.say(replace(mention, day=life.day(0.25, 0.35), latest=over and over - timedelta(1)))
    if over is None:
        return
    life.say(Saying(
        over + timedelta(life.draw.choice([1, 2, 16])), "partner.end", name, "partner", value,
        "end", old=value, event=over, blanks=blanks,
    ))  # fmt: skip
    if life.draw.random() < 0.8:
        new, since = _named(life, gender), life.day(0.7, 0.85)
        life.true(name, "partner", new, since)
        life.say(Saying(since + timedelta(1), "partner.new", name, "partner", new, "new",
                        event=since, blanks=blanks))  # fmt: skip
        life.say(Saying(since + timedelta(40), "partner", name, "partner", new, blanks=blanks,
                        recent=True))  # fmt: skip


def _tell(life: Life, attribute: str, stages: list[Value], days: list[date]) -> None:
    """The same as for any other attribute with one value."""
    name = life.person.name
    for place, (value, since) in enumerate(zip(stages, days, strict=True)):
        until = days[place + 1] if place + 1 < len(days) else None
        life.truths.setdefault((name, attribute), []).append(Truth(value, since, until))
        group = f"{attribute}.new" if place else attribute
        life.say(Saying(
            since + timedelta(2 * bool(place)), group, name, attribute, value,
            "new" if place else "state", old=stages[place - 1] if place else None,
            event=since if place else None,
        ))  # fmt: skip
        life.say(Saying(since + timedelta(55), attribute, name, attribute, value,
                        latest=until and until - timedelta(1), recent=place > 0))  # fmt: skip


def _pets(life: Life) -> None:
    for _ in range(life.draw.choice([0, 1, 2, 2, 3])):
        gender = life.draw.choice(["female", "male"])
        first = life.day(0.0, 0.4)
        ends = life.day(0.55, 0.9) if life.draw.random() < 0.4 else None
        blanks = {"kind": life.draw.choice(things.PET_KINDS), **GENDERED[gender]}
        mention = Saying(first, "pet", life.person.name, "pet", life.deck.value("pet"),
                         blanks=blanks)  # fmt: skip
        several_told(life, mention, ends, dated=True)
