"""A third of the ways to correct oneself and to take something back; see `held_out`."""

from __future__ import annotations

from typing import Final

SAID: Final[dict[str, str]] = {
    "correction": """
Hm no, strike {old}, it should be {value}.
Scratch that, {value} is right, {old} was a slip.
Let me fix that: {value} rather than {old}.
I got that wrong before. Not {old} but {value}.
That should have been {value}, I don't know where {old} came from.
""",
    "home.correction": """
Let me fix that, home is {value}, not {old}.
I typed {old} by accident, I live in {value}.
Ugh, autocorrect: I live in {value}, not {old}.
It's {value} I live in, not {old}, sorry.
""",
    "pet.correction": """
Let me fix that: the {kind}'s name is {value}, not {old}.
It's {value}, not {old}, that my {kind} is called.
Silly me, {old} is my neighbour's, my own {kind} is called {value}.
I wrote {old}, I know, but my {kind}'s name is really {value}.
""",
    "birthday.correction": """
Let me fix that: my birthday is {md} and not {old}.
I typed {old} by accident, my birthday is on {dm}.
It's {dm}, not {old}, that I have my birthday.
Typo! My birthday is {md} instead of {old}.
""",
    "employer.correction": """
Let me fix that, it's {value} I work for, not {old}.
I typed {old} by accident, I work for {value}.
Wrong name, my employer is {value} and not {old}.
I never worked at {old}, I meant {value}, that's where I work.
""",
    "retraction": """
About {topic}: that was nonsense, please forget it.
Don't take seriously what I said about {topic}, I made it up.
You can delete the bit about {topic}, it was a joke.
I wasn't being serious about {topic}.
The thing I said about {topic}, that's not actually true.
""",
}
