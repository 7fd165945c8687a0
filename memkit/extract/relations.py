"""Whom people speak of as theirs: relatives, friends, animals; the noun gives the attribute."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from memkit.extract.words import listed

__all__ = ["FORMER", "PLURALS", "RELATIONS", "Relation"]

Gender = Literal["m", "f", "n", ""]


@dataclass(frozen=True, slots=True)
class Relation:
    """What "my sister" says: the attribute it fills, and how to speak of who fills it."""

    attribute: str
    gender: Gender = ""
    several: bool = True
    animal: bool = False


_SINGLE: Final[dict[str, tuple[Gender, str]]] = {
    "partner": ("", "partner spouse better_half significant_other other_half life_partner"),
    "partner f": ("f", "wife girlfriend fianc\u00e9e fiancee missus wifey gf bride wife-to-be"),
    "partner m": ("m", "husband boyfriend fianc\u00e9 fiance hubby bf groom husband-to-be"),
    "mother": ("f", "mother mom mum mama mam mommy mummy momma"),
    "father": ("m", "father dad papa daddy pop pa"),
    "mother-in-law": ("f", "mother-in-law mother_in_law"),
    "father-in-law": ("m", "father-in-law father_in_law"),
    "boss": ("", "boss manager supervisor line_manager"),
    "landlord": ("", "landlord landlady"),
    "doctor": ("", "doctor gp physician"),
    "dentist": ("", "dentist"),
    "therapist": ("", "therapist psychologist"),
    "coach": ("", "coach personal_trainer"),
    "mentor": ("", "mentor"),
    "stepmother": ("f", "stepmother stepmom stepmum"),
    "stepfather": ("m", "stepfather stepdad"),
    "best friend": ("", "best_friend bestie bff best_mate best_buddy best_pal"),
}
_SEVERAL: Final[dict[str, tuple[Gender, str]]] = {
    "child": ("", "child kid eldest youngest firstborn newborn toddler"),
    "son": ("m", "son stepson baby_boy little_boy"),
    "daughter": ("f", "daughter stepdaughter baby_girl little_girl"),
    "sister": ("f", "sister sis stepsister half-sister twin_sister"),
    "brother": ("m", "brother bro stepbrother half-brother twin_brother"),
    "sibling": ("", "sibling twin"),
    "friend": ("", "friend buddy pal mate"),
    "grandmother": ("f", "grandmother grandma nana granny gran nan"),
    "grandfather": ("m", "grandfather grandpa granddad grandad"),
    "grandson": ("m", "grandson"),
    "granddaughter": ("f", "granddaughter"),
    "grandchild": ("", "grandchild grandkid"),
    "aunt": ("f", "aunt auntie"),
    "uncle": ("m", "uncle"),
    "cousin": ("", "cousin"),
    "niece": ("f", "niece"),
    "nephew": ("m", "nephew"),
    "sister-in-law": ("f", "sister-in-law sister_in_law"),
    "brother-in-law": ("m", "brother-in-law brother_in_law"),
    "roommate": ("", "roommate flatmate housemate room_mate"),
    "colleague": ("", "colleague coworker co-worker workmate teammate"),
    "neighbour": ("", "neighbour neighbor"),
    "godmother": ("f", "godmother"),
    "godfather": ("m", "godfather"),
    "godson": ("m", "godson"),
    "goddaughter": ("f", "goddaughter"),
}
_ANIMALS: Final = listed(
    "pet dog cat puppy kitten pup doggo kitty rabbit bunny hamster parrot turtle tortoise "
    "goldfish fish bird horse pony guinea_pig ferret snake lizard gecko iguana budgie canary "
    "cockatiel parakeet labrador lab golden_retriever retriever poodle beagle bulldog "
    "french_bulldog german_shepherd corgi husky dachshund chihuahua collie border_collie terrier "
    "pug spaniel cocker_spaniel dalmatian greyhound rottweiler boxer_dog shiba_inu shih_tzu "
    "schnauzer labradoodle cockapoo great_dane siamese tabby maine_coon ragdoll persian_cat "
    "chicken hen duck goat donkey hedgehog chinchilla gerbil rat mouse tarantula axolotl "
    "rescue_dog rescue_cat rescue tomcat bearded_dragon chameleon lovebird macaw hermit_crab "
    "frog alpaca llama sheep cow betta_fish betta"
)
_IRREGULAR_PLURALS: Final = {
    "children": "child",
    "kids": "kid",
    "puppies": "puppy",
    "kitties": "kitty",
    "bunnies": "bunny",
    "ponies": "pony",
    "mice": "mouse",
    "besties": "bestie",
    "buddies": "buddy",
    "huskies": "husky",
    "pups": "pup",
    "grandchildren": "grandchild",
    "canaries": "canary",
    "twins": "twin",
    "sisters-in-law": "sister-in-law",
    "fish": "fish",
    "goldfish": "goldfish",
    "sheep": "sheep",
    "geckos": "gecko",
    "budgies": "budgie",
    "labradors": "labrador",
}


def _relations() -> dict[str, Relation]:
    found = {noun: Relation("pet", animal=True) for noun in _ANIMALS}
    for table, several in ((_SINGLE, False), (_SEVERAL, True)):
        for name, (gender, nouns) in table.items():
            attribute = "partner" if name.startswith("partner") else name
            for noun in listed(nouns):
                found[noun] = Relation(attribute, gender, several)
    return found


RELATIONS: Final[dict[str, Relation]] = _relations()
PLURALS: Final[dict[str, str]] = {
    **{
        f"{noun}s": noun
        for noun in RELATIONS
        if not noun.endswith(("s", "y", "h", "mouse", "child"))
    },
    **_IRREGULAR_PLURALS,
}
"""Plural to singular of the nouns above."""

FORMER: Final = listed(
    "ex ex-wife ex-husband ex-boyfriend ex-girlfriend ex-partner late former ex-boss previous"
)
