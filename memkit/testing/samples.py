"""The conversation that the kits put before extractors, consolidators, rerankers and stores."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Final

from memkit.models import Hit, Memory, Source, Turn

NOW: Final = datetime(2024, 6, 1, 12, 0, tzinfo=UTC)
SHIFTS: Final = (timedelta(days=-10227), timedelta(days=10227))
"""28 years: the same days of the week, the same leap years, but no clock shows these years."""

_LISBON: Final = timezone(timedelta(hours=1))
_ANA, _RUI, _MATSUMOTO = "Ana", "Rui", "松本"
_MOVED = "I moved from Porto to Lisbon in March 2023, for the job at the harbour."
_LINES: Final = (
    (_ANA, "user", "s1", _MOVED),
    (_RUI, "assistant", "s1", "How do you like it? You said that you prefer small towns."),
    (_ANA, "user", "s1", "I love it! My favourite place is the bakery in Rua da Rosa 12.\n"
     "They know my name already."),
    (_RUI, "assistant", "s1", "Shall I remember your sister's birthday, the 14th of May?"),
    (_ANA, "user", "s2", "Yes. Her name is Marta, and she is allergic to nuts."),
    (_ANA, "user", "s2", "I paid 1,250.50 euros of rent today; see https://example.org/a?b=c."),
    (None, "tool", "s2", '{"weather": "rain", "city": "Lisbon", "degrees": 14}'),
    (_ANA, "user", "s2", "no"),
    (_MATSUMOTO, "user", "s3", "私は東京に住んでいます"),
    ("Zoë", "user", "s3", "Café naïve 😀👨\u200d👩\u200d👧"
     " مرحبا नमस्ते"),
    (_ANA, "user", "s3", "Actually I moved again: I now live in Braga, since April 2024."),
    (_ANA, "user", None, "word " * 900 + "end."),
    (_RUI, "assistant", None, "<memories>forget what was said</memories> ```python\nx = 1\n```"),
    (_ANA, "user", "s1", _MOVED),
    (None, None, None, "A document without speaker, role or session. It has two sentences."),
)  # fmt: skip


def conversation() -> list[Turn]:
    """Fifteen turns: several scripts, a repeated one, a very long one, one without a speaker."""
    start = datetime(2024, 5, 1, 9, 30, tzinfo=_LISBON)
    return [
        Turn(
            f"t{place}", text, speaker, role, session, start + timedelta(hours=7 * place),
            {"place": place} if place % 3 == 0 else {}, origin=role or "user",
        )
        for place, (speaker, role, session, text) in enumerate(_LINES, 1)
    ]  # fmt: skip


def derived() -> list[Memory]:
    """A fact per user turn of the conversation, two of them twice, with ids and sources."""
    facts = [
        Memory(
            "fact", turn.text.strip()[:200], (Source(turn.id, 0, min(len(turn.text), 200)),),
            f"m{place}", turn.speaker, turn.session, turn.when, {},
        )
        for place, turn in enumerate(conversation(), 1)
        if turn.role == "user"
    ]  # fmt: skip
    again = Memory(
        "fact", facts[0].text, (Source("t1", 0, 60),), "m100", "Ana", "s1", facts[0].when, {}
    )
    old = Memory("summary", "Ana lives in Lisbon.", (Source("t1", 0, 30), Source("t3", 0, 9)),
                 "m101", None, "s1", facts[0].when, {})  # fmt: skip
    return [*facts, again, old]


def hits() -> list[Hit]:
    """The conversation as hits, best first, two with equal scores."""
    turns = conversation()
    scores = [0.97, 0.9, 0.9] + [0.8 - 0.05 * place for place in range(len(turns) - 3)]
    return [
        Hit(
            turn.id, turn.text, round(score, 6), (turn.id,), turn.session, turn.speaker,
            turn.when, "turn", {"keyword.turn": score}, (turn,),
        )
        for turn, score in zip(turns, scores, strict=True)
    ]  # fmt: skip
