"""One person under several names: "Mel" and "Melanie", "Dr. Smith" and "Jane Smith".

Pure rules and one small table, mostly of English nicknames. What they cannot decide they leave
alone: a name that could stand for two people stands for neither.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

_NICKNAMES: Final = """
abigail: abby abbie gail abraham: abe adelaide: addie agnes: aggie albert: al bert bertie alejandro:
ale alex alessandra: ale alexander: al alec alex sandy sasha xander alexandra: alex alexa lexi sandy
sasha alfred: al alf alfie fred alicia: ali alison: ali amanda: mandy amelia: millie anastasia:
nastya stacy andrea: andi andrew: andy drew angela: angie anita: nita ann: annie nan anna: annie
anne: annie anthony: tony ant antonio: toni tonio tony archibald: archie arnold: arnie arthur: art
artie barbara: barb babs bartholomew: bart beatrice: bea trixie beatriz: bea bia benedict: ben
benjamin: ben benny benji bernard: bernie bradley: brad brandon: bran bridget: biddy cameron: cam
camille: cami millie candace: candy carol: carrie caroline: caro carol carrie carolyn: carol carrie
cassandra: cass cassie catherine: cat cathy kate katie kitty cecilia: ceci charles: charlie chuck
chas charlotte: charlie lottie char chester: chet christian: chris christina: chris chrissy tina
christine: chris chrissy christopher: chris kit topher cynthia: cindy clifford: cliff clinton: clint
concepcion: concha conchita constance: connie curtis: curt daniel: dan danny dani daniela: dani
danielle: dani david: dave davey deborah: deb debbie debby dennis: denny derek: rick desmond: des
diana: di dimitri: dima mitya dmitry: dima dominic: dom nick donald: don donnie dorothy: dot dottie
dolly douglas: doug edmund: ed eddie ned eduardo: edu lalo edward: ed eddie ned ted teddy edwin: ed
eddie eleanor: ellie nell elisabeth: liese sissi elizabeth: beth betsy betty ellie libby liz liza
lizzie ellen: ellie nell emily: em emmy millie emma: em emmy enrique: quique kike eric: rick ricky
ernest: ernie esther: essie eugene: gene evelyn: evie ezekiel: zeke federico: fede ferdinand: ferdi
fernando: fer nando florence: flo florrie frances: fran francie frankie francesca: fran francis:
frank frankie francisco: paco pancho cisco fran franklin: frank frederick: fred freddie rick
gabriel: gabe gabi gabriela: gabi gaby gabrielle: gabby genevieve: gen viv geoffrey: geoff georgina:
georgie gerald: gerry jerry gilbert: gil giovanni: gianni gonzalo: gonza gregory: greg grigory:
grisha guadalupe: lupe guillermo: memo guille gustavo: gus tavo gwendolyn: gwen harold: hal harry
harriet: hattie heather: hettie helen: nell nellie henrietta: hettie etta henry: hank harry herbert:
herb bert howard: howie hubert: hugh bert ignacio: nacho irene: rena isaac: ike zac isabel: bel isa
izzy isabella: bella isa izzy ivan: vanya jacob: jake jacqueline: jackie james: jamie jim jimmy
jane: janey janie janet: jan janice: jan jason: jay javier: javi jeanne: jeanie jeffrey: jeff
jennifer: jen jenn jenny jeremiah: jerry jeremy: jem jerry jerome: jerry jessica: jess jessie jesus:
chucho chuy joan: joanie joanna: jo joey joanne: jo johannes: hannes hans john: jack jackie johnny
jonathan: jon jonny jonty jorge: coco jose: pepe pepito ze joseph: joe joey jody josefina: pepa fina
josephine: jo josie josey fifi joshua: josh judith: judy jude julia: julie julian: jules justin: jus
katharine: kate kathy katie kay kit kitty katherine: kat kate kathy katie kay kit kitty kathleen:
kate kathy katie kay kathryn: kat kate kathy katie kay katarina: kata kenneth: ken kenny kimberly:
kim kimmy kristen: kris kristin: kris kristina: kris tina laura: laurie lolly lauren: laurie ren
lawrence: larry laurie leonard: leo len lenny leonardo: leo nardo leopold: leo poldi leslie: les
lewis: lew lou lillian: lil lily linda: lindy louis: lou louie louise: lou lulu lucille: lucy lydia:
lyddie mackenzie: mac kenzie madeline: maddie maddy madison: maddie magdalena: magda malcolm: mal
manuel: manny manolo manu margaret: maggie madge marge margie meg megan peg peggy margarita: marga
maria: mari mia mariana: mari marie: mimi marina: mari marjorie: marge margie marshall: marsh
martha: marty martin: marty mary: mamie mathilda: tilly matilda: mattie tilly matthew: matt matty
maureen: mo reenie maurice: mo moe maximilian: max maxwell: max maxine: max megan: meg melanie: mel
melinda: mel mindy melissa: mel missy melody: mel melvin: mel mercedes: merche michael: mick micky
mike mikey misha michelle: shelly miguel: migue mikhail: misha mildred: millie miranda: mandy randy
miriam: mim mitchell: mitch mohammed: mo mohamed: mo montserrat: montse morris: mo morrie muhammad:
mo nancy: nan natalie: nat nattie natalia: nat natasha talia natasha: nat tasha nathan: nat nate
nathaniel: nat nate nicholas: nick nicky nico nicola: nicky nicolas: nico nicole: nicky nikki nico
nikolai: kolya norman: norm oliver: ollie olivia: liv livvy ollie oscar: ozzie otto: ottie pamela:
pam pammy patricia: pat patty tricia trish patrick: pat paddy rick paula: pauli penelope: penny nell
peter: pete petey philip: phil pip phillip: phil pip prudence: prue rachel: rach rae shelly rafael:
rafa ramon: moncho randall: randy randolph: randy raphael: raf rafe raquel: quela raymond: ray
rebecca: becca becky beck regina: reggie reginald: reg reggie ricardo: rick ricky rico richard: dick
rich richie rick ricky robert: bob bobby rob robbie bert roberta: bobbie robbie roberto: beto rob
roderick: rod rick rodney: rod rodrigo: rodri rigo roger: rodge roland: rollo ronald: ron ronnie
rosalind: ros rosie rosario: charo rosemary: rose rosie roxanne: roxy russell: russ rusty ruth:
ruthie salvador: salva chava samantha: sam sammy samuel: sam sammy sandra: sandy santiago: santi
sebastian: seb bastian basti serena: rena sergei: seryozha shirley: shirl sidney: sid silvia: sil
simon: si solomon: sol solly sofia: sofi sophia: soph sophie sophie: soph stanley: stan stefan: stef
stephanie: steph stef steffi stephen: steph steve stevie steven: steve stevie stewart: stew stu
stuart: stew stu sumiko: sumi susan: sue susie suzy susanna: sue susie sanna susannah: sue susie
suzanne: sue suzy svetlana: sveta sylvester: sly sylvia: syl tabitha: tabby tamara: tam tammy
tatiana: tati teodoro: teo terence: terry teresa: tere terry tess tessa thaddeus: thad tad theodora:
teddy theodore: ted teddy theo theresa: terry tess tessa tracy thomas: tom tommy timothy: tim timmy
tobias: toby ursula: uschi valentina: val vale valerie: val vanessa: nessa veronica: roni ronnie
victor: vic victoria: tori vicky vic vicki vincent: vin vince vinny vincenzo: enzo violet: vi
virginia: ginny vivian: viv vladimir: vova volodya walter: walt wally wallace: wally wilfred: wilf
fred wilhelm: willi william: bill billy will willie winifred: winnie winston: win xavier: javi xavi
yekaterina: katya yevgeny: zhenya yolanda: yoli zachary: zac zach zack
"""
_EVERYDAY: Final = frozenset(
    "ant art bean bill cat cliff coco daisy dick don dot drew eve fay gene ginger gus hal hank "
    "hope jack jay jus kit lee les mac mark marsh max memo mick missy mo nan ned nell norm pat "
    "peg penny pip polly randy ray reg rich rick rob rod rose rusty sandy si sid sly sol sue tad "
    "tam tin tom vale val van vera vic violet von will win al bel cam char des di ed em flo gail "
    "gen ike isa jan jo ken len liv lou mal mari mia ren sil stew ted ze".split()
)
"""Nicknames that are words too, or too short to be looked for where nobody uses them."""
_COMPLETE: Final = frozenset(
    "ada alan amy ana ann ava carl carla ella emma eva glen hans ida ivy jean joao juan karl "
    "karla lara lea lena leon lily lisa luca lucy luis luke mara marc marco mario mark marta mia "
    "nina nora paul rita rosa ruby sara vera zoe".split()
)
"""Names that are whole, though longer ones begin with them."""
_TITLES: Final = frozenset(
    "mr mrs ms miss mx dr prof professor doctor sir dame lord lady rev reverend father sister "
    "brother uncle aunt auntie aunty grandma grandpa granny coach captain capt sgt lt col gen "
    "judge president senator st saint madame mme monsieur m herr frau fraulein senor senora "
    "senorita don dona signor signora tio tia".split()
)
_GENERATIONS: Final = frozenset("jr sr ii iii iv phd md esq".split())
_POSSESSIVE: Final = re.compile(r"(?:'s|(?<=s)'|(?<=[xz])')$")
_HONORIFIC: Final = re.compile("(?<=[\u3040-\u9fff])(?:さん|さま|様|くん|君|ちゃん|先生)$")
_EDGES: Final = re.compile(r"^[\W_]+|[\W_]+$")
_SHORTEST: Final = 3
"""Letters of a name that a shorter form must keep: "Mel" may be Melanie, "Me" may be anyone."""


@lru_cache(maxsize=1 << 14)
def name_key(text: str) -> str:
    """The name as names are compared: no case, accents, full stops, or possessive ending.

    >>> name_key("José's"), name_key(" J. R.  Smith"), name_key("James'")
    ('jose', 'j r smith', 'james')
    """
    plain = unicodedata.normalize("NFKD", text).casefold()  # what it is made of has cases, too
    folded = unicodedata.normalize("NFKD", plain.replace("\u2019", "'"))
    bare = unicodedata.normalize("NFC", "".join(c for c in folded if not unicodedata.combining(c)))
    spaced = " ".join(re.sub(r"\.(?=\w\w)", ". ", bare).replace(".", "").split())
    return _HONORIFIC.sub("", _EDGES.sub("", _POSSESSIVE.sub("", spaced)))


def same_person(short: str, full: str) -> bool:
    """Whether `short` may be another form of `full`, judged by the two names alone.

    >>> same_person("Mel", "Melanie Jones"), same_person("Bob", "Robert")
    (True, True)
    >>> same_person("Dr. Smith", "Jane Smith"), same_person("Maria", "Mariana")
    (True, False)
    """
    if name_key(short) == name_key(full):
        return bool(name_key(short))
    mine, theirs = _parts(short), _parts(full)
    if not mine or not theirs or len(mine) > len(theirs):
        return False
    if mine == theirs:
        return True
    if len(mine) == 1:
        return mine[0] == theirs[-1] or _same_given(mine[0], theirs[0])
    return mine[-1] == theirs[-1] and _same_given(mine[0], theirs[0])


def aliases(names: Iterable[str]) -> dict[str, str]:
    """Which of the given names each form of a name means: `name_key` of the form to the name.

    The forms are the names, their first and last words, and the nicknames of the table. A form
    that fits two of the names is left out, unless it is itself among them: then it means
    itself. Nicknames that are words too ("Bill", "Will", "Rose") are only known where given.

    >>> known = aliases(["Melanie", "Caroline", "Mel", "Robert Miller"])
    >>> known["mel"], known["bob"], known["miller"], "rob" in known
    ('Melanie', 'Robert Miller', 'Robert Miller', False)
    """
    given: dict[str, str] = {}
    for name in names:
        if name_key(name):
            given.setdefault(name_key(name), name)
    longer = _Longer(given.values())
    found = {key: longer.fullest(name) for key, name in given.items()}
    people: dict[str, set[str]] = defaultdict(set)
    for name in set(found.values()):
        for form in _forms(name):
            people[form].add(name)
    for form, persons in sorted(people.items()):
        if form not in found and len(persons) == 1:
            found[form] = persons.pop()
    return found


def short_forms(name: str) -> frozenset[str]:
    """The keys of all short forms that the table knows of a name's first word."""
    parts = _parts(name)
    return _short_forms().get(parts[0], frozenset()) if parts else frozenset()


def is_given_name(word: str, *, everyday: bool = False) -> bool:
    """Whether the table knows the word as a first name or the short form of one.

    Short forms that are words too, such as "Max" and "Rose", count with `everyday`: where the
    word is known to be written as a name.
    """
    key = name_key(word)
    known = key in _short_forms() or key in _full_forms() or key in _COMPLETE
    return known and (everyday or key not in _EVERYDAY)


class _Longer:
    """Names by the words they begin and end with, to find those that another is short for."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_word: dict[str, set[str]] = defaultdict(set)
        for name in names:
            parts = _parts(name)
            for word in {*parts[:1], *parts[-1:]}:
                self._by_word[word].add(name)
        self._words = sorted(self._by_word)

    def fullest(self, name: str) -> str:
        """The one name that `name` is short for; itself where there are none or two."""
        above = self._above(name)
        final = [one for one in above if not self._above(one)]
        return final[0] if len(final) == 1 else name

    def _above(self, name: str) -> list[str]:
        parts = _parts(name)
        if not parts:
            return []
        words = {*parts, *_full_forms().get(parts[0], ())}
        place = bisect_left(self._words, parts[0])
        while place < len(self._words) and self._words[place].startswith(parts[0]):
            words.add(self._words[place])
            place += 1
        near = {other for word in words for other in self._by_word.get(word, ())}
        return sorted(
            other for other in near if same_person(name, other) and not same_person(other, name)
        )


def _forms(name: str) -> set[str]:
    parts = _parts(name)
    if not parts:
        return set()
    forms = {name_key(form) for form in (parts[0], parts[-1], " ".join(parts))} - {""}
    return forms | (_short_forms().get(parts[0], frozenset()) - _EVERYDAY)


def _same_given(short: str, full: str) -> bool:
    if short == full or short in _short_forms().get(full, ()):
        return True
    # A full name is not short for a longer one: Maria is not Mariana, nor is Joe Joel.
    cut = full.startswith(short) and _SHORTEST <= len(short) <= len(full) - 2
    return cut and short not in _short_forms() and short not in _COMPLETE


@lru_cache(maxsize=1 << 14)
def _parts(name: str) -> tuple[str, ...]:
    """The words of a name without what stands before and after it."""
    parts = name_key(name).split()
    while len(parts) > 1 and parts[0] in _TITLES:
        del parts[0]
    while len(parts) > 1 and parts[-1] in _GENERATIONS:
        del parts[-1]
    return tuple(parts)


@lru_cache(maxsize=1)
def _short_forms() -> dict[str, frozenset[str]]:
    """The short forms of each first name."""
    pieces = re.split(r"(\w+):", _NICKNAMES)
    rows = zip(pieces[1::2], pieces[2::2], strict=True)
    return {full: frozenset(short.split()) for full, short in rows}


@lru_cache(maxsize=1)
def _full_forms() -> dict[str, frozenset[str]]:
    """The first names that each short form may stand for."""
    found: dict[str, set[str]] = defaultdict(set)
    for full, forms in _short_forms().items():
        for short in forms:
            found[short].add(full)
    return {short: frozenset(full) for short, full in found.items()}
