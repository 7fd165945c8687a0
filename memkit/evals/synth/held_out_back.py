"""A third of the ways to correct oneself and to take something back; see `held_out`."""

from __future__ import annotations

from typing import Final

SAID: Final[dict[str, str]] = {
    "correction": """
Hm no, strike {old}, it should be {value}.
Scratch that, {value} is right, {old} was a slip.
Let me fix that: {value} rather than {old}.
I got that wrong before. Not {old} but {value}.
Sorry, {value}, not {old}.
I meant {value}, not {old}.
""",
    "home.correction": """
Let me fix that, home is {value}, not {old}.
I typed {old} by accident, I live in {value}.
Ugh, autocorrect: I live in {value}, not {old}.
I live in {value}, not {old}, sorry.
Wrong, I live in {value}, not {old}.
""",
    "pet.correction": """
Let me fix that: the {kind}'s name is {value}, not {old}.
It's {value}, not {old}, that my {kind} is called.
Silly me, {old} is my neighbour's, my own {kind} is called {value}.
Sorry, my {kind} is called {value}, not {old}.
I meant {value}, my {kind} isn't called {old}.
""",
    "birthday.correction": """
Let me fix that: my birthday is {md} and not {old}.
I typed {old} by accident, my birthday is on {dm}.
It's {dm}, not {old}, that I have my birthday.
Sorry, my birthday is on {dm}, not {old}.
My birthday is on {dm}, not {old}, sorry.
""",
    "employer.correction": """
Let me fix that, it's {value} I work for, not {old}.
I typed {old} by accident, I work for {value}.
Wrong name, my employer is {value} and not {old}.
Sorry, I work at {value}, not at {old}.
I work for {value}, not for {old}, sorry.
""",
    "retraction": """
About {topic}: that was nonsense, please forget it.
Don't take seriously what I said about {topic}, I made it up.
You can delete the bit about {topic}, it was a joke.
I wasn't being serious about {topic}.
Forget about {topic}, that was a joke.
I was joking about {topic}.
""",
}
