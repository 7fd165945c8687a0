"""German."""

from __future__ import annotations

from typing import Final

from memkit.periods import counted, named, relative, tenses
from memkit.periods.calendar import Feast, Unit
from memkit.periods.grammar import Form, Table
from memkit.periods.moments import if_led, if_led_or_asked, nothing, unknown, valued
from memkit.periods.numerals import DOTTED
from memkit.periods.wordlists import alike, ranked, single

_ONES: Final = ranked("ein zwei drei vier fünf sechs sieben acht neun", 1)
_TENS: Final = ranked("zwanzig dreißig|dreissig vierzig fünfzig sechzig siebzig achtzig neunzig", 2)
_COUNT: Final = {
    **_ONES,
    **alike("eine einen einem einer eines", 1),
    **ranked("zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn", 10),
    **{ten: 10 * tens for ten, tens in _TENS.items()},
    **{f"{one}und{ten}": 10 * tens + ones
       for ten, tens in _TENS.items() for one, ones in _ONES.items()},
}  # fmt: skip
_FEW: Final = alike("ein_paar einige einigen einiger mehrere mehreren wenige wenigen viele vielen")


def _inflected(stems: str, value: int = 0, endings: str = "e en er es em") -> dict[str, int]:
    return {stem + ending: value for stem in stems.split() for ending in endings.split()}


_UNIT: Final = {
    **alike("minute minuten", Unit.MINUTE), **alike("stunde stunden", Unit.HOUR),
    **alike("tag tage tagen tages", Unit.DAY), **alike("woche wochen", Unit.WEEK),
    **alike("wochenende wochenenden wochenendes", Unit.WEEKEND),
    **alike("monat monate monaten monats", Unit.MONTH),
    **alike("quartal quartale quartalen quartals", Unit.QUARTER),
    **alike("jahr jahre jahren jahres", Unit.YEAR),
    **alike("jahrzehnt jahrzehnte jahrzehnten jahrzehnts", Unit.DECADE),
}  # fmt: skip
_DAY: Final = ranked("montag dienstag mittwoch donnerstag freitag samstag|sonnabend sonntag")
_PARTS: Final = "früh morgen vormittag mittag nachmittag abend nacht"
_DAYTIME: Final = {day + part: n for day, n in _DAY.items() for part in _PARTS.split()[1:]}
_MONTH: Final = ranked("januar|jänner februar|feber märz|maerz april mai juni juli august "
                       "september oktober november dezember", 1) | ranked(
                       "jan feb mär apr _ jun jul aug sept|sep okt nov dez", 1)  # fmt: skip
_SEASON: Final = ranked(
    "frühling|frühjahr|frühlings|frühjahrs sommer|sommers herbst|herbsts winter|winters"
)
_SHIFT: Final = {
    **_inflected("vorletzt vorvorig", -2), **_inflected("letzt vergangen vorig", -1),
    **_inflected("dies"), **_inflected("nächst naechst kommend", 1),
    **_inflected("übernächst uebernaechst", 2),
}  # fmt: skip
_EDGE: Final = ranked("anfang mitte ende")
_NTH: Final = {
    **_inflected("erst", 1), **_inflected("zweit", 2), **_inflected("dritt", 3),
    **_inflected("viert", 4), **_inflected("fünft", 5), **_inflected("letzt", -1),
}  # fmt: skip
_NEAR: Final = {
    **alike("vorvorgestern", -3), **alike("vorgestern", -2), **alike("gestern", -1),
    **alike("heute"), **alike("morgen", 1), **alike("übermorgen uebermorgen", 2),
    **alike("überübermorgen", 3), **alike("letzte_nacht", -1), **alike("heut"),
}  # fmt: skip
_FEAST: Final = {
    **alike("heiligabend heilig_abend heiligen_abend", Feast.CHRISTMAS_EVE),
    **alike("weihnachten", Feast.CHRISTMAS), **alike("silvester", Feast.NEW_YEARS_EVE),
    **alike("neujahr", Feast.NEW_YEAR), **alike("karfreitag", Feast.GOOD_FRIDAY),
    **alike("ostern ostersonntag", Feast.EASTER), **alike("ostermontag", Feast.EASTER_MONDAY),
    **alike("valentinstag", Feast.VALENTINE), **alike("halloween", Feast.HALLOWEEN),
    **alike("dreikönigstag", Feast.EPIPHANY), **alike("nikolaus nikolaustag", Feast.NICHOLAS),
    **alike("tag_der_arbeit", Feast.MAY_DAY), **alike("allerheiligen", Feast.ALL_SAINTS),
    **alike("tag_der_deutschen_einheit", Feast.UNITY),
}  # fmt: skip
_DECADES: Final = {ten + "er" + n: 1900 + 10 * tens
                   for ten, tens in _TENS.items() if tens > 2 for n in ("", "n")}  # fmt: skip
_VAGUE: Final = alike(
    "neulich kürzlich letztens vor_kurzem vor_langer_zeit vor_einiger_zeit vor_ewigkeiten "
    "vor_jahren vor_monaten vor_wochen irgendwann eines_tages demnächst in_letzter_zeit heutzutage "
    "in_zukunft in_der_zukunft damals als_kind als_jugendlicher als_jugendliche in_meiner_kindheit "
    "in_meiner_jugend am_nächsten_tag am_nächsten_morgen am_tag_darauf am_folgenden_tag"
)
_YOUTH: Final = alike("kind klein jung junge mädchen teenager jugendlicher jünger")
_LIGHT: Final = alike(
    "ich du er sie es wir ihr mich dich uns euch mir dir ihm ihn der die das den dem des ein eine "
    "einen einem einer und oder aber doch nicht kein keine ist war sind waren bin bist habe hat "
    "haben hatte hatten wird werde werden wurde wurden kann muss will mit auf für von vom zu zum "
    "zur im am an aus bei bis nach vor seit über unter auch noch schon sehr so nur mein meine "
    "meinen dein deine sein seine wie was wer wo wann warum wenn dass weil als hier dort da um "
    "ging kam zog fuhr begann komme kommt gehe geht fahre fliege bitte ja nein mal man sich in"
)

_ABOUT: Final = "(<about>|genau|nur|erst|schon|über|fast)*"
_SO_MANY: Final = "(<few>|{count}? <half>|<count>)"
_YEAR: Final = "(,? <year>|(des)? <steps:shift> jahres)"
_IN: Final = "(in|im|am|an|über|während|fürs|für)? (den|der|dem|des|das|die)?"

_FORMS: Final[tuple[Form, ...]] = (
    ("(am|vom|den|der|dem)? <date>", named.given),
    ("(am|vom|den|der|dem)? <date:dotted>", named.given),
    ("(am|vom|den|der|dem)? <daymonth>", named.given_day),
    ("(im)? <yearmonth>", named.given_month),
    ("heute in (einer <unit:weekly>|<count> <unit:weekly>)", valued(counted.hence, **{"from": 0})),
    ("<near>", relative.nearby),
    ("(guten|schönen|schöne|gute) {daypart}", nothing),
    ("^ <near:capital> (früh|vormittag|mittag|nachmittag|abend|nacht)", relative.nearby),
    ("^ <near:capital> &", relative.nearby),
    (f"(in|während)? (der|die)? <nth> <unit:weekly> (im|des|vom) <month> {_YEAR}?",
     named.week_of_month),
    (f"(am|jeden)? <nth> <weekday> (im|des) (monat)? <month> {_YEAR}?", named.weekday_of_month),
    ("am <nth> <weekday> (im|des) (monat|monats)", valued(named.weekday_of_month, shift=0)),
    (f"(in|an)? (der|die|dem)? <unit:weekly> (vom|um den|des) <day> <month> {_YEAR}?",
     named.week_with),
    (f"(vom|von)? <day> (bis|-) (zum)? <last:day> <month> {_YEAR}?", named.days_of),
    (f"(am|vom|zum|den|der|dem)? ({{weekday}} ,? (den|der|dem)?)? (<day>|<day:spelled>) <month> "
     f"{_YEAR}?", named.day_of),
    (f"(seit|bis|ab)? <part:edge> <month> {_YEAR}?", named.month),
    (f"(im|in|während|vom)? (monat)? <month> {_YEAR}", named.month),
    ("(im|in|am|den|des)* <shift> <month>", named.month),
    ("(im|während) (monat)? <month>", named.month),
    ("<month>", if_led_or_asked(named.month)),
    (f"{_IN} <season> {_YEAR}", named.season),
    (f"{_IN} <shift> <season>", named.season),
    ("(im|in|über|während) (den|dem|des)? <season>", named.season),
    ("(dem|den)? <season>", if_led(named.season)),
    (f"(im)? <quarter:nth> quartal {_YEAR}?", named.quarter),
    (f"(an|zu|am|über|um|vor|der|das|die)* <shift>? <feast> {_YEAR}?", named.feast),
    # counted from now
    (f"vor {_ABOUT} {_SO_MANY} <unit>", counted.ago),
    (f"vor {_ABOUT} <half:onehalf> <unit>", valued(counted.ago, count=1)),
    ("in einer woche", valued(counted.hence, count=1, unit=Unit.WEEK)),
    (f"in {_ABOUT} {_SO_MANY} <unit:lasting>", counted.hence),
    (f"in {_ABOUT} <half:onehalf> <unit:lasting>", valued(counted.hence, count=1)),
    (f"seit {_ABOUT} {_SO_MANY} <unit>", counted.lasting),
    (f"seit {_ABOUT} <half:onehalf> <unit>", valued(counted.lasting, count=1)),
    (f"{_IN} {{latest}} <count> <unit>", counted.past),
    (f"{_IN} {{soon}} <count> <unit>", counted.coming),
    (f"{_IN} ({{latest}}|{{soon}}) (<few>)? {{plural}}", unknown),
    (f"{_SO_MANY} <unit> (später|früher|danach|zuvor|davor)", unknown),
    ("an (diesem|jenem) ({weekday}|tag|abend|morgen|wochenende)", unknown),
    # last, this and next
    ("(dieses|am|übers|das) <unit:weekends>", relative.this_weekend),
    ("(seit|bis)? <part:edge> (des|der)? <shift>? <unit:span>", valued(relative.shifted, shift=0)),
    (f"{_IN} <shift> <unit:span>", relative.shifted),
    # days of the week
    ("(am)? (<weekday>|<weekday:daytime>) <shift> woche", relative.weekday_of_week),
    ("(jeden|jede|jedes) ({weekday}|{daytime}|{unit}|{month}|{season}|{daypart}|zweiten {unit})",
     unknown),
    ("{weekdays}", unknown),
    ("(am|den)? <shift> (<weekday>|<weekday:daytime>)", relative.weekday),
    ("(am|den)? {weekday} ,? (den|dem) <day>", relative.day_alone),
    ("am? (<weekday>|<weekday:daytime>)", relative.weekday),
    ("am <day:dotday>", relative.day_alone),
    ("am <day> ~", relative.day_alone),
    # years
    ("<year> (-|bis) <last:year>", named.years),
    ("(seit|bis)? <part:edge> (des)? (jahres)? <year>", named.year),
    ("(im|in|um)? (jahr|jahre|jahres) <year>", named.year),
    ("(in|um) <year>", named.year),
    ("<year> !", named.year),
    ("<year>", if_led_or_asked(named.year)),
    ("(in|während)? (den|der|die)? (<part:early>)? (<decade>|<decade:tens>|<decade:decades>) "
     "(jahre|jahren)?", named.decade),
    # how long, how old, who knows when
    (f"{_SO_MANY} <unit> lang", unknown),
    (f"für {_SO_MANY} <unit>", unknown),
    ("als ich <count> (jahre alt)? (war|wurde)", counted.aged),
    ("als (er|sie|es|wir) {count} (jahre alt)? (war|wurde|waren|wurden)", unknown),
    ("als (ich|er|sie|wir) (noch|ein|eine|sehr|ganz)* {youth} (war|waren)", unknown),
    ("mit {count} jahren", unknown),
    ("{vague}", unknown),
)  # fmt: skip

GERMAN: Final = Table(
    name="german",
    words={
        "count": _COUNT, "few": _FEW,
        "half": alike("halb halbe halben halbes halber halbem", 1),
        "onehalf": alike("anderthalb eineinhalb", 1),
        "unit": _UNIT, "lasting": {w: u for w, u in _UNIT.items() if u >= Unit.HOUR},
        "plural": alike("tage tagen wochen monate monaten jahre jahren jahrzehnte jahrzehnten"),
        "span": {w: u for w, u in _UNIT.items() if u >= Unit.WEEKEND},
        "weekly": alike("woche wochen", Unit.WEEK) | alike("wochenende", Unit.WEEKEND),
        "weekends": alike("wochenende", Unit.WEEKEND),
        "about": alike("etwa ungefähr circa ca rund knapp gut"), "near": _NEAR,
        "capital": {"Morgen": 1}, "weekday": _DAY, "daytime": _DAYTIME,
        "weekdays": {day + "s": 0 for day in _DAY}, "month": _MONTH, "season": _SEASON,
        "shift": _SHIFT, "edge": _EDGE, "nth": _NTH, "early": _inflected("früh spät", 0),
        "spelled": {w: n for w, n in _NTH.items() if n > 0}, "feast": _FEAST,
        "decades": _DECADES, "latest": alike("letzten letzte letzter vergangenen vergangene"),
        "soon": alike("nächsten nächste kommenden kommende"), "vague": _VAGUE, "youth": _YOUTH,
        "daypart": {**alike(_PARTS), "Morgen": 0, "morgens": 0, "abends": 0, "nachts": 0},
        "light": _LIGHT,
    },
    forms=_FORMS,
    leads={
        "earlier": "(der|die|das|{count}|{few}) {unit} vor (dem|der)?",
        "later": "(der|die|das|{count}|{few}) {unit} nach (dem|der)?",
        "since": "seit (dem|der)?",
        "starting": "ab (dem|der)?",
        "until": "bis (zum|zur|in den)?",
        "before": "vor (dem|der)?",
        "after": "nach (dem|der)?",
        "between": "zwischen (dem|der)?",
        "from": "von|vom",
    },
    links={"to": "bis (zum|zur)?", "dash": "-", "and": "und (dem|der)?"},
    tails={"since": "an"},
    hours=(
        "(um|gegen)? ({clock}|{hour} uhr|mittag|mitternacht) (,|am)?",
        "(um|gegen|ab|bis)? ({clock}|mitternacht)|am? {daypart}|in der (nacht|früh)",
    ),
    anchors=single(
        (_UNIT, _DAY, _DAYTIME, _MONTH, _SEASON, _DECADES, {day + "s": 0 for day in _DAY}, _FEAST),
        "vorvorgestern vorgestern gestern heute heut morgen übermorgen uebermorgen nacht abend "
        "neulich kürzlich letztens kurzem langer einiger irgendwann eines demnächst letzter "
        "heutzutage zukunft damals kind jugendlicher jugendliche kindheit jugend klein jung alt "
        "ewigkeiten als ersten mitte " + " ".join(word for word, steps in _SHIFT.items() if steps),
    ) - {"der", "_", "heilig", "mar"},
    shared=single((), "mai april august september november winter tag quartal halloween sept sep "
                      "jan feb apr jun jul aug okt nov dez minute morgen alt als kind jung klein "
                      "langer einiger mitte teenager abend"),
    common=frozenset(_LIGHT),
    tense=tenses.GERMAN,
    special=rf"{DOTTED}(?=\s?[^\W\d_])",
)  # fmt: skip
