"""How people correct themselves, and take back what they said. As in `said_self`.

`correction` follows the slip in the same session, whatever it was about; `retraction` names in
{topic} what it is about ("living in Lisbon").
"""

from __future__ import annotations

from typing import Final

SAID: Final[dict[str, str]] = {
    "correction": """
Actually, I meant {value}, not {old}.
Sorry, I meant {value}, not {old}.
Correction: {value}, not {old}.
Wait, not {old}, {value}.
I said {old}, but I meant {value}.
Sorry, that was wrong, it's {value}, not {old}.
Oops, not {old}. It's {value}.
I misspoke earlier, it's {value}, not {old}.
Actually it's {value}, not {old}.
My mistake, I meant to say {value} instead of {old}.
That should have been {value}, I don't know where {old} came from.
""",
    "home.correction": """
Actually, I live in {value}, not {old}.
No wait, I live in {value}, not in {old}.
Sorry, I live in {value}. I don't know why I said {old}.
I meant I live in {value}, not {old}.
Correction, I live in {value}, I never lived in {old}.
I said I live in {old}, that's wrong, I live in {value}.
Actually I don't live in {old} at all, I live in {value}.
I made a mistake before: I live in {value}, not {old}.
It's {value} I live in, not {old}, sorry.
""",
    "pet.correction": """
Actually, my {kind} is called {value}, not {old}.
Sorry, my {kind}'s name is {value}, not {old}.
No wait, the {kind} is called {value}, not {old}.
I mixed that up, my {kind} is called {value}, not {old}.
Correction: my {kind}'s name is {value}, I said {old} by mistake.
I said {old}, but my {kind} is called {value}.
My {kind} isn't called {old}, sorry, {his} name is {value}.
Did I say {old}? My {kind} is called {value}.
I wrote {old}, I know, but my {kind}'s name is really {value}.
""",
    "birthday.correction": """
Actually, my birthday is on {dm}, not {old}.
Sorry, my birthday is {md}, not {old}.
Correction, my birthday is on {dm}, not {old}.
I mistyped, my birthday is on {dm}, not {old}.
No, wait, my birthday's {md}, not {old}.
I said {old}, but my birthday is on {dm}.
My birthday isn't {old}, it's {md}, sorry.
Actually it's not {old}, my birthday is on {the}.
Typo! My birthday is {md} instead of {old}.
""",
    "employer.correction": """
Actually, I work at {value}, not {old}.
Sorry, I work for {value}, not {old}.
Correction, my employer is {value}, not {old}.
No wait, I work at {value}, not at {old}.
I said {old}, but I work for {value}.
I mixed them up, I work at {value}, not {old}.
I don't work at {old}, my mistake, I work at {value}.
I got that wrong, I'm employed at {value}, not {old}.
I never worked at {old}, I meant {value}, that's where I work.
""",
    "retraction": """
Forget what I said about {topic}.
Please forget what I said about {topic}.
I was only joking about {topic}.
I was kidding about {topic}.
What I said about {topic} isn't true.
Scratch what I said about {topic}.
Never mind what I told you about {topic}, it's not true.
I take back what I said about {topic}.
Ignore what I said about {topic}, that was a joke.
The thing I said about {topic}, that's not actually true.
""",
}
