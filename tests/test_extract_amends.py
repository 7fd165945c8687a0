"""Corrections of what was said before, in the many words that people find for them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

import pytest

from memkit.extract.triples import TripleExtractor
from memkit.models import Memory, Turn

NOON: Final = datetime(2024, 6, 1, 12, tzinfo=UTC)
EXTRACTOR: Final = TripleExtractor()

AMENDS: Final = {
    ("My birthday is on 10 April 1998.", "birthday", "10 March"): (
        "My mistake, I meant to say 10 March instead of 10 April.",
    ),
    ("My birthday is June 10th.", "birthday", "10 May"): ("Actually it's 10 May, not 10 June.",),
    ("I live in Porto.", "home", "Varnhold"): (
        "Actually, I meant Varnhold, not Porto.",
        "Make that Varnhold, not Porto.",
        "I should have said Varnhold, not Porto.",
        "Not Porto but Varnhold, sorry.",
        "It's not Porto, it's Varnhold.",
        "I wrote Porto but I meant Varnhold.",
        "I got that wrong: not Porto, Varnhold.",
        "Did I say Porto? I meant Varnhold.",
        "Did I say Porto? It's Varnhold, of course.",
        "Sorry, typo: Porto -> Varnhold.",
        "Typo, Varnhold instead of Porto.",
        "Let me correct that: Varnhold, not Porto.",
        "Please replace Porto with Varnhold.",
        "Please change Porto to Varnhold, I mistyped.",
        "When I said Porto I meant Varnhold.",
        "Where I said Porto, read Varnhold.",
        "Porto was a slip, it's Varnhold.",
        "Porto was wrong, it should be Varnhold.",
        "Porto is wrong. The right answer is Varnhold.",
        "I take that back, it's Varnhold, not Porto.",
        "Scratch that, Varnhold, not Porto.",
        "Scratch Porto, it's Varnhold.",
        "No, not Porto. Varnhold.",
        "Hold on, that's Varnhold, not Porto.",
        "Hm, I said Porto, but it's really Varnhold.",
        "I keep mixing them up: Varnhold, not Porto.",
        "Silly me, Varnhold, not Porto.",
        "My bad, it's Varnhold rather than Porto.",
        "Varnhold, I mean, not Porto.",
        "Varnhold! Not Porto.",
        "Of course I mean Varnhold, not Porto.",
        "Small correction: Varnhold instead of Porto.",
        "That came out wrong, I meant Varnhold and not Porto.",
        "Forget Porto, I meant Varnhold.",
        "Ignore the Porto bit, it's Varnhold.",
        "The correct answer is Varnhold, Porto was a mistake.",
        "That's not right, it isn't Porto, it's Varnhold.",
        "Apologies, Varnhold is what I meant, not Porto.",
        "What I meant was Varnhold, not Porto.",
        "I said Porto earlier, that should be Varnhold.",
        "Earlier I told you Porto, but that was wrong. It's Varnhold.",
        "Autocorrect! Varnhold, not Porto.",
        "It was Varnhold I wanted to say, not Porto.",
        "I was thinking of something else, it's Varnhold and not Porto.",
        "Read Varnhold for Porto, I was half asleep.",
        "Ugh, wrong one. Varnhold, not Porto.",
        "*Varnhold",
        "I meant to write Varnhold.",
        "Strike that, Varnhold.",
        "Sorry, I live in Varnhold. I don't know why I said Porto.",
        "Correction, I live in Varnhold, I never lived in Porto.",
        "Actually I don't live in Porto at all, I live in Varnhold.",
        "It's Varnhold I live in, not Porto, sorry.",
        "I don't live in Porto, I mistyped. I live in Varnhold.",
        "My home is in Varnhold, not in Porto, I wasn't thinking.",
        "I wrote that I live in Porto, but I live in Varnhold.",
        "Porto? No, I live in Varnhold.",
        "What am I saying, I live in Varnhold, not Porto.",
        "I've never lived in Porto, I live in Varnhold.",
        "Where I live is Varnhold, not Porto.",
        "My city is Varnhold, not Porto.",
        "Oops: I live in Varnhold rather than Porto.",
        "To be precise I live in Varnhold, not in Porto.",
    ),
    ("I go to Edmonton Academy.", "school", "Telthorpe Technical College"): (
        "Oops, not Edmonton Academy. It's Telthorpe Technical College.",
    ),
    ("I'm from Asteldal.", "hometown", "Norwich"): ("Sorry, I meant Norwich, not Asteldal.",),
    ("My birthday is on 10 June.", "birthday", "10 May"): (
        "Actually it's 10 May, not 10 June.",
        "I meant 10 May, not 10 June.",
        "That should have been 10 May, I don't know where 10 June came from.",
        "My birthday is 10 May rather than 10 June.",
        "Sorry, I was born on 10 May, not 10 June.",
        "Wrong month: my birthday is 10 May.",
        "Not 10 June! My birthday's on 10 May.",
        "I wrote 10 June, but I have my birthday on 10 May.",
        "I celebrate my birthday on 10 May, not on 10 June.",
        "Ignore 10 June, my birthday is on 10 May.",
        "The date was wrong, my birthday is 10 May, not 10 June.",
    ),
    ("I'm a baker.", "job", "florist"): (
        "Sorry, I meant a florist, not a baker.",
        "Did I say baker? I meant florist.",
    ),
    ("I drive a Fiat Panda.", "car", "Peugeot 208"): ("No, it's a Peugeot 208, not a Fiat Panda.",),
    ("My favourite band is The Quiet Harbour.", "favourite band", "The Endless Weather"): (
        "I meant The Endless Weather, not The Quiet Harbour.",
    ),
    ("My favourite food is ramen.", "favourite food", "lasagne"): ("Typo: lasagne, not ramen.",),
    ("My favourite colour is blue.", "favourite colour", "green"): (
        "I said blue but I meant green.",
    ),
    ("I'm 39 years old.", "age", "38"): ("I meant 38, not 39.",),
    ("I speak Dutch.", "language", "Danish"): ("I meant Danish, not Dutch.",),
    ("My sister is called Clara.", "sister", "Clarissa"): ("I mean Clarissa, not Clara.",),
    ("I have a dog called Rex.", "pet", "Milo"): (
        "My dog isn't called Rex, sorry, his name is Milo.",
        "I wrote Rex, I know, but my dog's name is really Milo.",
        "Sorry, typo: Rex -> Milo.",
        "Not Rex, Milo.",
        "The dog's name is Milo, not Rex.",
        "His name isn't Rex, it's Milo.",
        "He's called Milo, not Rex.",
        "I called my dog Rex, but his name is Milo.",
        "Wrong name, my dog is Milo, not Rex.",
        "Oops, it's Milo, my dog isn't Rex.",
        "The dog goes by Milo, not Rex, I mixed it up.",
        "Rex was my old dog's name, the dog is called Milo.",
        "I don't know why I said Rex, my dog's called Milo.",
        "Rex? No, the dog is called Milo.",
        "Did I write Rex? My dog's name is Milo.",
        "My dog answers to Milo, not to Rex, sorry.",
        "Please note that the dog's name is Milo and not Rex.",
        "My dog's real name is Milo, not Rex.",
        "Let me correct that: the dog is named Milo, not Rex.",
        "It's Milo, not Rex, that my dog is called.",
        "Milo is my dog's name, not Rex.",
        "Milo is the name of my dog, I confused it with Rex.",
    ),
    ("I work at Blackfen & Partners.", "employer", "Highmoor Energy"): (
        "Actually, I work for Highmoor Energy, not Blackfen & Partners.",
        "I'm not employed at Blackfen & Partners, I meant Highmoor Energy.",
        "The firm I work for is Highmoor Energy, not Blackfen & Partners.",
        "My company is Highmoor Energy, not Blackfen & Partners, sorry.",
        "It's Highmoor Energy that I work for, not Blackfen & Partners.",
        "I never worked at Blackfen & Partners, I meant Highmoor Energy, that's where I work.",
        "Blackfen & Partners isn't my employer, Highmoor Energy is.",
        "Did I write Blackfen & Partners? I work at Highmoor Energy.",
        "I wrote Blackfen & Partners, but my employer is Highmoor Energy.",
        "Wrong company! I work for Highmoor Energy, not for Blackfen & Partners.",
    ),
    ("My birthday is on June 10.", "birthday", "May 10"): ("My birthday is May 10, not June 10.",),
}
"""By what was said first, and the attribute with its right value: how it is put right."""

APART: Final = [
    ("I live in Porto.", "We went to Lisbon, not Porto, last week."),
    ("I live in Porto.", "My sister prefers Lisbon, not Porto."),
    ("I live in Porto.", "Is it Lisbon, not Porto?"),
    ("I love pottery.", "Thanks! That's really sweet. Is this your own painting?"),
    ("I love pottery.", "I'm excited to see where pottery takes me."),
    ("My dog is called Rex.", "Not Rex again! Milo chased him."),
]
"""What names an earlier value, too, and puts nothing right."""


def heard(*texts: str) -> list[Memory]:
    turns = [Turn(f"t{n}", text, "Ana", "user", "s", NOON) for n, text in enumerate(texts)]
    return list(EXTRACTOR.extract(turns))


@pytest.mark.parametrize(
    ("first", "then", "right"),
    [(first, then, (attribute, value))
     for (first, attribute, value), all in AMENDS.items() for then in all],
)  # fmt: skip
def test_what_was_said_wrong_is_put_right(first: str, then: str, right: tuple[str, str]) -> None:
    before = heard(first)[0].metadata
    found = [one.metadata for one in heard(first, then) if one.metadata["mood"] == "correction"]
    assert [(one["attribute"], one["value"]) for one in found] == [right]
    assert found[0].get("corrects", before["value"]) == before["value"]


@pytest.mark.parametrize(("first", "then"), APART)
def test_what_only_names_the_value_corrects_nothing(first: str, then: str) -> None:
    before, *others = [one.metadata for one in heard(first, then)]
    slot = before["subject"], before["attribute"]
    assert all((one["subject"], one["attribute"]) != slot for one in others)
