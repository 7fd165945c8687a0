"""Words that probes are made with: what can be said otherwise, and things seldom spoken of."""

from __future__ import annotations

from typing import Final

from memkit.text import stem

_GROUPS: Final = """
buy purchase; house home; car vehicle; job work; child kid; doctor physician; film movie;
begin start; big large; small little; quick fast; fix repair; trip journey; shop store;
photo picture; talk speak; happy glad; sad unhappy; angry upset; tired exhausted; meal dinner;
city town; street road; friend pal; boss manager; money cash; cheap inexpensive; gift present;
hobby pastime; holiday vacation; ill sick; mother mum; father dad; bike bicycle; phone telephone;
plane aircraft; rain shower; sea ocean; boat vessel; forest wood; garden yard; flat apartment;
class lesson; exam test; answer reply; ask question; help assist; show display; finish complete;
choose pick; build construct; break damage; cook prepare; clean tidy; hurt injure; love adore;
hate dislike; need require; want wish; think believe; move relocate; leave depart; arrive come;
travel journey; visit see; meet encounter; marry wed; study learn; teach instruct; write note;
read peruse; song tune; painting canvas; team squad; match game; race contest; prize award;
idea thought; plan scheme; problem issue; mistake error; price cost; pay spend; sell trade;
lend loan; save keep; throw toss; carry bring; hide conceal; find discover; lose misplace;
near close; far distant; old aged; new recent; cold chilly; hot warm; wet damp; dark dim;
loud noisy; quiet silent; easy simple; hard difficult; dog hound; cat feline; baby infant;
wife spouse; husband spouse; party celebration; wedding marriage; funeral burial; lawyer attorney;
teacher instructor; nurse carer; chef cook; writer author; painter artist; kitchen cookery;
bag sack; box crate; coat jacket; shoe boot; hat cap; road route; hill slope; river stream;
lake pond; island isle; beach shore; storm gale; fire blaze; weekend saturday; evening night;
morning dawn; autumn fall; rubbish trash; sweet candy; biscuit cookie; sofa couch; film picture;
sport exercise; run jog; walk stroll; swim bathe; climb scale; drive motor; ride cycle
""".replace("\n", " ")

SELDOM: Final = tuple(
    """
accordion aqueduct barometer bassoon beehive blowtorch caravan centrifuge chainsaw chinchilla
cuckoo dirigible dulcimer echidna epee falcon ferret flugelhorn forklift gargoyle gazebo geode
glockenspiel gondola gramophone greenhouse harpsichord hovercraft iguana jukebox kaleidoscope
kayak lighthouse loom macaw mandolin marimba meteorite microscope minaret narwhal obelisk oboe
observatory ostrich pagoda parachute periscope pottery quad quill rickshaw sarcophagus sextant
sundial tapestry telescope theremin toboggan trampoline trombone tuba typewriter ukulele unicycle
vineyard weathervane windmill xylophone yurt zeppelin zither
""".split()
)
"""Things that few conversations speak of; a probe takes one that its own does not."""


def _table() -> dict[str, str]:
    found: dict[str, str] = {}
    for group in _GROUPS.split(";"):
        first, second = group.split()
        found.setdefault(stem(first), second)
        found.setdefault(stem(second), first)
    return found


OTHERWISE: Final = _table()
"""The stem of a word to another word of much the same meaning."""


def inflected(word: str) -> str:
    """Another form of an English word; what has none that is plain stays as it is."""
    if not word.isascii() or not word.isalpha() or len(word) < 5 or word.endswith("y"):
        return word
    if word.endswith("ing") and len(word) > 6:
        base = word[:-3]
        return base[:-1] if base[-1] == base[-2] and base[-1] not in "lsz" else base
    if word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return f"{word}es" if word[-1] in "sxz" else f"{word}s"
