"""Small conversations for the tests of what is derived from them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from hypothesis import strategies as st

from memkit.models import Memory, Turn

START: Final = datetime(2024, 3, 4, 9, tzinfo=UTC)
LATER: Final = datetime(2024, 6, 1, tzinfo=UTC)

BOAT: Final = (
    ("Ana", "I bought an old wooden sailing boat in Setúbal last week."),
    ("Rui", "A sailing boat! How long is the hull?"),
    ("Ana", "The hull is 7.5 metres, and the mast needs new varnish."),
    ("Rui", "Varnish for a mast is expensive, and the sails wear out first."),
    ("Ana", "The sails are new, but the hull leaks near the rudder."),
    ("Rui", "A leaking hull and a bad rudder, on a wooden boat... good luck with the harbour."),
)
BREAD: Final = (
    ("Ana", "My sister Clara opened a bakery on 2 March, she bakes rye bread."),
    ("Rui", "Rye bread with sourdough? Which flour does the bakery use?"),
    ("Ana", "Flour from the mill in Évora; the sourdough is twelve years old."),
    ("Rui", "The oven must be hot for rye bread, and the dough needs a night."),
    ("Ana", "The oven of the bakery is made of brick, the dough rests for 14 hours."),
    ("Rui", "Tell Clara that I want two loaves of that sourdough bread."),
)


def talk(
    lines: Sequence[tuple[str | None, str]],
    session: str | None = "s1",
    *,
    start: datetime = START,
    seconds: float = 60,
    first: int = 1,
    role: str | None = None,
) -> list[Turn]:
    """Turns t1, t2... of one session, so many seconds apart."""
    return [
        Turn(
            f"t{place}", text, speaker, role, session,
            start + timedelta(seconds=seconds * (place - first)), origin=role or "user",
        )
        for place, (speaker, text) in enumerate(lines, first)
    ]  # fmt: skip


def chats() -> st.SearchStrategy[list[Turn]]:
    """Any turns: several scripts and speakers, sessions that interleave, pauses of any length."""
    words = st.sampled_from(
        "Ana Clara's boat 7.5 € bread?! 12:30 我住在里斯本。 Évora, \n - ** `x` [photo: cat] lol "
        "\"The Sea\" NHS Dr. Silva's 3,000 I'm don't é́ 😀 . ... (a) https://a.b/c www".split(" ")
    )
    texts = st.lists(words, min_size=1, max_size=12).map(" ".join) | st.text(min_size=1)
    fields = st.tuples(
        texts.filter(lambda text: bool(text.strip()) and "\x00" not in text),
        st.sampled_from(["Ana", "Rui", None]), st.sampled_from(["user", "assistant", None]),
        st.sampled_from(["s1", "s2", None]), st.sampled_from([0, 1, 60, 5000, 40000, -90000]),
    )  # fmt: skip

    def made(rows: list[tuple[str, str | None, str | None, str | None, int]]) -> list[Turn]:
        at, found = START, []
        for place, (text, speaker, role, session, seconds) in enumerate(rows):
            at += timedelta(seconds=seconds)
            found.append(Turn(f"t{place}", text, speaker, role, session, at))
        return found

    return st.lists(fields, max_size=24).map(made)


def quotes(memory: Memory, turns: Sequence[Turn]) -> list[str]:
    """The words that a memory's sources stand for."""
    texts = {turn.id: turn.text for turn in turns}
    return [texts[source.turn][source.start : source.end] for source in memory.sources]
