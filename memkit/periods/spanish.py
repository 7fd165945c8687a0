"""Spanish."""

from __future__ import annotations

from typing import Final

from memkit.periods import counted, named, relative, tenses
from memkit.periods.calendar import Feast, Unit
from memkit.periods.grammar import Form, Table
from memkit.periods.moments import if_led, if_led_or_asked, nothing, unknown, valued
from memkit.periods.wordlists import alike, ranked, single

_ONES: Final = "un|uno|una dos tres cuatro cinco seis siete ocho nueve"
_COUNT: Final = {
    **ranked(_ONES + " diez once doce trece catorce quince dieciséis|dieciseis "
             "diecisiete dieciocho diecinueve veinte veintiuno|veintiún|veintiun|veintiuna "
             "veintidós|veintidos veintitrés|veintitres veinticuatro veinticinco "
             "veintiséis|veintiseis veintisiete veintiocho veintinueve", 1),
    **{
        f"{ten}{one}": 10 * tens + ones
        for ten, tens in ranked("treinta cuarenta cincuenta sesenta setenta ochenta noventa",
                                3).items()
        for one, ones in {"": 0, **{f" y {n}": v for n, v in ranked(_ONES, 1).items()}}.items()
    },
    "un par de": 2, "una docena de": 12,
}  # fmt: skip
_FEW: Final = alike("unos_pocos unas_pocas unos_cuantos unas_cuantas unos unas algunos algunas "
                    "varios varias pocos pocas muchos muchas")  # fmt: skip
_UNIT: Final = {
    **alike("minuto minutos", Unit.MINUTE), **alike("hora horas", Unit.HOUR),
    **alike("día días dia dias", Unit.DAY), **alike("semana semanas", Unit.WEEK),
    **alike("fin_de_semana fines_de_semana finde", Unit.WEEKEND),
    **alike("quincena quincenas", Unit.FORTNIGHT), **alike("mes meses", Unit.MONTH),
    **alike("trimestre trimestres", Unit.QUARTER), **alike("año años", Unit.YEAR),
    **alike("década décadas decada decadas", Unit.DECADE),
}  # fmt: skip
_SPANS: Final = ("semana", "fin de semana", "finde", "quincena", "mes", "trimestre", "año",
                 "década", "decada")  # fmt: skip
_DAY: Final = ranked("lunes martes miércoles|miercoles jueves viernes sábado|sabado domingo")
_MONTH: Final = ranked("enero febrero marzo abril mayo junio julio agosto septiembre|setiembre "
                       "octubre noviembre diciembre", 1)  # fmt: skip
_SEASON: Final = ranked("primavera verano otoño invierno")
_BEFORE: Final = {
    **alike("pasado pasada", -1), **alike("este esta"),
    **alike("próximo próxima proximo proxima", 1),
}  # fmt: skip
_AFTER: Final = {
    **alike("antepasado antepasada", -2), **alike("pasado pasada", -1),
    **alike("próximo próxima proximo proxima que_viene que_entra", 1),
}  # fmt: skip
_EDGE: Final = {
    **alike("principios comienzos inicios"), **alike("mediados", 1), **alike("finales fines", 2),
}  # fmt: skip
_NTH: Final = ranked("primer|primero|primera segundo|segunda tercer|tercero|tercera cuarto|cuarta "
                     "quinto|quinta", 1) | alike("último última ultimo ultima", -1)  # fmt: skip
_NEAR: Final = {
    **alike("anteayer antier antes_de_ayer anteanoche", -2), **alike("ayer anoche", -1),
    **alike("hoy esta_mañana esta_tarde esta_noche"), **alike("mañana", 1),
    **alike("pasado_mañana", 2),
}  # fmt: skip
_FEAST: Final = {
    **alike("nochebuena", Feast.CHRISTMAS_EVE), **alike("navidad navidades", Feast.CHRISTMAS),
    **alike("nochevieja fin_de_año", Feast.NEW_YEARS_EVE), **alike("año_nuevo", Feast.NEW_YEAR),
    **alike("día_de_reyes los_reyes_magos reyes_magos", Feast.EPIPHANY),
    **alike("san_valentín san_valentin", Feast.VALENTINE), **alike("halloween", Feast.HALLOWEEN),
    **alike("viernes_santo", Feast.GOOD_FRIDAY),
    **alike("domingo_de_pascua pascua", Feast.EASTER),
    **alike("día_de_todos_los_santos", Feast.ALL_SAINTS),
}  # fmt: skip
_VAGUE: Final = alike(
    "recientemente últimamente ultimamente algún_día el_otro_día hace_poco hace_tiempo "
    "hace_mucho hace_mucho_tiempo hace_poco_tiempo hace_un_tiempo tiempo_atrás de_niño de_niña "
    "de_pequeño de_pequeña en_mi_infancia en_mi_juventud pronto "
    "hoy_en_día al_día_siguiente el_día_siguiente"
)
_YOUTH: Final = alike("niño niña pequeño pequeña joven chico chica adolescente")
_DAYPART: Final = alike("mañana tarde noche madrugada")
_LIGHT: Final = alike(
    "el la los las lo de del que y o a al en un una por con para me mi mis te tu su sus se le les "
    "nos yo él ella no sí ya muy más pero como cuando donde porque si fui fue fuimos era estaba "
    "soy es son estoy está están hay he ha han hemos había tengo tiene voy va vamos tuve desde "
    "hasta aquí allí ahora entonces después antes entre sin sobre todo toda esto eso este esta qué "
    "cuándo cuál dónde quién cómo fueron hizo hice vivo vivía trabajo gusta quiero gracias bien"
)

_ABOUT: Final = "(<about>|casi|como|exactamente|solo|sólo)*"
_SO_MANY: Final = "(<few>|<half>|<count>)"
_YEAR: Final = "((de|del|,)* año? <year>|del? año <steps:after>)"
_IN: Final = "(en|durante|por|para)"

_FORMS: Final[tuple[Form, ...]] = (
    ("el? <date>", named.given),
    ("en? <yearmonth>", named.given_month),
    ("(la|una|cada|esa|aquella|toda|por|de|media) {daypart}", nothing),
    ("<near>", relative.nearby),
    (f"(en|durante)? la <nth> <unit:weekly> de <month> {_YEAR}?", named.week_of_month),
    (f"el? <nth> <weekday> (de|del mes de) <month> {_YEAR}?", named.weekday_of_month),
    ("el? <nth> <weekday> (de este|del) mes", valued(named.weekday_of_month, shift=0)),
    (f"(en|durante)? (la|el) <unit:weekly> del <day> de <month> {_YEAR}?", named.week_with),
    (f"(del|el)? <day> (al|a|-) <last:day> de <month> {_YEAR}?", named.days_of),
    (f"(el|al)? ({{weekday}} ,?)? día? (<day>|<day:spelled>) de <month> {_YEAR}?", named.day_of),
    (f"(el|al)? <day> <month> {_YEAR}?", named.day_of),
    (f"(a|hacia|para|desde)? <part:edge> (de|del) (mes de)? <month> {_YEAR}?", named.month),
    (f"(en|durante)? (el mes de)? <month> {_YEAR}", named.month),
    ("(en|durante|el)* <month> <shift:after>", named.month),
    ("(en|el)* <shift:before> <month>", named.month),
    ("(en|durante|todo) (el mes de)? <month>", named.month),
    ("el mes de <month>", named.month),
    ("<month>", if_led_or_asked(named.month)),
    (f"{_IN}? (el|la)? <season> ({_YEAR}|<shift:after>)", named.season),
    (f"{_IN}? (el|la)? <shift:before> <season>", named.season),
    (f"{_IN} (el|la)? <season>", named.season),
    ("(el|la) <season>", if_led(named.season)),
    (f"en? el? <quarter:nth> trimestre ({_YEAR})?", named.quarter),
    (f"(en|el|la|por|para|las)* <shift:before>? <feast> ({_YEAR}|<shift:after>)?", named.feast),
    # counted from now
    (f"{{lasted}} {_ABOUT} {_SO_MANY} <unit> (y <half:medio>)?", counted.lasting),
    (f"(llevo|llevamos|lleva) {_ABOUT} {_SO_MANY} <unit> (y <half:medio>)?", counted.lasting),
    (f"hace {_ABOUT} {_SO_MANY} <unit> (y <half:medio>)?", counted.ago),
    (f"{_SO_MANY} <unit> atrás", counted.ago),
    ("hace {unit}", unknown),
    (f"<from:dentro> de {_ABOUT} {_SO_MANY} <unit> (y <half:medio>)?", counted.hence),
    (f"en {_ABOUT} {_SO_MANY} <unit:lasting> (y <half:medio>)?", counted.hence),
    ("(en|durante)? (los|las|estos|estas) {latest} <count> <unit>", counted.past),
    ("(en|durante)? (el|la) {latest} <unit:span>", counted.past),
    ("(en|durante)? (los|las) (<count> {soon}|{soon} <count>) <unit>", counted.coming),
    ("(en|durante)? (los|las|estos|estas) ({latest}|{soon}) {plural}", unknown),
    (f"{_SO_MANY} <unit> (después|antes)", unknown),
    ("(el|la) {unit} (siguiente|anterior)", unknown),
    ("(ese|esa|aquel|aquella) ({unit}|{weekday}|{season}|{daypart})", unknown),
    # last, this and next
    ("(este|el) <unit:weekends>", relative.this_weekend),
    ("(a|hacia|para)? <part:edge> de (el|la)? <shift:before> <unit:span>", relative.shifted),
    ("(a|hacia|para)? <part:edge> del? (la)? <unit:span> <shift:after>", relative.shifted),
    ("(a|hacia|para)? <part:edge> de (mes|año)", nothing),
    (f"{_IN}? (el|la)? <shift:before> <unit:span>", relative.shifted),
    (f"{_IN}? (el|la)? <unit:span> <shift:after>", relative.shifted),
    # days of the week
    ("el? <weekday> de (la semana <shift:after>|(la|esta)* <shift:before> semana)",
     relative.weekday_of_week),
    ("(los|cada|todos los) ({weekday}|sábados|domingos)", unknown),
    ("(cada|todos los|todas las) ({unit}|{season}|{daypart}|{month})", unknown),
    ("{weekday} a {weekday}", unknown),
    ("(el|este)? <weekday> <shift:after>", relative.weekday),
    ("el? <shift:before> <weekday>", relative.weekday),
    ("el <weekday>", relative.weekday),
    ("<weekday>", if_led_or_asked(relative.weekday)),
    ("el día <day> ~", relative.day_alone),
    ("el <day> (de este mes|~)", relative.day_alone),
    # years
    ("<year> (-|a) <last:year>", named.years),
    ("(a|hacia)? <part:edge> (de|del año) <year>", named.year),
    ("(en|durante) (el año)? <year>", named.year),
    ("(el|del) año <year>", named.year),
    ("<year>", if_led_or_asked(named.year)),
    ("(en|durante)? (los años|la década de los) (<short:count>|<decade:year>)", named.decade_short),
    ("en los <short:tens>", named.decade_short),
    # how long, how old, who knows when
    (f"(durante|por) {_SO_MANY} <unit>", unknown),
    ("cuando yo tenía <count> años", counted.aged),
    ("cuando (ella|él)? (tenía|cumplió|cumplí) {count} años", unknown),
    ("cuando (yo|ella|él)? era (muy|un|una)* {youth}", unknown),
    ("a los {count} años", unknown),
    ("{vague}", unknown),
    ("un día", unknown),
    ("en el (pasado|futuro)", unknown),
)  # fmt: skip

_CLOCK: Final = "las? ({clock}|{hour}|{count}) (y media|y cuarto|en punto|de la {daypart})*"

SPANISH: Final = Table(
    name="spanish",
    words={
        "count": _COUNT, "tens": {w: v for w, v in _COUNT.items() if v % 10 == 0 and v >= 30},
        "few": _FEW, "half": alike("medio media", 1), "medio": alike("medio media", 1),
        "unit": _UNIT, "lasting": {w: u for w, u in _UNIT.items() if u >= Unit.HOUR},
        "plural": {w: 0 for w, u in _UNIT.items() if w[-1] == "s" and u >= Unit.DAY},
        "span": {w: _UNIT[w] for w in _SPANS},
        "weekly": {w: u for w, u in _UNIT.items() if w in ("semana", "fin de semana")},
        "weekends": alike("fin_de_semana finde", Unit.WEEKEND),
        "about": alike("aproximadamente alrededor_de más_o_menos cerca_de"),
        "dentro": alike("dentro"), "lasted": alike("desde_hace"), "near": _NEAR,
        "weekday": _DAY, "month": _MONTH,
        "season": _SEASON, "before": _BEFORE, "after": _AFTER, "edge": _EDGE, "nth": _NTH,
        "spelled": alike("primero uno", 1), "feast": _FEAST, "daypart": _DAYPART, "vague": _VAGUE,
        "latest": alike("últimos últimas último última ultimos ultimas pasados pasadas"),
        "soon": alike("próximos próximas proximos proximas"), "youth": _YOUTH, "light": _LIGHT,
    },
    forms=_FORMS,
    leads={
        "earlier": "(el|la|{count}|{few}) {unit} antes (de|del)",
        "later": "(el|la|{count}|{few}) {unit} después (de|del)",
        "since": "desde (el|la)?",
        "starting": "a partir (de|del)",
        "until": "hasta (el|la)?",
        "before": "antes (de|del)",
        "after": "(después|despues) (de|del)|tras (el|la)?",
        "between": "entre (el)?",
        "from": "de|del",
    },
    links={"to": "(a|al|hasta) (el|la)?", "dash": "-", "and": "y (el)?"},
    tails={"since": "en adelante"},
    hours=(
        f"(a|sobre|hacia) {_CLOCK} (del?)?",
        f"(a|sobre|hacia|desde) {_CLOCK}|(por|en|a) la {{daypart}}|al mediodía|a medianoche",
    ),
    anchors=single(
        (_UNIT, _DAY, _MONTH, _SEASON, {"sábados": 0, "domingos": 0}),
        "anteayer antier anteanoche ayer anoche hoy mañana tarde noche madrugada nochebuena "
        "navidad navidades nochevieja reyes valentín valentin halloween santo santos pascua "
        "recientemente últimamente ultimamente hace pasado futuro niño niña pequeño "
        "pequeña infancia juventud pronto tiempo atrás cuando semana finde próximo próxima pasada",
    ) - {"de", "fin", "fines"},
    shared=single((), "mayo mes finde reyes santo santos halloween domingo pascua futuro"),
    common=frozenset(_LIGHT),
    tense=tenses.SPANISH,
)  # fmt: skip
"""5/6/2023 is the fifth of June."""
