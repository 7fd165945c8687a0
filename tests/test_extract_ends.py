"""What is taken back, and what is told as being no more, in the many words that people have."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

import pytest

from memkit.extract.triples import TripleExtractor
from memkit.models import Turn

NOON: Final = datetime(2024, 6, 1, 12, tzinfo=UTC)
EXTRACTOR: Final = TripleExtractor()

OVER: Final = {
    ("retraction", "I live in Porto.", "home", "Porto"): (
        "Forget what I said about living in Porto.",
        "Disregard what I told you about living in Porto.",
        "I made that up about living in Porto.",
        "I made up the bit about living in Porto.",
        "Don't believe what I said about living in Porto.",
        "There's no truth in what I said about living in Porto.",
        "Please delete the part about living in Porto.",
        "About living in Porto: that was a joke.",
        "About living in Porto: that wasn't true.",
        "The bit about living in Porto was a joke.",
        "I lied about living in Porto.",
        "I was pulling your leg about living in Porto.",
        "I wasn't serious about living in Porto.",
        "I was wrong about living in Porto.",
        "It isn't true what I said about living in Porto.",
        "It's not true that I live in Porto.",
        "Take what I said about living in Porto with a pinch of salt, I made it up.",
        "You can forget what I told you about living in Porto.",
        "Strike what I said about living in Porto from the record.",
        "I'd like to take back what I said about living in Porto.",
        "I have to take back what I said about living in Porto.",
        "I shouldn't have told you that about living in Porto, it's not true.",
        "What I told you about living in Porto was nonsense.",
        "That thing about living in Porto? Not true.",
        "That thing about living in Porto was made up.",
        "That story about living in Porto wasn't real.",
        "Pretend I never said anything about living in Porto.",
        "Let's forget I said anything about living in Porto.",
        "I only said that about living in Porto to tease you.",
        "I need to come clean: what I said about living in Porto isn't true.",
        "To be honest, living in Porto was just a joke of mine.",
        "My comment about living in Porto was a joke.",
        "My remark about living in Porto was not meant seriously.",
        "I was having you on about living in Porto.",
        "I was just messing with you about living in Porto.",
        "No truth to the thing about living in Porto, by the way.",
        "Erase what you know about me living in Porto.",
        "Remember what I said about living in Porto? Forget it.",
        "Remember what I said about living in Porto? It was a joke.",
        "I said something about living in Porto, but that was a joke.",
        "When I talked about living in Porto I was joking.",
        "You didn't believe that about living in Porto, did you? I was kidding.",
        "Just kidding!",
        "That was a lie.",
    ),
    ("retraction", "", "home", "Porto"): ("Forget what I said about living in Porto.",),
    ("retraction", "", "job", "florist"): (
        "I made that up about being a florist.",
        "I was only joking about being a florist.",
    ),
    ("retraction", "", "allergy", "peanuts"): (
        "About being allergic to peanuts: that was a joke.",
        "Disregard my comment about being allergic to peanuts.",
    ),
    ("retraction", "", "instrument", "cello"): (
        "That thing I said about playing the cello was a joke.",
        "There's no truth in what I told you about playing the cello.",
    ),
    ("retraction", "", "like", "opera"): (
        "Strike what I said about loving opera.",
        "I wasn't serious about loving opera.",
    ),
    ("retraction", "", "owns", "sailing boat"): ("Forget the bit about owning a sailing boat.",),
    ("retraction", "", "language", "Dutch"): ("Forget what I said about speaking Dutch.",),
    ("retraction", "", "pet", "Rex"): ("What I said about having a dog called Rex isn't true.",),
    ("retraction", "", "diet", "vegan"): ("What I said about being vegan was a joke.",),
    ("retraction", "", "employer", "Highmoor Energy"): (
        "What I said about working at Highmoor Energy isn't true.",
    ),
    ("retraction", "", "hometown", "Norwich"): (
        "What I said about being from Norwich isn't true.",
    ),
    ("retraction", "", "marital status", "married"): (
        "What I said about being married isn't true.",
    ),
    ("retraction", "", "car", "Fiat Panda"): (
        "What I said about driving a Fiat Panda isn't true.",
    ),
    ("retraction", "", "school", "Telthorpe Technical College"): (
        "What I said about studying at Telthorpe Technical College isn't true.",
    ),
    ("retraction", "", "dislike", "opera"): ("What I said about hating opera isn't true.",),
    ("retraction", "", "hobby", "pottery"): ("What I said about doing pottery isn't true.",),
    ("retraction", "", "nationality", "Dutch"): ("What I said about being Dutch isn't true.",),
    ("negation", "I live in Porto.", "home", "Porto"): ("That's no longer true.",),
    ("negation", "", "pet", "Rex"): (
        "Rex died last week.",
        "We had to put Rex to sleep last week.",
        "Rex passed away in March.",
        "I had to give Rex away, the new landlord doesn't allow pets.",
        "We lost Rex last month, the house is so quiet.",
        "I don't have Rex anymore, my neighbour took him in for good.",
        "We had to rehome Rex.",
        "Rex is no longer with us.",
        "Rex lives with my aunt now, I couldn't keep him.",
        "Rex is gone, he died in his sleep.",
        "We said goodbye to Rex yesterday.",
        "Rex had to be put down.",
        "Rex had to be put to sleep last week.",
        "Rex went over the rainbow bridge last week.",
        "Rex crossed the rainbow bridge.",
        "Rex has a new home now, with my cousin.",
        "Rex found a new home with a family in the country.",
        "We found a new home for Rex.",
        "I found Rex a new home.",
        "Rex ran away in March and never came back.",
        "I gave Rex to my sister.",
        "We gave Rex up for adoption.",
        "Rex isn't with us any more.",
        "Rex isn't mine anymore, my cousin has him now.",
        "Rex has died.",
        "The vet had to put Rex down.",
        "Sad news: Rex didn't make it.",
        "Rex fell asleep for the last time yesterday.",
        "I had to part with Rex.",
        "We buried Rex in the garden last week.",
        "I no longer have Rex.",
        "My dog Rex died.",
    ),
    ("negation", "", "hobby", "pottery"): (
        "I gave up pottery last month.",
        "I've given up pottery.",
        "I stopped pottery in May.",
        "I quit pottery.",
        "I don't do pottery anymore.",
        "I've stopped doing pottery, my knees wouldn't have it.",
        "I've lost interest in pottery.",
        "I no longer do pottery.",
        "My pottery days are over.",
        "I've packed in pottery.",
        "I dropped pottery last month.",
        "I used to do pottery, but I've stopped.",
        "I called it quits with pottery.",
        "I've left pottery behind.",
        "I said goodbye to pottery.",
        "I've turned my back on pottery.",
        "I kicked pottery last month.",
        "That's it for me and pottery.",
    ),
    ("negation", "", "hobby", "table tennis"): (
        "No more table tennis for me.",
        "I had to give up table tennis, my back hurts.",
    ),
    ("negation", "", "hobby", "Aikido"): ("Aikido is not my hobby anymore.",),
    ("negation", "", "hobby", "aikido"): (
        "I hung up aikido for good last month.",
        "I'm done with aikido.",
    ),
    ("negation", "", "hobby", "Pottery"): (
        "Pottery is over for me.",
        "Pottery used to be my hobby, not any more.",
    ),
    ("negation", "", "hobby", "bouldering"): ("I don't go bouldering any more.",),
    ("negation", "", "like", "opera"): (
        "I don't like opera anymore.",
        "I've gone off opera.",
        "I used to love opera, but not anymore.",
        "I used to like opera, now it leaves me cold.",
        "I'm over opera, it does nothing for me now.",
        "I'm tired of opera, I stopped liking it.",
        "I can't be bothered with opera any more.",
        "I fell out of love with opera.",
        "I've had enough of opera.",
        "I'm fed up with opera.",
        "I'm sick of opera.",
        "I don't care for opera these days.",
        "I don't enjoy opera any longer.",
        "I'm not a fan of opera any more.",
        "I've stopped liking opera.",
        "My love for opera is gone.",
        "I once loved opera, now I can take it or leave it.",
        "The magic of opera is gone for me.",
    ),
    ("negation", "", "like", "Opera"): (
        "Opera doesn't do it for me anymore.",
        "Opera has lost its charm for me.",
        "Opera is no longer my thing.",
        "Opera bores me now.",
        "Opera no longer interests me.",
    ),
    ("negation", "", "allergy", "pollen"): (
        "My allergy to pollen is gone.",
        "I'm not allergic to pollen anymore.",
        "Turns out I'm not allergic to pollen after all.",
        "I outgrew my allergy to pollen.",
        "My pollen allergy is gone.",
        "I got rid of my pollen allergy.",
        "My allergy to pollen has disappeared.",
        "I'm cured of my allergy to pollen.",
        "The allergy to pollen has gone away.",
        "The doctor says I'm not allergic to pollen any longer.",
        "Good news, I no longer have an allergy to pollen.",
        "My allergy test was negative for pollen, so I'm not allergic to it.",
    ),
    ("negation", "", "allergy", "peanuts"): ("I can eat peanuts again, the allergy is gone.",),
    ("negation", "", "allergy", "Pollen"): (
        "Pollen doesn't bother me any more, my allergy is gone.",
    ),
    ("negation", "", "owns", "standing desk"): ("I sold my standing desk back in August.",),
    ("negation", "", "owns", "telescope"): (
        "I sold the telescope.",
        "I gave away my telescope last week.",
        "I don't have the telescope anymore.",
        "I got rid of my telescope.",
        "My telescope was stolen last week.",
        "I no longer own the telescope.",
        "I gave my telescope to a cousin in May.",
        "The telescope isn't mine anymore, I sold it.",
        "My telescope broke and I threw it away.",
        "I threw out my telescope.",
        "I donated my telescope to a school.",
        "My telescope is gone, I sold it.",
        "Somebody stole my telescope.",
        "I parted with my telescope.",
        "I've sold the telescope.",
        "My telescope has a new owner.",
        "The telescope belongs to my cousin now.",
        "I traded in my telescope.",
        "My telescope went to a cousin of mine.",
        "I passed my telescope on to my nephew.",
        "I lost my telescope in the move.",
        "The telescope has been sold.",
        "I found a buyer for my telescope.",
        "I no longer have a telescope.",
    ),
    ("negation", "", "partner", "Tom"): (
        "Tom and I broke up last month.",
        "Tom left me.",
        "Tom and I are no longer together.",
        "I'm not with Tom anymore.",
        "It's over between Tom and me.",
        "Tom and I have separated.",
        "I ended things with Tom.",
        "Tom and I split up.",
        "Tom and I aren't a couple anymore.",
        "Tom is my ex now.",
        "Tom and I went our separate ways last month.",
        "Tom and I are done.",
        "Things ended between me and Tom.",
        "Tom dumped me last week.",
        "I dumped Tom.",
        "Tom broke up with me.",
        "Tom walked out on me.",
        "Tom and I called it quits.",
        "I've separated from Tom.",
        "My relationship with Tom is over.",
        "It didn't work out with Tom.",
        "Tom and I decided to part.",
        "Tom and I got divorced in May.",
        "We split up, Tom and I.",
        "I'm single again, Tom and I broke up.",
    ),
    ("negation", "", "instrument", "cello"): (
        "I don't play the cello any more.",
        "I gave up the cello.",
        "I stopped playing the cello.",
    ),
}
"""By mood, what was said before it if anything, attribute and value: how it is said."""

GOES_ON: Final = [
    ("I live in Porto.", "I'm not joking about living in Porto."),
    ("I live in Porto.", "He was joking about living in Porto."),
    ("I live in Porto.", "I'll never forget about moving to Porto."),
    ("I live in Porto.", "What do you say about living in Porto?"),
    ("I play the cello.", "She gave up the cello."),
    ("I love opera.", "I might give up opera."),
    ("I have a dog called Rex.", "Rex ran to the door."),
    ("I have a dog called Rex.", "I gave Rex a bath."),
]
"""What sounds like it and leaves things as they were."""


def heard(*texts: str) -> list[tuple[str, str, str]]:
    turns = [Turn(f"t{n}", text, "Ana", "user", "s", NOON) for n, text in enumerate(texts) if text]
    found = [one.metadata for one in EXTRACTOR.extract(turns)]
    return [(one["mood"], one["attribute"], one["value"]) for one in found]


@pytest.mark.parametrize(
    ("first", "then", "gone"),
    [(first, then, (mood, attribute, value))
     for (mood, first, attribute, value), all in OVER.items() for then in all],
)  # fmt: skip
def test_what_is_over_is_known_to_be(first: str, then: str, gone: tuple[str, str, str]) -> None:
    assert gone in heard(first, then)


@pytest.mark.parametrize(("first", "then"), GOES_ON)
def test_what_goes_on_is_not_ended(first: str, then: str) -> None:
    assert all(mood not in ("negation", "retraction") for mood, _, _ in heard(first, then))
