"""French."""

from __future__ import annotations

from typing import Final

from memkit.periods import counted, named, relative, tenses
from memkit.periods.calendar import Feast, Unit
from memkit.periods.grammar import Form, Table
from memkit.periods.moments import if_led, if_led_or_asked, unknown, valued
from memkit.periods.wordlists import alike, ranked, single

_ONES: Final = ranked("un|une deux trois quatre cinq six sept huit neuf", 1)
_TEENS: Final = ranked("dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf", 10)
_SCORES: Final = {"soixante": 60, "quatre-vingt": 80}


def _numbers() -> dict[str, int]:
    found = {**_ONES, **_TEENS, "quatre-vingts": 80, "quatre-vingt": 80}
    for ten, value in ranked("vingt trente quarante cinquante soixante", 2).items():
        found[ten] = 10 * value
        for one, ones in _ONES.items():
            found[f"{ten} et {one}" if ones == 1 else f"{ten}-{one}"] = 10 * value + ones
    for score, value in _SCORES.items():
        for teen, tens in _TEENS.items():
            joint = " et " if value == 60 and tens == 11 else "-"
            found[f"{score}{joint}{teen}"] = value + tens
    found |= {f"quatre-vingt-{one}": 80 + ones for one, ones in _ONES.items()}
    for word in list(found):
        found[word.replace("-", " ")] = found[word.replace(" ", "-")] = found[word]
    return found


_COUNT: Final = _numbers()
_FEW: Final = alike("quelques plusieurs quelque")
_UNIT: Final = {
    **alike("minute minutes", Unit.MINUTE), **alike("heure heures", Unit.HOUR),
    **alike("jour jours journée", Unit.DAY), **alike("semaine semaines", Unit.WEEK),
    **alike("week-end week-ends weekend weekends week_end", Unit.WEEKEND),
    **alike("quinzaine", Unit.FORTNIGHT), **alike("mois", Unit.MONTH),
    **alike("trimestre trimestres", Unit.QUARTER),
    **alike("an ans année années", Unit.YEAR), **alike("décennie décennies", Unit.DECADE),
}  # fmt: skip
_DAY: Final = ranked("lundi mardi mercredi jeudi vendredi samedi dimanche")
_MONTH: Final = ranked("janvier février|fevrier mars avril mai juin juillet août|aout septembre "
                       "octobre novembre décembre|decembre", 1)  # fmt: skip
_SEASON: Final = ranked("printemps été automne hiver")
_AFTER: Final = {
    **alike("dernier dernière derniers dernières passé passée", -1),
    **alike("prochain prochaine prochains prochaines", 1),
}
_THIS: Final = alike("ce cet cette")
_EDGE: Final = {**alike("début debut"), **alike("mi milieu", 1), **alike("fin", 2)}
_NTH: Final = ranked("premier|première|1ère deuxième|second|seconde troisième quatrième cinquième",
                     1) | alike("dernier dernière", -1)  # fmt: skip
_NEAR: Final = {
    **alike("avant-hier avant_hier", -2), **alike("hier la_nuit_dernière", -1),
    **alike("aujourd'hui ce_matin ce_soir cet_après-midi cette_après-midi ce_midi cette_nuit"),
    **alike("demain", 1), **alike("après-demain après_demain", 2),
}  # fmt: skip
_FEAST: Final = {
    **alike("veille_de_noël réveillon_de_noël", Feast.CHRISTMAS_EVE),
    **alike("noël noel jour_de_noël", Feast.CHRISTMAS),
    **alike("saint-sylvestre réveillon_du_nouvel_an réveillon_du_jour_de_l'an",
            Feast.NEW_YEARS_EVE),
    **alike("nouvel_an jour_de_l'an premier_de_l'an", Feast.NEW_YEAR),
    **alike("pâques paques", Feast.EASTER), **alike("saint-valentin", Feast.VALENTINE),
    **alike("toussaint", Feast.ALL_SAINTS), **alike("halloween", Feast.HALLOWEEN),
    **alike("fête_nationale", Feast.BASTILLE), **alike("épiphanie", Feast.EPIPHANY),
    **alike("vendredi_saint", Feast.GOOD_FRIDAY), **alike("lundi_de_pâques", Feast.EASTER_MONDAY),
}  # fmt: skip
_VAGUE: Final = alike(
    "récemment dernièrement l'autre_jour un_de_ces_jours il_y_a_longtemps il_y_a_peu "
    "il_y_a_peu_de_temps il_y_a_quelque_temps il_y_a_des_années ces_temps-ci ces_derniers_temps "
    "à_l'époque à_l'avenir autrefois bientôt dans_mon_enfance dans_ma_jeunesse "
    "de_nos_jours le_lendemain la_veille le_jour_suivant la_semaine_suivante l'année_suivante"
)
_YOUTH: Final = alike("petit petite enfant jeune gamin gamine adolescent adolescente ado bébé")
_DAYPART: Final = alike("matin soir après-midi midi minuit nuit matinée soirée")
_LIGHT: Final = alike(
    "je tu il elle on nous vous ils elles me te se le la les un une des de du d l j c n s t m qu "
    "et ou mais donc que qui quoi où ne pas plus est sont ai as a avons avez ont suis es "
    "sommes êtes "
    "était étais avait avais sera serai vais va allons dans pour avec sur sans chez mon ma mes ton "
    "ta tes son sa ses notre nos votre vos leur leurs ce cet cette ces au aux à en y très bien "
    "aussi comme quand si tout tous toute déjà encore jamais toujours parce depuis avant après "
    "jusqu entre fait faire fut nos ici là oui non merci née né"
)

_ABOUT: Final = "(<about>|exactement|presque|seulement|juste|déjà)*"
_SO_MANY: Final = "(<few>|<count>)"
_HALF: Final = "(et <half>)?"
_YEAR: Final = "(,? (de)? <year>|de l ' (an|année) <steps:after>)"
_IN: Final = "(pendant|durant|pour|au cours de|dans)? (la|le|l ')?"

_FORMS: Final[tuple[Form, ...]] = (
    ("(le|du|au)? <date>", named.given),
    ("(en)? <yearmonth>", named.given_month),
    ("d ' <near>", relative.nearby),
    ("<near>", relative.nearby),
    (f"(pendant|durant)? la <nth> <unit:weekly> (de|du mois de|d ') <month> {_YEAR}?",
     named.week_of_month),
    (f"le? <nth> <weekday> (de|du mois de|d ') <month> {_YEAR}?", named.weekday_of_month),
    ("le? <nth> <weekday> (du|de ce) mois", valued(named.weekday_of_month, shift=0)),
    (f"(la|le)? <unit:weekly> du <day> <month> {_YEAR}?", named.week_with),
    (f"(du|le)? <day> (au|-) <last:day> <month> {_YEAR}?", named.days_of),
    (f"(le|du|au)? ({{weekday}} ,?)? (le)? (<day>|<day:spelled>) <month> {_YEAR}?", named.day_of),
    ("(en|à|dès|vers|depuis|jusqu ' (à|en))? (la|le|l ')? <part:edge> -? "
     f"(de|d '|du mois de|du mois d ')? <month> {_YEAR}?", named.month),
    (f"(en|au mois de|au mois d '|courant|pendant|durant)? <month> {_YEAR}", named.month),
    ("(en)? <month> <shift:after>", named.month),
    ("(en|au mois de|au mois d '|courant|durant) <month>", named.month),
    ("<month>", if_led(named.month)),
    (f"(en|à l '|au|pendant l '|l '|le|d ')? <season> {_YEAR}", named.season),
    ("(l '|le|au)? <season> <shift:after>", named.season),
    ("<shift:this> <season>", named.season),
    ("(en|au|à l '|pendant l '|pendant le|durant l ') <season>", named.season),
    ("(l '|le) <season>", if_led(named.season)),
    (f"(au|du|le)? <quarter:nth> trimestre {_YEAR}?", named.quarter),
    (f"(à|au|pour|le|la|pendant|l ')* <feast> ({_YEAR}|<shift:after>)?", named.feast),
    # counted from now
    ("{ago} quinze jours", valued(counted.ago, count=1, unit=Unit.FORTNIGHT)),
    (f"{{ago}} {_ABOUT} {_SO_MANY} <unit> {_HALF}", counted.ago),
    (f"(ça|cela) fait {_ABOUT} {_SO_MANY} <unit> {_HALF} (que|qu ')", counted.lasting),
    ("dans quinze jours", valued(counted.hence, count=1, unit=Unit.FORTNIGHT)),
    (f"dans {_ABOUT} {_SO_MANY} <unit:lasting> {_HALF}", counted.hence),
    (f"depuis {_ABOUT} {_SO_MANY} <unit> {_HALF}", counted.lasting),
    ("(au cours des|durant|pendant|dans)? (ces|les|des) <count> (derniers|dernières) <unit>",
     counted.past),
    ("(au cours des|durant|pendant|dans)? (ces|les) <count> (prochains|prochaines) <unit>",
     counted.coming),
    ("(au cours des|durant|pendant|dans)? (ces|les) {after} ({unit})", unknown),
    (f"{_SO_MANY} <unit> (plus tard|auparavant|après|avant)", unknown),
    ("<shift:this> ({weekday}|{daypart}) - là", unknown),
    # last, this and next
    ("<shift:this> <unit:weekends> (- ci)?", relative.this_weekend),
    ("(en|à|vers)? (la)? <part:edge> (de|du) (ce)? <unit:span> <shift:after>?",
     valued(relative.shifted, shift=0)),
    ("(en|à|vers)? (la)? <part:edge> de (la|l '|cette) <unit:span> <shift:after>?",
     valued(relative.shifted, shift=0)),
    (f"{_IN} <unit:span> <shift:after>", relative.shifted),
    ("(pendant|durant|pour)? <shift:this> <unit:span> (- ci)?", relative.shifted),
    # days of the week
    ("(le)? <weekday> de la semaine <shift:after>", relative.weekday_of_week),
    ("(tous les|toutes les|chaque) ({weekday}|{weekdays}|{unit}|{season}|{daypart}|deux {unit})",
     unknown),
    ("{weekday} au {weekday}", unknown),
    ("(le)? <weekday> <shift:after>", relative.weekday),
    ("<shift:this> <weekday>", relative.weekday),
    ("{weekday} <day> ~", relative.day_alone),
    ("le {weekday}", unknown),
    ("<weekday>", relative.weekday),
    ("le (<day>|<day:spelled>) ~", relative.day_alone),
    # years
    ("<year> (-|à) <last:year>", named.years),
    ("(en|à|depuis|dès)? (la)? <part:edge> -? (de|de l ' année)? <year>", named.year),
    ("(en|dès|durant|courant) (l ' année)? <year>", named.year),
    ("l ' année <year>", named.year),
    ("<year>", if_led_or_asked(named.year)),
    ("(dans|pendant|durant)? les années (<short:count>|<decade:year>)", named.decade_short),
    # how long, how old, who knows when
    (f"(pendant|durant|pour) {_SO_MANY} <unit> {_HALF}", unknown),
    ("quand j ' (avais|ai eu) <count> ans", counted.aged),
    ("quand (il|elle|on|nous) (avait|avions|a eu) {count} ans", unknown),
    ("(quand|lorsque) (j ' étais|il était|elle était) (très|encore|tout|toute|un|une)* {youth}",
     unknown),
    ("à (l ' âge de)? {count} ans", unknown),
    ("{vague}", unknown),
    ("un jour", unknown),
    ("dans le passé", unknown),
)  # fmt: skip

_CLOCK: Final = "({clock}|{hour} heures?|{count} heures?|midi|minuit)"

FRENCH: Final = Table(
    name="french",
    words={
        "count": _COUNT, "few": _FEW, "half": alike("demi demie", 1), "unit": _UNIT,
        "lasting": {w: u for w, u in _UNIT.items() if u >= Unit.HOUR},
        "span": {w: u for w, u in _UNIT.items() if u >= Unit.WEEKEND},
        "weekly": alike("semaine", Unit.WEEK) | alike("week-end weekend", Unit.WEEKEND),
        "weekends": alike("week-end weekend week_end", Unit.WEEKEND),
        "about": alike("environ à_peu_près presque près_de"), "ago": alike("il_y_a y_a"),
        "near": _NEAR, "weekday": _DAY, "weekdays": {day + "s": 0 for day in _DAY},
        "month": _MONTH, "season": _SEASON, "after": _AFTER, "this": _THIS, "edge": _EDGE,
        "nth": _NTH, "spelled": alike("premier 1er", 1), "feast": _FEAST, "daypart": _DAYPART,
        "vague": _VAGUE, "youth": _YOUTH, "light": _LIGHT,
    },
    forms=_FORMS,
    leads={
        "earlier": "(le|la|{count}|{few}) {unit} avant (le|la|l ')?",
        "later": "(le|la|{count}|{few}) {unit} après (le|la|l ')?",
        "since": "depuis (le|la|l ')?",
        "starting": "(à partir|à compter) (de|du|d ')|dès (le|la)?",
        "until": "jusqu ' (à|au|en)? (la|l ')?|d ' ici (à|au|le|la)?",
        "before": "avant (le|la|l ')?",
        "after": "après (le|la|l ')?",
        "between": "entre (le)?",
        "from": "de|du|d '",
    },
    links={"to": "(à|au|jusqu ' (à|au|en)?)", "dash": "-", "and": "et (le)?"},
    tails={},
    hours=(
        f"(à|vers) {_CLOCK} (,|le)?|(dans|pendant) la (nuit|soirée|matinée) (de|du)?",
        f"(à|vers|dès) {_CLOCK}|(au|dans la|en)? {{daypart}}",
    ),
    anchors=single(
        (_UNIT, _DAY, {day + "s": 0 for day in _DAY}, _MONTH, _SEASON),
        "hier aujourd demain matin soir midi nuit noël noel sylvestre valentin pâques paques "
        "toussaint halloween nationale épiphanie récemment dernièrement longtemps peu temps époque "
        "avenir passé autrefois bientôt enfance jeunesse lendemain veille suivant suivante quand "
        "lorsque âge dernier dernière derniers dernières prochain prochaine prochains prochaines",
    ) - {"end"},
    shared=single((), "hier mars mai été an week weekend weekends minute minutes midi halloween "
                      "valentin mois passé jour nationale"),
    common=frozenset(_LIGHT),
    tense=tenses.FRENCH,
)  # fmt: skip
