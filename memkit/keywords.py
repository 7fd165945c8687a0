"""The words of a conversation that say what it is about.

What a word is worth depends on the word and on the conversation itself, never on what else is in
the batch: the same session gives the same terms whenever it is looked at. So there is no document
frequency here, but a table of the words that are in everyone's mouth.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from math import log
from typing import Final, NamedTuple

from memkit.names import aliases, short_forms
from memkit.text import stem, terms, words

_FUNCTION: Final = """
a about above across after again against all almost along already also although am among an and any
are aren as at be because been before below between but by couldn did didn do does doesn don down
each either every for from had hadn has hasn have haven having he her here hers him his how i if in
into is isn it its just me more most mustn my neither no nor not now of off on once only or other
our ours out over own same shan she shouldn so some such than that the their theirs them then there
these they this those through thus to too under until up very via was wasn we were weren what when
where which who whom whose why will with won wouldn you your yours re ve im ive dont doesnt didnt
cant id ill youre thats lets
"""
_FILLER: Final = """
able absolutely absolutley actually advice agree ah ain alright always amazing another anymore
anyone anything anytime anyway appreciate around ask asked available aw away awesome awhile aww aye
back bad based basically beautiful become becomes becoming began begin beginning believe beside
besides best bet better big bit blast both bring brings brought btw buddy bummer bunch bye call
called came can cannot cant catch catching caught certain certainly chance chat chatted chatting
check cheers chill clear come comes coming completely congrats congratulations consider considering
cool could couple course current currently cute day days deal def definitely delight details did
different done dude dunno during each easy else enjoy enjoyed enjoying enough ensure epic
especially etc even ever every everyone everything exactly example excited exciting experience
explore fab fantastic feature features feel feeling feels felt few finally find fine first focus
follow following form found four friendly full fun further future fyi gave general get gets getting
give given gives giving glad go goes going gone gonna good gorgeous gosh got gotta great guess guy
guys haha hand hands happen happened happening happy hard hear heard heck hello help helped helpful
helps herself hey hi himself hmm hold honest honestly hope hopefully hoping however huge idea ideas
important impressive include includes including incredible indeed inspiring instead interested
interesting isn itself joy keep keeping keeps key kidding kind kinda knew know known kudos large
last lately later lead leads least left less let lets level life like liked likely line list little
ll lol long look looked looking looks lot lots love loved lovely loving low luck lucky made main
major make makes making man many matter may maybe mean means meet mention mentioned might mind mmm
moment moments month months morning mostly much must myself name near nearly need needed needs
never new next nice night non nope note nothing number often oh ok okay old omg one ones onto ooh
open opportunity option options ourselves overall own pal part particular particularly pay people
per perfect person piece place places plan planning plans plenty plus point positive possible
potential pretty prob probably proud provide pumped put putting question questions quick quickly
quite rather read real realize realized really reason recent recently recommend related remember
reminds right rooting sad said saw say saying says second see seeing seem seems seen self sense set
several shall share shared sharing short should show showing shows side significant similar simple
simply since single skill small somehow someone something sometimes somewhere soon sorry sort sound
sounds speak speaking special specific spoke spot stand start started starting starts state stay
staying step still stoked stop stuff suggest suggestion suggestions suit super sure sweet take
taken takes taking talk talked talking tell tells tend term terms thank thanks themselves thing
things think thinking third though thought thoughts three thrilled till time times tip tips today
together told tomorrow tonight tons took top topic totally towards track tried true truly try
trying turn turned two type types um under understand unique unless unlike upcoming upon upset us
use used useful using usually various vibe vibes visit wait wanna want wanted wanting wants watch
way ways week weekend weeks welcome well went whatever whenever wherever whether while whole wide
wild wish within without won wonder wonderful wondering word words work working works world worth
would wow ya yay yeah year years yep yes yesterday yet yourself yup
"""
_COMMON: Final = """
activity add added adding afternoon age amount answer area art aspect attention average balance
base become behind being black blue board boost break bright build building business busy buy
buying care case cause center change changed changes changing choice choose city class close
clothes cold color combination comfort comfortable common company community complex connect
connection content continue control corner cost country cover create created creating creative
crowd curious daily dark decide decided decision deep design develop difference difficult dinner
discuss discover discussed door down dream dreams drive early earlier easily eat edge effect
effective effort element end energy entire environment essential evening event events experiences
express expression extra eye eyes face fact fall family fan far fast favorite favourite fear fill
filled final finish finished fit five flow food force forget forward free fresh friend friends
front future game goal goals great green group grow growing growth hang happiness head healthy
heart heavy help hide high hit hobby holding home hour hours house human identify image impact
impressed improve improvement increase information inside inspiration inspired interest issue
issues item items job join journey kid kids kitchen know language laugh learn learned learning
leave leaving life light limit link listen listening live living local location lose lost lower
mark match material meaning meaningful meeting member memories memory mental mention method middle
minute minutes miss mix mom money mood motivated movie nature necessary negative news object offer
office online opinion order organize others outside pack page pair paper parent park party pass
passion past path peace perspective phone photo photos pick picture pictures pic piece play played
playing positive post power practice prepare present press pressure price probably problem problems
process produce product program progress project projects protect public purpose push quality quiet
range reach ready red reduce regular relationship relax remind reminder remain represent research
resource resources respect response rest result review ride road role room routine rule run running
safe save scene schedule school screen section self series serve service session share sharing shop
sign sit sitting situation size slow smart smile smooth social solution son space spend spending
spirit spread stage standing step stick store story stories street strength stress strong struggle
student study style success successful summer sun supply support supported supportive surprise
surround system table taste team technique test text theme tool touch tough tour town training
travel treat tree trip trust truth turn uncertain usual value variety version video view walk
walking wall warm water weather weird white win winter woman women wonder work worry write writing
wrong young
"""
_WORD: Final = re.compile(r"[^\W\d_](?:[^\W_]|['\u2019\u0300-\u036f-](?=[^\W_]))*")
_CAPTION: Final = re.compile(r"\[(?:photo|image|video|audio|file|sticker)\b:?|https?://\S+")
_POSSESSIVE: Final = re.compile("['\u2019]s?$")
_UNSPACED: Final = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)
_ACTING: Final = re.compile("[a-z](?:ed|ing|ly)$")
_JOINED: Final = re.compile("['\u2019-]")
COMMON_WEIGHT: Final = 0.3
"""What a common word is worth beside a telling one."""


class Word(NamedTuple):
    """A word that tells something: the stem it counts under, as it was written, and its place."""

    key: str
    written: str
    start: int
    end: int


def telling(text: str) -> list[Word]:
    """The words of a text that say what it is about, in order."""
    if "[" in text or "://" in text:
        text = _CAPTION.sub(lambda found: " " * len(found.group()), text)
    found: list[Word] = []
    for match in _WORD.finditer(text):
        for key, shown in _keys(match.group()):
            found.append(Word(key, shown, match.start(), match.end()))
    return found


def weight(key: str) -> float:
    """What a word counts, 0..1, whatever the conversation."""
    return COMMON_WEIGHT if key in _common() else 1.0


@lru_cache(maxsize=1 << 15)
def is_everyday(word: str) -> bool:
    """Whether a word is in everyone's mouth, and no name by itself."""
    key = stem(word.lower())
    return key in _fillers() or key in _common()


def named(names: Iterable[str | None]) -> frozenset[str]:
    """The keys of these names and their short forms: who speaks is not what is spoken of."""
    given = dict.fromkeys(name for name in names if name)
    forms = {form for name in given for form in (name, *short_forms(name))} | {*aliases(given)}
    return frozenset(key for form in forms for key in terms(form))


def key_terms(
    own: Sequence[tuple[str, Sequence[Word]]], other: Counter[str], *, central: frozenset[str],
    without: frozenset[str], limit: int,
) -> tuple[str, ...]:  # fmt: skip
    """The terms that tell the texts `own` from `other`, the most telling first, as written.

    A word counts by how often and in how many texts it was said, times the logarithm of the odds
    with which it is said here rather than there (Monroe, Colaresi and Quinn 2008, without the
    variance). What was said once counts only among the `central` keys, and not at all where words
    are not spaced: most pairs of such signs are no words. Two words side by side
    that were said twice, or as a name, are one term.
    """
    counts = Counter(word.key for _, row in own for word in row)
    texts = Counter(key for _, row in own for key in {word.key for word in row})
    written = _as_written(row for _, row in own)
    total, totals = sum(counts.values()), sum(other.values())
    scores = {
        key: weight(key) * _form(written[key]) * (log(1 + count) + 0.5 * log(texts[key]))
        * _odds(count, total, other[key], totals)
        for key, count in counts.items()
        if key not in without and (count > 1 or (key in central and not _UNSPACED.match(key)))
    }  # fmt: skip
    scores |= _pairs(own, scores, written)
    return _best(scores, written, limit)


def _odds(count: int, total: int, other: int, others: int) -> float:
    """A factor above 0: 1 where there is nothing to compare with."""
    if not others:
        return 1.0
    here, there = (count + 1) / (total + 50), (other + 1) / (others + 50)
    return max(0.1, 1.0 + 0.5 * log(here / there))


def _pairs(
    own: Sequence[tuple[str, Sequence[Word]]], scores: dict[str, float], written: dict[str, str]
) -> dict[str, float]:
    """Scores of two words in a row that belong together; notes in `written` how they look."""
    seen: Counter[str] = Counter()
    proper: set[str] = set()
    for text, row in own:
        for one, two in pairwise(row):
            if text[one.end : two.start] in (" ", "-") and one.key in scores and two.key in scores:
                key = f"{one.key} {two.key}"
                seen[key] += 1
                if one.start > 0 and one.written[:1].isupper() and two.written[:1].isupper():
                    proper.add(key)
                written.setdefault(key, text[one.start : two.start] + two.written)
    pairs: dict[str, float] = {}
    for key, count in seen.items():
        one_key, _, two_key = key.partition(" ")
        telling_enough = one_key != two_key and weight(one_key) + weight(two_key) > 1
        if telling_enough and (count > 1 or key in proper):
            pairs[key] = max(scores[one_key], scores[two_key]) * (1.1 + 0.1 * min(count, 3))
    return pairs


def _best(scores: dict[str, float], written: dict[str, str], limit: int) -> tuple[str, ...]:
    chosen: list[str] = []
    covered: set[str] = set()
    for key in sorted(scores, key=lambda key: (-scores[key], key)):
        if scores[key] > 0 and not covered & {*key.split()} and len(written[key]) > 1:
            chosen.append(written[key])
            covered |= {*key.split()}
            if len(chosen) == limit:
                break
    return tuple(chosen)


def _as_written(found: Iterable[Sequence[Word]]) -> dict[str, str]:
    """How each key is best shown: in small letters if ever so written, else as it is most."""
    forms: dict[str, Counter[str]] = {}
    for row in found:
        for word in row:
            begins = word.start == 0 and word.written.istitle()
            form = word.written.lower() if begins else word.written
            forms.setdefault(word.key, Counter())[form] += 1
    return {
        key: min(counts, key=lambda form: (not form.islower(), -counts[form], form))
        for key, counts in forms.items()
    }


def _form(written: str) -> float:
    """Terms are things: what looks like a verb or an adverb counts less."""
    return 0.6 if _ACTING.search(written) else 1.0


@lru_cache(maxsize=1 << 16)
def _keys(written: str) -> tuple[tuple[str, str], ...]:
    """(key, how it is shown) of a written word; nothing for one that is in everyone's mouth."""
    shown = _POSSESSIVE.sub("", written)
    found = [(key, part) for part in words(shown) if (key := stem(part)) not in _fillers()]
    found = [(key, part) for key, part in found if len(key) > 1 or not key.isascii()]
    if len(found) > 1 and not _JOINED.search(shown):
        return tuple(found)  # pairs of a script without spaces
    return (("-".join(key for key, _ in found), shown),) if found else ()


@lru_cache(maxsize=1)
def _fillers() -> frozenset[str]:
    return frozenset(stem(word) for word in (_FUNCTION + _FILLER).split())


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    return frozenset(stem(word) for word in _COMMON.split()) - _fillers()
