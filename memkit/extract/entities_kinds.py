"""What speaks for the type of a name: its own words, and the words around it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from memkit.names import is_given_name

PERSON: Final = "person"
KINDS: Final = (PERSON, "place", "organisation", "title", "product", "event")
"""Types, in the order that decides where as much speaks for one as for another."""
OTHER: Final = "other"

HONORIFICS: Final = frozenset(
    "mr mrs ms miss mx dr prof professor doctor sir dame lord lady rev father sister brother uncle "
    "aunt auntie aunty grandma grandpa coach captain sgt judge president senator herr frau señor "
    "señora sr sra don doña monsieur madame mme signor signora".split()
)
CONNECTING: Final = frozenset(
    "of the de da do dos das del la le les du van von der den di al el y e &".split()
)
"""Small words that may stand inside a name."""
SMALL: Final = CONNECTING | frozenset(
    "a an and as at but by for from in into is it nor not on onto or over so than that to up upon "
    "under with without when your you my und mit auf im am zu para por con sur et au aux".split()
)
"""Words that are not capitalised inside a title."""
CALENDAR: Final = frozenset(
    "mondays tuesdays wednesdays thursdays fridays saturdays sundays monday tuesday wednesday "
    "thursday friday saturday sunday january february march april may june july august september "
    "october november december mon tue tues wed thu thur thurs fri sat sun jan feb mar apr jun "
    "jul aug sep sept oct nov dec weekend spring summer autumn fall winter am pm".split()
)
ADJECTIVES: Final = frozenset(
    "english german french spanish italian portuguese dutch greek russian chinese japanese korean "
    "american british irish scottish welsh polish swedish norwegian danish finnish turkish arabic "
    "hebrew hindi indian mexican brazilian canadian australian african asian european latin thai "
    "vietnamese persian swiss austrian belgian czech hungarian romanian ukrainian egyptian "
    "moroccan cuban colombian peruvian argentinian chilean filipino indonesian catholic christian "
    "muslim jewish buddhist hindu lgbt lgbtq lgbtq+ lgbtqia trans gay "
    "mediterranean caribbean".split()
)
"""Of a country, a language or a faith: not names of anything."""
NEVER: Final = frozenset(
    "i i'm i've i'd i'll i’m i’ve i’d i’ll ok okay lol omg btw fyi haha hahaha yes no the a an "
    "and my your his her our their it its he she we you they this that im ive tv pc dj diy ceo "
    "cto hr phd mba vip asap rsvp imo imho tbh idk aka eta faq qa q&a id pm am ad bc usd eur gbp "
    "mom mum dad mommy daddy momma papa mama granny nana hi hey hello thanks thank wow yeah yay "
    "xoxo xo pic fb god jesus christ gosh ps p.s dm dms ai it ui ux pdf gym bbq fam rpg npc fps "
    "diys woohoo bf gf bff".split()
)
"""Words in capitals that name nobody."""
_PLACES: Final = frozenset(
    "afghanistan africa america antarctica argentina asia australia austria bangladesh belgium "
    "bolivia brazil bulgaria california cambodia canada chile china colombia croatia cuba denmark "
    "ecuador egypt england ethiopia europe finland florida france germany ghana greece hawaii "
    "hungary iceland india indonesia iran iraq ireland israel italy jamaica japan jordan kenya "
    "korea lebanon malaysia mexico morocco nepal netherlands nigeria norway oregon pakistan peru "
    "philippines poland portugal romania russia scotland senegal serbia singapore spain sweden "
    "switzerland taiwan tanzania texas thailand tunisia turkey uganda ukraine usa uk u.s u.k "
    "uruguay venezuela vietnam wales zimbabwe amsterdam athens barcelona beijing berlin boston "
    "brussels budapest cairo chicago copenhagen delhi dubai dublin edinburgh florence geneva "
    "hamburg istanbul kyoto lisbon london madrid melbourne milan moscow mumbai munich nyc osaka "
    "oslo paris porto prague rome seattle seoul shanghai stockholm sydney tokyo toronto vancouver "
    "vienna zurich 北京 上海 東京 东京 大阪 京都 中国 日本 里斯本".split()
)
_LAST: Final = {
    "place": "street st avenue ave road rd boulevard lane park beach lake river mountain mountains "
    "island islands bay valley canyon falls forest square bridge airport station city town village "
    "county hills cliffs coast tower castle palace garden gardens desert ocean sea trail museum "
    "gallery library hotel cathedral temple stadium arena harbour harbor peninsula states kingdom "
    "praça platz straße plaza restaurant cafe café bakery",
    "organisation": "inc ltd llc corp gmbh ag university college school institute foundation "
    "hospital clinic church club bank agency association society company group team academy "
    "department ministry committee council union league studios studio band orchestra society "
    "universität technologies systems solutions airlines records center centre",
    "event": "festival parade marathon conference cup olympics convention awards championship fair "
    "expo tournament day month eve christmas easter thanksgiving halloween hanukkah ramadan diwali",
}  # fmt: skip
_FIRST: Final = {
    "place": "mount mt lake san santa são rio los las new north south east west cape port fort "
    "isle gulf",
    "organisation": "university fc bank",
}  # fmt: skip
_KIN: Final = (
    r"sister|brother|mother|father|mom|mum|dad|wife|husband|partner|girlfriend|boyfriend|fiancée?"
    r"|daughter|son|kid|child|baby|cousin|niece|nephew|uncle|aunt|grand\w+|friend|buddy|pal|bestie"
    r"|roommate|flatmate|neighbou?r|colleague|coworker|co-worker|boss|manager|mentor|teacher|coach"
    r"|doctor|therapist|client|teammate|classmate|guy|girl|woman|man|lady|dog|cat|puppy|kitten|pup"
    r"|author|singer|actor|actress|artist|writer|player|mentee"
)
_THE: Final = r"(?:the )?$"
_BEFORE: Final = [
    ("person", 3.0, rf"\b(?:{_KIN})s?,?(?: is| are| was)?(?: named| called)? $"),
    ("person", 2.0, r"\b(?:named|name is|name's|names are|i'm|i am) $"),
    ("person", 1.0, r"\b(?:with|met|told|asked|tell|ask|hey|hi|hello|dear|thanks?|by|bye|miss"
                   r") $"),
    ("place", 2.0, r"\b(?:in|near|visit(?:ed|ing)?|explor(?:e|ed|ing)|tour(?:ed|ing)?) " + _THE),
    ("place", 3.0, r"\b(?:trip|move[ds]?|moving|fl[ey]w?|flight|travel\w*|drove|went|going|back) "
                   r"(?:out |up |down |back |over )?to " + _THE),
    ("place", 3.0, r"\b(?:live[ds]?|living|born|stay\w*|grew up|based) (?:in|near) " + _THE),
    ("place", 1.0, r"\b(?:to|at|from|around|across|outside|through|toward|towards) " + _THE),
    ("organisation", 4.0, r"\b(?:works?|worked|working|job|intern\w*|employed|hired|position|"
                          r"interview\w*) (?:at|for|with|by) " + _THE),
    ("organisation", 3.0, r"\b(?:ceo|founder|member|fan|employees?|company|brands?|sponsor\w*|deal)"
                          r" (?:of|by|like|called|named|with) " + _THE),
    ("organisation", 1.5, r"\bjoin(?:ed|ing)? " + _THE),
    ("title", 3.0, r"\b(?:book|novel|movie|film|song|album|series|game|musical|podcast|anime|manga|"
                   r"poem|documentary|show)s?,? (?:is |was |called |named |titled |like |it's )?$"),
    ("title", 1.5, r"\b(?:re)?(?:read|watch|watched|play|played|listen\w* to)(?:ing)? " + _THE),
    ("product", 1.5, r"\b(?:bought|ordered|using|used?|driv\w+|ride) (?:an? |the |my )?"
                     r"(?:new )?$"),
    ("event", 1.5, r"\b(?:during|attend\w*|celebrat\w+) " + _THE),
]  # fmt: skip
_AFTER: Final = [
    ("person", 2.0, r"^ (?:said|says|told|asked|and i\b|loves?|likes|texted|wants?|thinks|gave|"
                    r"taught|helped|is my|was my|are you)"),
    ("person", 2.0, r"^['\u2019]s (?:birthday|wedding|house|husband|wife|mom|dad|kids|face|family|"
                    r"name|boyfriend|girlfriend|graduation|books|songs|music|paintings)"),
    ("title", 2.0, r"^,? by [^\W\d_a-z]"),
    ("title", 1.5, r"^ (?:book|novel|movie|film|series|trilogy|album|soundtrack|song)"),
    ("product", 2.0, r"^ (?:app|phone|laptop|console|headset|camera|software|controller)"),
    ("place", 1.0, r"^, [^\W\d_a-z]\w+"),
]  # fmt: skip
_MODEL: Final = re.compile(r"\d|^[a-z]+[A-Z]|^(?!Ma?c|Le|La|De|Di|Du|O')[A-Z][a-z]+[A-Z]")
"""A number or an inner capital, but for those of persons: PS5, iPhone; LeBron, McEwan."""
_CUES_BEFORE: Final = [(kind, vote, re.compile(cue)) for kind, vote, cue in _BEFORE]
_CUES_AFTER: Final = [(kind, vote, re.compile(cue)) for kind, vote, cue in _AFTER]
_BY_LAST: Final = {word: kind for kind, words in _LAST.items() for word in words.split()}
_BY_FIRST: Final = {word: kind for kind, words in _FIRST.items() for word in words.split()}

Votes = dict[str, float]


def votes_of(text: str, start: int, end: int) -> Votes:
    """What speaks for each type of the name at [start, end) of a text, in arbitrary units."""
    votes = _own_votes(text[start:end])
    before = text[max(0, start - 40) : start].lower().rstrip("\"'\u201c\u2018*")
    after = text[end : end + 24].lstrip('"\u201d*')
    for cues, around in ((_CUES_BEFORE, before), (_CUES_AFTER, after)):
        for kind, vote, cue in cues:
            if cue.search(around):
                votes[kind] = votes.get(kind, 0.0) + vote
    return votes


def _own_votes(name: str) -> Votes:
    """What the words of a name say by themselves."""
    words = [word.strip(".,") for word in name.lower().split()]
    votes: dict[str, float] = defaultdict(float)
    if words[0] in HONORIFICS and len(words) > 1 and words[1] not in CONNECTING:
        votes["person"] += 5
    elif is_given_name(words[0], everyday=True) and len(words) <= 3:
        votes["person"] += 1 + is_given_name(words[0]) + (len(words) > 1)
    head = words[words.index("of") - 1] if "of" in words[1:] else words[-1]
    if head in _BY_LAST and (len(words) > 1 or _BY_LAST[head] == "event"):
        votes[_BY_LAST[head]] += 5
    if words[0] in _BY_FIRST and len(words) > 1:
        votes[_BY_FIRST[words[0]]] += 1.5
    if " ".join(words) in _PLACES:
        votes["place"] += 4
    if _MODEL.search(name):
        votes["product"] += 2
    return dict(votes)


def kind_of(votes: Iterable[Votes]) -> str:
    """The type that most speaks for over all mentions; `other` where nothing does."""
    total: dict[str, float] = defaultdict(float)
    for one in votes:
        for kind, vote in one.items():
            total[kind] += vote
    best = max(KINDS, key=lambda kind: (total[kind], -KINDS.index(kind)))
    return best if total[best] >= 1 else OTHER
