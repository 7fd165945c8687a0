"""Lives told in sessions: who says what to whom, with small talk around it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from memkit.evals.synth import chatter, said_traps
from memkit.evals.synth.claims import Claim, Item, Person, Session, Truth, Value
from memkit.evals.synth.life import Life
from memkit.evals.synth.patterns import Pattern
from memkit.evals.synth.sayings import Saying, Trap
from memkit.evals.synth.wording import Wording, fill, lowered

LOAD: Final = 4
"""The most that is told in one session."""
_ASSISTED: Final = ("suggestion", "confirmed", "poison")
_PILES: Final = {
    "allergy": "allergy", "home": "place", "language": "language", "job": "job", "a_job": "job",
    "pet": "pet", "instrument": "instrument", "dislike": "dislike", "like": "like",
    "car": "car", "a_car": "car", "employer": "employer", "dish": "dish", "partner": "female",
    "hobby": "hobby", "owns": "owns", "a_owns": "owns",
}  # fmt: skip
"""What fills the blank of a trap."""
_ONE_AT_A_TIME: Final = ("home", "job", "employer", "car")


@dataclass
class Meeting:
    """A session in the making. `partner` is None for the assistant."""

    id: str
    start: datetime
    owner: Person
    partner: Person | None
    sayings: list[Saying] = field(default_factory=list)
    traps: list[Trap] = field(default_factory=list)
    messages: list[dict[str, Any]] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)

    @property
    def full(self) -> bool:
        """Nothing more is told here."""
        return len(self.sayings) + len(self.traps) >= LOAD

    def add(self, speaker: Person | None, text: str, *, tool: bool = False) -> str:
        """Append a message; its id. Without a speaker it is the assistant's."""
        id = f"{self.id}.{len(self.messages) + 1}"
        said: dict[str, Any] = {"id": id, "session": self.id, "content": text}
        said["timestamp"] = (self.start + timedelta(minutes=2 * len(self.messages))).isoformat()
        if tool:
            said["role"] = "tool"
        elif self.partner is not None and speaker is not None:
            said["name"] = speaker.name
        else:
            said["role"] = "user" if speaker is not None else "assistant"
        self.messages.append(said)
        return id

    def now(self) -> datetime:
        """The moment of the next message."""
        return self.start + timedelta(minutes=2 * len(self.messages))

    def session(self) -> Session:
        """The session as it is stored."""
        return Session(self.id, self.owner.name, tuple(self.messages))


class Teller:
    """Turns one life into sessions."""

    def __init__(self, life: Life, others: Sequence[Person], wording: Wording, mark: str) -> None:
        self._life = life
        self._draw = life.draw
        self._wording = wording
        self._style = life.draw.choice(["plain", "plain", "curly", "lower"])
        self.meetings = list(self._calendar(others, mark))

    def tell(self) -> list[Meeting]:
        """Every meeting, with all that is said."""
        self._allot()
        for meeting in self.meetings:
            self._hold(meeting)
        return self.meetings

    def _calendar(self, others: Sequence[Person], mark: str) -> Iterator[Meeting]:
        person, draw = self._life.person, self._draw
        day, number = self._life.start, 0
        while day < self._life.end:
            assisted = not others or (person.is_user and draw.random() < 0.65)
            start = datetime.combine(day, time(draw.randrange(8, 22), draw.randrange(60)), UTC)
            partner = None if assisted else draw.choice(list(others))
            yield Meeting(f"{mark}{number:03d}", start, person, partner)
            day, number = day + timedelta(draw.randrange(3, 9)), number + 1

    def _allot(self) -> None:
        for saying in sorted(self._life.sayings, key=lambda each: each.day):
            last = saying.latest or self._life.end
            place = self._place(saying.day, last, assisted=False)
            if place is not None:
                place.sayings.append(saying)
        for trap in sorted(self._life.traps, key=lambda each: each.day):
            assisted = trap.group in _ASSISTED
            place = self._place(trap.day, self._life.end, assisted=assisted)
            if place is not None:
                place.traps.append(trap)

    def _place(self, day: date, last: date, *, assisted: bool) -> Meeting | None:
        for meeting in self.meetings:
            fits = day <= meeting.start.date() <= last and not meeting.full
            if fits and (not assisted or meeting.partner is None):
                return meeting
        return None

    def _hold(self, meeting: Meeting) -> None:
        draw = self._draw
        told: list[Saying | Trap] = [*meeting.sayings]
        for trap in meeting.traps:
            told.insert(draw.randrange(len(told) + 1), trap)
        if not told or draw.random() < 0.5:
            self._exchange(meeting)
        while told:
            first = told.pop(0)
            if isinstance(first, Trap):
                self._trap(meeting, first)
                continue
            together = [first]
            if first.then is None and first.kind == "statement" and draw.random() < 0.3:
                while told and _joins(told[0]) and len(together) < 2:
                    together.append(told.pop(0))  # type: ignore[arg-type]
            self._say(meeting, together)
            if first.then is not None:
                self._say(meeting, [first.then])
        if draw.random() < 0.3:
            meeting.add(meeting.owner, self._styled(draw.choice(chatter.CLOSINGS)))

    def _exchange(self, meeting: Meeting) -> None:
        """Small talk, or a question to the assistant."""
        lines = chatter.REQUESTS if meeting.partner is None else chatter.SMALL_TALK
        meeting.add(meeting.owner, self._styled(self._draw.choice(lines)))
        self._answer(meeting)

    def _answer(self, meeting: Meeting, about: Value | None = None) -> None:
        draw = self._draw
        if meeting.partner is not None:
            meeting.add(meeting.partner, draw.choice(chatter.REPLIES))
        elif about is not None and draw.random() < 0.15:
            text = draw.choice(chatter.ASSISTANT_ECHOES)
            meeting.add(None, text.format(value=about.shown["value"]))
        else:
            meeting.add(None, draw.choice(chatter.ASSISTANT_ANSWERS))

    def _say(self, meeting: Meeting, sayings: Sequence[Saying]) -> None:
        """One message with one or two statements and small talk around them."""
        draw, said = self._draw, meeting.now()
        worded = [self._wording.word(each, said, self._style) for each in sayings]
        parts: list[tuple[str, int | None]] = []
        if draw.random() < 0.3:
            parts.append((draw.choice(chatter.SMALL_TALK), None))
        parts += [(each.text, place) for place, each in enumerate(worded)]
        if draw.random() < 0.15 and sayings[-1].form != "retraction":
            parts.append((draw.choice(chatter.ENDINGS), None))
        text, places = self._joined(parts)
        id = meeting.add(meeting.owner, text)
        for saying, words, (start, end) in zip(sayings, worded, places, strict=True):
            meeting.items.append(Item(
                f"{id}:{start}", saying.kind, meeting.owner.name, words.pattern.id,
                words.pattern.held_out, (id,), start, end, words.claims, also=words.pattern.also,
            ))  # fmt: skip
        plain = len(sayings) == 1 and sayings[0].kind == "statement" and sayings[0].form == "state"
        self._answer(meeting, worded[0].claims[0].value if plain and not sayings[0].then else None)

    def _joined(self, parts: Sequence[tuple[str, int | None]]) -> tuple[str, list[tuple[int, int]]]:
        """The text of a message and where its statements stand in it."""
        text, places = "", []
        for part, place in parts:
            text += " " if text else ""
            start = len(text)
            text += part if place is not None else self._styled(part)
            if place is not None:
                places.append((start, len(text)))
        if self._style == "lower" and text.endswith(".") and self._draw.random() < 0.6:
            text = text[:-1]
        return self._curled(text), [(start, min(end, len(text))) for start, end in places]

    def _styled(self, text: str) -> str:
        return self._curled(text.lower() if self._style == "lower" else text)

    def _curled(self, text: str) -> str:
        return text.replace("'", "’") if self._style == "curly" else text

    def _trap(self, meeting: Meeting, trap: Trap) -> None:
        pattern, attribute, value = self._bait(trap.group, meeting.now().date())
        (blank,) = pattern.blanks
        filler = value.shown["a_value"] if blank.startswith("a_") else value.shown["value"]
        own = self._style == "lower" and trap.group not in _ASSISTED
        text = (lowered if own else fill)(pattern.text, {blank: filler})
        if trap.group == "confirmed":
            self._confirmed(meeting, pattern, attribute, value, text)
        elif trap.group == "suggestion":
            self._suggested(meeting, pattern, value, text)
        elif trap.group == "poison":
            self._poisoned(meeting, pattern, value, text)
        else:
            text, ((start, end),) = self._joined([(text, 0)])
            id = meeting.add(meeting.owner, text)
            self._note(meeting, trap.group, pattern, (id,), (start, end), value)
            self._answer(meeting)

    def _bait(self, group: str, on: date) -> tuple[Pattern, str, Value]:
        """A pattern, the attribute that its blank is of, and a value for it.

        What is confirmed must be true: what holds on that day, or something new where an
        attribute has several values.
        """
        while True:
            blanks = frozenset(_PILES)
            pattern = self._wording.pattern(group, blanks)
            (blank,) = pattern.blanks
            attribute = blank.removeprefix("a_")
            if group != "confirmed" or attribute not in _ONE_AT_A_TIME:
                value = self._life.deck.value(_PILES[blank])
                return pattern, attribute, value
            held = self._held(attribute, on)
            if held is not None:
                return pattern, attribute, held

    def _held(self, attribute: str, on: date) -> Value | None:
        known = self._life.truths.get((self._life.person.name, attribute), ())
        return next((each.value for each in known if each.holds(on)), None)

    def _confirmed(
        self, meeting: Meeting, pattern: Pattern, attribute: str, value: Value, text: str
    ) -> None:
        self._request(meeting)
        asked = meeting.add(None, text)
        said, several = meeting.now(), attribute not in _ONE_AT_A_TIME
        yes = meeting.add(meeting.owner, self._styled(self._draw.choice(said_traps.CONFIRMATIONS)))
        self._answer(meeting)
        name = self._life.person.name
        if several:
            self._life.true(name, attribute, value, said.date())
        claim = Claim(name, attribute, value, said, "state", several=several)
        meeting.items.append(Item(
            f"{asked}:0", "confirmed", name, pattern.id, pattern.held_out, (yes, asked), 0,
            len(text), (claim,),
        ))  # fmt: skip

    def _suggested(self, meeting: Meeting, pattern: Pattern, value: Value, text: str) -> None:
        self._request(meeting)
        id = meeting.add(None, text)
        self._note(meeting, "suggestion", pattern, (id,), (0, len(text)), value)
        meeting.add(meeting.owner, self._styled(self._draw.choice(said_traps.DODGES)))
        meeting.add(None, self._draw.choice(chatter.ASSISTANT_ANSWERS))

    def _poisoned(self, meeting: Meeting, pattern: Pattern, value: Value, text: str) -> None:
        self._request(meeting)
        before, after = (self._draw.choice(chatter.DISTRACTIONS) for _ in range(2))
        id = meeting.add(None, f"{before}\n{text}\n{after}", tool=True)
        start = len(before) + 1
        self._note(meeting, "poison", pattern, (id,), (start, start + len(text)), value)
        meeting.add(None, self._draw.choice(chatter.ASSISTANT_ANSWERS))

    def _request(self, meeting: Meeting) -> None:
        meeting.add(meeting.owner, self._styled(self._draw.choice(chatter.REQUESTS)))

    def _note(
        self, meeting: Meeting, kind: str, pattern: Pattern, messages: tuple[str, ...],
        place: tuple[int, int], value: Value,
    ) -> None:  # fmt: skip
        meeting.items.append(Item(
            f"{messages[-1]}:{place[0]}", kind, self._life.person.name, pattern.id,
            pattern.held_out, messages, *place, forbidden=(value,),
        ))  # fmt: skip


def _joins(told: Saying | Trap) -> bool:
    return isinstance(told, Saying) and told.then is None and told.kind == "statement"


def merged(parts: Iterable[Mapping[tuple[str, str], Sequence[Truth]]]) -> dict[
    tuple[str, str], tuple[Truth, ...]
]:  # fmt: skip
    """What is true of everybody."""
    found: dict[tuple[str, str], tuple[Truth, ...]] = {}
    for part in parts:
        for key, truths in part.items():
            known = sorted(truths, key=lambda each: each.since)
            found[key] = found.get(key, ()) + tuple(known)
    return found
