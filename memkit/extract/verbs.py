"""Verbs: from the forms of a finite verb group to its lemma, tense, denial and reality."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from memkit.extract.words import ADVERBS, COMMON, HEDGES, Token, listed

__all__ = ["FORMS", "THIRD", "Group", "group", "know", "third_person"]

_IRREGULAR: Final = {
    "outgrow": "outgrows outgrew outgrown outgrowing", "hit": "hits hit hit hitting",
    "overcome": "overcomes overcame overcome overcoming", "wind": "winds wound wound winding",
    "enrol": "enrols enrolled enrolled enrolling", "beat": "beats beat beaten beating",
    "forget": "forgets forgot forgotten forgetting", "hear": "hears heard heard hearing",
    "sit": "sits sat sat sitting", "sleep": "sleeps slept slept sleeping",
    "bite": "bites bit bitten biting", "blow": "blows blew blown blowing",
    "choose": "chooses chose chosen choosing", "cling": "clings clung clung clinging",
    "dig": "digs dug dug digging",
    "dream": "dreams dreamed,dreamt dreamed,dreamt dreaming", "feed": "feeds fed fed feeding",
    "fight": "fights fought fought fighting", "forgive": "forgives forgave forgiven forgiving",
    "freeze": "freezes froze frozen freezing", "grind": "grinds ground ground grinding",
    "hang": "hangs hung hung hanging", "hide": "hides hid hidden hiding",
    "hurt": "hurts hurt hurt hurting", "kneel": "kneels knelt knelt kneeling",
    "lay": "lays laid laid laying", "lend": "lends lent lent lending",
    "light": "lights lit lit lighting", "ring": "rings rang rung ringing",
    "rise": "rises rose risen rising", "seek": "seeks sought sought seeking",
    "sew": "sews sewed sewn,sewed sewing", "shake": "shakes shook shaken shaking",
    "shine": "shines shone shone shining", "shoot": "shoots shot shot shooting",
    "show": "shows showed shown showing", "shrink": "shrinks shrank shrunk shrinking",
    "shut": "shuts shut shut shutting", "sink": "sinks sank sunk sinking",
    "slide": "slides slid slid sliding", "spin": "spins spun spun spinning",
    "spread": "spreads spread spread spreading", "steal": "steals stole stolen stealing",
    "stick": "sticks stuck stuck sticking", "strike": "strikes struck struck striking",
    "swear": "swears swore sworn swearing", "sweep": "sweeps swept swept sweeping",
    "swing": "swings swung swung swinging", "tear": "tears tore torn tearing",
    "understand": "understands understood understood understanding",
    "wake": "wakes woke woken waking", "weave": "weaves wove woven weaving",
    "weep": "weeps wept wept weeping", "withdraw": "withdraws withdrew withdrawn withdrawing",
    "send": "sends sent sent sending", "throw": "throws threw thrown throwing",
    "be": "am,is,are was,were been being", "have": "has had had having",
    "do": "does did done doing", "go": "goes went gone going", "get": "gets got got,gotten getting",
    "buy": "buys bought bought buying", "leave": "leaves left left leaving",
    "come": "comes came come coming", "become": "becomes became become becoming",
    "take": "takes took taken taking", "make": "makes made made making",
    "pay": "pays paid paid paying", "sell": "sells sold sold selling",
    "lose": "loses lost lost losing", "speak": "speaks spoke spoken speaking",
    "teach": "teaches taught taught teaching", "write": "writes wrote written writing",
    "drive": "drives drove driven driving", "ride": "rides rode ridden riding",
    "fly": "flies flew flown flying", "eat": "eats ate eaten eating",
    "drink": "drinks drank drunk drinking", "find": "finds found found finding",
    "break": "breaks broke broken breaking", "split": "splits split split splitting",
    "quit": "quits quit,quitted quit quitting", "begin": "begins began begun beginning",
    "keep": "keeps kept kept keeping", "give": "gives gave given giving",
    "see": "sees saw seen seeing", "spend": "spends spent spent spending",
    "cost": "costs cost cost costing", "grow": "grows grew grown growing",
    "bear": "bears bore born,borne bearing", "stand": "stands stood stood standing",
    "run": "runs ran run running", "set": "sets set set setting", "hold": "holds held held holding",
    "let": "lets let let letting", "put": "puts put put putting", "say": "says said said saying",
    "tell": "tells told told telling", "think": "thinks thought thought thinking",
    "feel": "feels felt felt feeling", "know": "knows knew known knowing",
    "learn": "learns learned,learnt learned,learnt learning", "hate": "hates hated hated hating",
    "build": "builds built built building", "wear": "wears wore worn wearing",
    "swim": "swims swam swum swimming", "sing": "sings sang sung singing",
    "meet": "meets met met meeting", "bring": "brings brought brought bringing",
    "swap": "swaps swapped swapped swapping", "wed": "weds wed,wedded wed,wedded wedding",
    "cut": "cuts cut cut cutting", "lie": "lies lay,lied lain lying", "die": "dies died died dying",
    "win": "wins won won winning", "catch": "catches caught caught catching",
    "draw": "draws drew drawn drawing", "rent": "rents rented rented renting",
    "travel": "travels travelled,traveled travelled,traveled travelling,traveling",
    "hand": "hands handed handed handing", "plan": "plans planned planned planning",
    "stop": "stops stopped stopped stopping", "prefer": "prefers preferred preferred preferring",
    "shop": "shops shopped shopped shopping", "drop": "drops dropped dropped dropping",
    "jog": "jogs jogged jogged jogging", "knit": "knits knitted,knit knitted,knit knitting",
    "mean": "means meant meant meaning", "transfer":
        "transfers transferred transferred transferring",
    "ditch": "ditches ditched ditched ditching", "fall": "falls fell fallen falling",
    "commit": "commits committed committed committing", "sign": "signs signed signed signing",
    "head": "heads headed headed heading", "end": "ends ended ended ending",
    "lead": "leads led led leading", "read": "reads read read reading",
    "trade": "trades traded traded trading", "bike": "bikes biked biked biking",
}  # fmt: skip

BASE, PRESENT, PAST, PARTICIPLE, ING = "base", "present", "past", "participle", "ing"
FORMS: Final[dict[str, list[tuple[str, str]]]] = {}
"""Every form of the verbs that are known: (lemma, kind of form)."""
OF_VERB: Final[dict[str, set[str]]] = {}
"""The forms of each verb that is known."""

THIRD: Final[dict[str, str]] = {}
"""The form for a single third person of each verb that is known."""


def know(lemma: str) -> None:
    """Add the forms of a verb, regular unless listed as irregular."""
    if (lemma, BASE) in FORMS.get(lemma, ()):
        return
    present, past, participle, ing = (_IRREGULAR.get(lemma) or _regular(lemma)).split(" ")
    THIRD[lemma] = present
    for kind, forms in zip((BASE, PRESENT, PAST, PARTICIPLE, ING),
                           (lemma, present, past, participle, ing), strict=True):  # fmt: skip
        for form in forms.split(","):
            FORMS.setdefault(form, []).append((lemma, kind))
            OF_VERB.setdefault(lemma, set()).add(form)


def third_person(lemma: str) -> str:
    """The form of a verb that goes with a single third person."""
    return THIRD.get(lemma) or _regular(lemma).split(" ", 1)[0]


def _regular(lemma: str) -> str:
    if lemma.endswith("e"):
        return f"{lemma}s {lemma}d {lemma}d {lemma[:-1]}ing"
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return f"{lemma[:-1]}ies {lemma[:-1]}ied {lemma[:-1]}ied {lemma}ing"
    third = f"{lemma}es" if lemma.endswith(("s", "x", "ch", "sh", "o")) else f"{lemma}s"
    return f"{third} {lemma}ed {lemma}ed {lemma}ing"


for _lemma in (*_IRREGULAR, "start", "want", "try", "need", "hope", "decide", "intend", "wish",
               "manage", "finish", "use", "continue", "happen", "tend", "love", "like", "enjoy",
               "pass", "adopt", "rescue", "welcome", "foster", "raise", "pack", "expect",
               "consider",
               "work", "live", "move", "call", "name"):  # fmt: skip
    know(_lemma)

_BE: Final = {"am": "present", "is": "present", "are": "present", "'m": "present", "'re": "present",
              "was": "past", "were": "past", "ai": "present", "r": "present"}  # fmt: skip
_DO: Final = {"do": "present", "does": "present", "did": "past"}
_HAVE: Final = {"have": "present", "has": "present", "had": "past", "'ve": "present"}
_MODALS: Final = listed("would could should might may must 'd ought shall")
_FUTURE: Final = listed("will 'll wo gonna finna")
_DENIALS: Final = listed("not n't never neither nor")
_DETERMINERS: Final = listed(
    "the a an my our his her their some this that these those all both two three"
)
_WANTS: Final = listed("want need hope wish try expect consider")
_PLANS: Final = listed("plan intend decide")
_BEGINS: Final = listed("start begin")
_ENDS: Final = listed("stop quit finish")
_PASSES: Final = listed("manage happen tend continue keep get come")


@dataclass(slots=True)
class Group:
    """A finite verb group. `verb` is the place of the verb itself, `rest` of the token after it.

    `tense`: present, past, perfect, progressive, future; `phase`: "" or what begins or ends
    ("started working", "stopped eating"); `unreal`: a modal, a wish or a hedge governs it; `habit`:
    "used to"; `base`: a plain form that agrees with no single third person. A lemma with "can "
    in front is an ability.
    """

    lemma: str
    tense: str
    rest: int
    verb: int = -1
    denied: bool = False
    unreal: bool = False
    habit: bool = False
    phase: str = ""
    ongoing: bool = False
    base: bool = False
    adverbs: set[str] = field(default_factory=set)


def group(
    found: Sequence[Token], place: int, *, given: str = "", guess: bool = False
) -> Group | None:
    """The verb group that begins at token `place`, right after its subject; None for no verb.

    `given` is an auxiliary that stood before the subject, as in a question. With `guess` a word
    that is no known verb is taken for one, as behind "I".
    """
    reading = _Reading(found, place, guess)
    return reading.read(given)


class _Reading:
    """One pass over the tokens of a verb group."""

    def __init__(self, found: Sequence[Token], place: int, guess: bool) -> None:
        self._guess = guess
        self._tokens = found
        self._place = place
        self._group = Group("", "present", place)

    def _word(self, ahead: int = 0) -> str:
        place = self._place + ahead
        return self._tokens[place].low if place < len(self._tokens) else ""

    def _skip_adverbs(self) -> None:
        group = self._group
        while True:
            word = self._word()
            if word in ADVERBS:
                group.adverbs.add(word)
            elif word in HEDGES:
                group.unreal = True
            elif word in _DENIALS:
                group.denied = True
                group.adverbs.add(word)
            elif word == "no" and self._word(1) == "longer":
                group.denied = True
                group.adverbs.add("no longer")
                self._place += 1
            elif (word, self._word(1)) in (("kind", "of"), ("sort", "of"), ("as", "well")):
                self._place += 1
            else:
                return
            self._place += 1

    def read(self, given: str) -> Group | None:
        self._skip_adverbs()
        word = given or self._word()
        if not given:
            self._place += 1
        done = self._auxiliary(word)
        if done is None:
            done = self._main(word, finite=True)
        if not done or not self._group.lemma:
            return None
        self._group.rest = self._place
        return self._group

    def _auxiliary(self, word: str) -> bool | None:
        """Read on after an auxiliary; None when the word is none."""
        group = self._group
        if word == "'s":
            self._skip_adverbs()
            perfect = self._is(PARTICIPLE) and not self._is(ING) and self._word() in _PERFECTS
            return self._perfect("present") if perfect else self._be("present")
        if word in _BE:
            return self._be(_BE[word])
        if word in _HAVE:
            return self._have(word)
        if word in _DO:
            self._skip_adverbs()
            if self._is(BASE) or self._word() in ("use", "used"):
                return self._next(_DO[word])
            return None
        if word in _FUTURE or word in _MODALS:
            group.unreal |= word in _MODALS
            self._skip_adverbs()
            return self._next("future")
        if word in ("can", "ca", "cannot"):
            group.denied |= word == "cannot"
            self._skip_adverbs()
            return self._able()
        return None

    def _is(self, kind: str) -> bool:
        return any(form == kind for _, form in FORMS.get(self._word(), ()))

    def _next(self, tense: str) -> bool:
        """The main verb that an auxiliary leads to."""
        self._group.tense = tense
        word = self._word()
        self._place += 1
        if word == "be":
            self._skip_adverbs()
            if self._is(ING):
                return self._next(tense)
            return self._found("be")
        if word == "have" and self._group.unreal:
            if self._word() != "to":
                return False
            self._place += 1
            return self._next(tense)
        return self._main(word, finite=False)

    def _be(self, tense: str) -> bool:
        group = self._group
        group.tense = tense
        self._skip_adverbs()
        word, after = self._word(), self._word(1)
        if word == "going" and after == "to" and self._is_verb(2):
            self._place += 2
            return self._next("future" if tense != "past" else "unreal")
        if word in ("gonna", "about", "set", "due", "bound") and (word == "gonna" or after == "to"):
            self._place += 1 if word == "gonna" else 2
            return self._next("future" if tense != "past" else "unreal")
        if word in ("supposed", "meant", "hoping", "trying", "looking", "dying", "tempted", "able",
                    "thinking", "considering", "eager"):  # fmt: skip
            group.unreal = word not in ("able",)
        if self._is(ING) and word not in ("being",) and self._word(1) != "'s":
            group.ongoing = True
            return self._next("progressive" if tense in ("present", "perfect") else "past")
        if self._guess and word.endswith("ing") and len(word) > 5 and word not in COMMON:
            group.tense = "progressive" if tense == "present" else "past"
            group.ongoing = True
            self._place += 1
            return self._found(word)
        return self._found("be")

    def _knows(self, ahead: int, kind: str) -> bool:
        place = self._place + ahead
        while place < len(self._tokens) and self._tokens[place].low in ADVERBS:
            place += 1
        word = self._tokens[place].low if place < len(self._tokens) else ""
        return any(form == kind for _, form in FORMS.get(word, ()))

    def _is_verb(self, ahead: int) -> bool:
        """Whether a plain verb stands there: one that is known, or what takes an object."""
        if self._knows(ahead, BASE):
            return True
        return self._word(ahead).isalpha() and self._word(ahead + 1) in _DETERMINERS

    def _have(self, word: str) -> bool:
        self._skip_adverbs()
        if self._word() == "to":
            done = _HAVE[word] == "past"  # what had to be done was done
            self._group.unreal |= not done
            self._place += 1
            return self._next("past" if done else "present")
        if self._word() == "got" and word != "had" and self._word(1) != "to":
            follows = self._word(1)
            if not any(kind == PARTICIPLE for _, kind in FORMS.get(follows, ())):
                self._place += 1
                self._group.tense = "present"
                return self._found("have")
        if self._is(PARTICIPLE):
            return self._perfect(_HAVE[word])
        if word == "'ve":
            return False
        self._group.tense = "present" if _HAVE[word] == "present" else "past"
        return self._found("have")

    def _perfect(self, tense: str) -> bool:
        self._group.tense = "perfect" if tense == "present" else "past"
        word = self._word()
        self._place += 1
        if word == "been":
            self._skip_adverbs()
            if self._is(ING):
                self._group.ongoing = True
                word = self._word()
                self._place += 1
                return self._main(word, finite=False)
            return self._found("be")
        return self._main(word, finite=False)

    def _able(self) -> bool:
        word = self._word()
        self._place += 1
        for lemma, kind in FORMS.get(word, ()):
            if kind == BASE:
                self._group.tense = "present"
                return self._found(f"can {lemma}")
        return False

    def _found(self, lemma: str) -> bool:
        self._group.lemma = lemma
        if self._group.verb < 0:
            self._group.verb = self._place - 1
        self._skip_adverbs()
        return True

    def _main(self, word: str, *, finite: bool) -> bool:
        """The verb itself, or one that governs another: "started working", "used to live"."""
        group = self._group
        if word in ("used", "use") and self._word() == "to" and self._knows(1, BASE):
            self._place += 1
            group.habit = True
            return self._next("past")
        forms = FORMS.get(word)
        if not forms:
            return self._unknown(word, finite=finite)
        lemma, kind = _chosen(forms, finite)
        verb = self._place - 1
        if finite:
            group.tense = "past" if kind == PAST else "present"
            group.base = kind == BASE
            group.unreal |= kind in (ING, PARTICIPLE) and kind != PAST
        self._skip_adverbs()
        governed = self._governed(lemma)
        if governed is None:
            group.verb = verb
            return self._found(lemma)
        return governed

    def _unknown(self, word: str, *, finite: bool) -> bool:
        """A word that is no known verb: taken for one where a verb must stand."""
        guessed = self._guess and word not in COMMON and len(word) > 2
        if not word.isalpha() or (finite and not guessed):
            return False
        if finite:
            past = word.endswith("ed")
            self._group.tense = "past" if past else "present"
            self._group.base = not past
        return self._found(word)

    def _governed(self, lemma: str) -> bool | None:
        """What a governing verb leads to; None where it governs none."""
        group = self._group
        infinitive = self._word() == "to" and self._is_verb(1)
        gerund = self._is(ING)
        if lemma in _BEGINS and (infinitive or gerund):
            group.phase = "begins"
        elif lemma in _ENDS and gerund:
            group.phase = "ends"
        elif lemma == "give" and self._word() == "up" and self._knows(1, ING):
            group.phase = "ends"
            self._place += 1
        elif lemma in _WANTS and infinitive:
            group.unreal = True
        elif lemma in _PLANS and (infinitive or self._word() == "on"):
            return self._planned(infinitive)
        elif lemma == "get" and self._word(1) == "work":
            return None  # "get to work by train"
        elif not (lemma in _PASSES and (infinitive or (gerund and lemma == "keep"))):
            return None
        tense = group.tense
        if infinitive:
            self._place += 1
        return self._next(tense)

    def _planned(self, infinitive: bool) -> bool | None:
        if not infinitive and not self._knows(1, ING):
            return None
        self._place += 1
        self._group.unreal |= self._group.denied
        return self._next("future")


_PERFECTS: Final = listed(
    "been got gotten moved lived worked started joined become gone had left lost retired adopted "
    "bought taken made come turned passed never always graduated quit broken split changed"
)


def _chosen(forms: Sequence[tuple[str, str]], finite: bool) -> tuple[str, str]:
    """The reading of a form: a finite one where the group is finite."""
    if finite:
        for kind in (PAST, PRESENT, BASE):
            for form in forms:
                if form[1] == kind:
                    return form
    return forms[0]
