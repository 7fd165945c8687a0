"""The commonest statements about oneself in Spanish, German, French and Chinese.

No grammar as for English: patterns over a sentence that is an assertion. A group `v` holds the
value, `no` a denial, `old` that it is over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from memkit.extract.sentences import Span
from memkit.extract.values import Value
from memkit.extract.words import listed

__all__ = ["Foreign", "foreign", "is_foreign"]

_I: Final = re.IGNORECASE
_NAME: Final = (
    r"(?P<v>(?-i:[A-Z\u00c0-\u00de])[\w'\u2019-]*(?: (?:de |la |del |von |du "
    r")?(?-i:[A-Z\u00c0-\u00de])[\w'\u2019-]*){0,2})"
)
_PLACE: Final = (
    r"(?:(?:la |der |die |le |l['\u2019])?(?:ciudad|stadt|ville|n\u00e4he) (?:de |von )?)?" + _NAME
)
_NOUN: Final = r"(?P<v>[^\W\d_][\w'\u2019-]*(?: (?:de |d['\u2019])?[^\W\d_][\w'\u2019-]*)?)"
_LIST: Final = r"(?P<v>[^\W\d_][\w'\u2019-]*(?: [^\W\d_][\w'\u2019-]*){0,2})"
_END: Final = (
    r"(?=\s*(?:[.,!;)]|$|y\b|und\b|et\b|pero\b|aber\b|mais\b|desde\b|seit\b|depuis\b|con\b|mit\b|"
    r"avec\b|en\b|in\b|bei\b|chez\b|porque\b|weil\b|parce\b))"
)
_AGE: Final = r"(?P<v>\d{1,3})"
_HAN: Final = r"(?P<v>[\u4e00-\u9fffA-Za-z\u00b7]{1,12}?)"
_HAN_END: Final = (
    r"(?=[\uff0c\u3002\uff01,.!;\uff1b\u3001]|$|\u4e86|\u5de5\u4f5c|\u751f\u6d3b|\u5df2\u7ecf|"
    r"\u4e0a\u73ed|\u548c|\u5440|\u5462|\u554a|\u54e6)"
)
_PETS_ES: Final = r"(?:perr[oa]|gat[oa]|conejo|loro|h\u00e1mster|mascota|cachorro|gatito)"
_PETS_DE: Final = (
    r"(?:hund|h\u00fcndin|katze|kater|kaninchen|papagei|hamster|haustier|welpe|wellensittich|pferd)"
)
_PETS_FR: Final = r"(?:chien(?:ne)?|chat(?:te)?|lapin|perroquet|hamster|chiot|chaton|cheval)"
_WIFE_ES: Final = r"(?:esposa|mujer|marido|esposo|novi[oa]|pareja|prometid[oa])"
_WIFE_DE: Final = r"(?:frau|mann|freundin|freund|partner(?:in)?|verlobte[r]?)"
_WIFE_FR: Final = (
    r"(?:femme|mari|copine|copain|compagne|compagnon|\u00e9poux|\u00e9pouse|fianc\u00e9e?)"
)


@dataclass(frozen=True, slots=True)
class Foreign:
    """A statement found: `mood` is assertion or negation.

    `begins` where it tells of a change ("me mud\u00e9"), `ended` where of what was.
    """

    attribute: str
    several: bool
    value: Value
    start: int
    end: int
    mood: str
    begins: bool
    ended: bool


def _rows(*lines: tuple[str, str]) -> list[tuple[str, re.Pattern[str]]]:
    return [(attribute, re.compile(pattern, _I)) for attribute, pattern in lines]


_NO_ES: Final = r"(?P<no>(?:ya )?no )?"
_SOY: Final = (
    r"(?:^|[,;.!\u00a1(] ?|\b(?:y|que|pero|yo|tambi\u00e9n|porque|como|ahora|a\u00fan|"
    r"todav\u00eda|originalmente) )(?P<no>(?:ya )?no )?soy "
)
_SPANISH: Final = _rows(
    ("name", rf"\b(?:me llamo|mi nombre es) {_NAME}"),
    (
        "home",
        rf"\b{_NO_ES}(?:vivo|vivimos|resido)(?: ahora| actualmente)? (?:en|cerca de) {_PLACE}",
    ),
    (
        "home",
        rf"\b(?:me he mudado|me mud\u00e9|nos mudamos|nos hemos mudado|acabo de mudarme) (?:a|"
        rf"para) {_PLACE}",
    ),
    ("home", rf"\b(?P<old>viv\u00eda|viv\u00ed|antes viv\u00eda) en {_PLACE}"),
    ("hometown", rf"{_SOY}(?:originari[oa] )?de {_PLACE}"),
    ("job", rf"(?:{_SOY}|\btrabajo (?:como|de) )(?:un |una )?{_NOUN}{_END}"),
    ("employer", rf"\b{_NO_ES}trabajo (?:en|para) {_NAME}"),
    ("age", rf"\btengo {_AGE} a\u00f1os"),
    (
        "allergy",
        rf"\b{_NO_ES}(?:soy al\u00e9rgic[oa]|tengo alergia) (?:a |al )(?:l[oa]s? |el "
        rf")?{_LIST}{_END}",
    ),
    (
        "like",
        rf"(?<!no )\b(?:me (?:gustan?|encantan?|fascinan?)) (?:mucho )?(?:l[oa]s? |el "
        rf")?{_LIST}{_END}",
    ),
    ("dislike", rf"\b(?:no me gustan?|odio|detesto) (?:nada )?(?:l[oa]s? |el )?{_LIST}{_END}"),
    (
        "pet",
        rf"\b(?:mi|nuestr[oa]|un|una) {_PETS_ES},? (?:se llama |llamad[oa] |que se llama |es "
        rf")?{_NAME}",
    ),
    ("partner", rf"\bmi {_WIFE_ES},? (?:se llama |es )?{_NAME}"),
    ("partner", rf"\bestoy casad[oa] con {_NAME}"),
    ("sister", rf"\bmi hermana,? (?:se llama )?{_NAME}"),
    ("brother", rf"\bmi hermano,? (?:se llama )?{_NAME}"),
    ("daughter", rf"\bmi hija,? (?:se llama )?{_NAME}"),
    ("son", rf"\bmi hijo,? (?:se llama )?{_NAME}"),
)
_NO_DE: Final = r"(?P<no>(?: nicht(?: mehr)?| kein\w* (?:mehr )?)(?= ))?"
_GERMAN: Final = _rows(
    ("name", rf"\b(?:ich hei\u00dfe|mein name ist) {_NAME}"),
    (
        "home",
        rf"\b(?:ich (?:wohne|lebe)|wir (?:wohnen|leben)|(?:wohne|lebe) ich){_NO_DE}(?: jetzt| "
        rf"nun| aktuell| derzeit| inzwischen| seit [\w .]+?)? (?:in|bei) {_PLACE}",
    ),
    ("home", rf"\b(?:bin|sind) (?:ich |wir )?(?:[\w .]+ )?nach {_PLACE} (?:um)?gezogen"),
    ("home", rf"\bich (?P<old>habe|hatte) (?:fr\u00fcher )?in {_PLACE} (?:gewohnt|gelebt)"),
    ("hometown", rf"\bich (?:komme|stamme) (?:urspr\u00fcnglich )?aus {_PLACE}"),
    (
        "job",
        r"\bich (?:bin|arbeite als)(?P<no> kein\w*| nicht mehr)?(?: jetzt| nun)? (?:von beruf "
        r")?(?:eine? |als )?(?P<v>(?-i:[A-Z\u00c0-\u00de])[a-z\u00e4\u00f6\u00fc\u00df]+(?:er|"
        r"erin|arzt|\u00e4rztin|ist|istin|eur|eurin|pfleger|pflegerin|frau|mann|koch|k\u00f6chin|"
        r"student|studentin|anwalt|anw\u00e4ltin|lehrer|lehrerin|in))\b(?= (?:von|bei|in|und|"
        r"seit)|\s*[.,!;]|$)",
    ),
    ("employer", rf"\bich arbeite{_NO_DE}(?: jetzt| seit [\w .]+?)? (?:bei|f\u00fcr) {_NAME}"),
    ("age", rf"\bich bin (?:jetzt )?{_AGE}(?: jahre alt\b|(?=\s*[.,!]))"),
    (
        "allergy",
        rf"\bich bin{_NO_DE} (?:allergisch )?(?:gegen|auf) {_LIST} allergisch|\bich bin "
        rf"allergisch (?:gegen|auf) (?P<v2>[^\W\d_][\w-]*)|\bich habe eine "
        rf"(?P<v3>[^\W\d_][\w]*?)-?allergie",
    ),
    ("like", rf"\bich (?:mag|liebe) (?!es\b|dich\b|nicht\b|kein)(?:gerne? )?{_LIST}{_END}"),
    ("dislike", rf"\bich (?:hasse|mag kein\w*) {_LIST}{_END}"),
    ("pet", rf"\b(?:mein\w*|unser\w*|eine?n?) {_PETS_DE},? (?:hei\u00dft |namens |ist )?{_NAME}"),
    ("partner", rf"\bmein\w* {_WIFE_DE},? (?:hei\u00dft |ist )?{_NAME}"),
    ("partner", rf"\bich bin mit {_NAME} (?:verheiratet|zusammen|verlobt)"),
    ("sister", rf"\bmeine schwester,? (?:hei\u00dft )?{_NAME}"),
    ("brother", rf"\bmein bruder,? (?:hei\u00dft )?{_NAME}"),
    ("daughter", rf"\bmeine tochter,? (?:hei\u00dft )?{_NAME}"),
    ("son", rf"\bmein sohn,? (?:hei\u00dft )?{_NAME}"),
)
_NE: Final = r"(?P<no>ne |n['\u2019])?"
_FRENCH: Final = _rows(
    ("name", rf"\b(?:je m['\u2019]appelle|mon nom est|mon pr\u00e9nom est) {_NAME}"),
    (
        "home",
        rf"\b(?:j['\u2019]|je |on |nous ){_NE}(?:habite|habitons|vis|vivons|r\u00e9side)(?: plus|"
        rf" pas)?(?: maintenant| d\u00e9sormais| actuellement)? (?:\u00e0|en|au|aux|dans) "
        rf"{_PLACE}",
    ),
    (
        "home",
        rf"\b(?:j['\u2019]ai d\u00e9m\u00e9nag\u00e9|nous avons d\u00e9m\u00e9nag\u00e9|je me "
        rf"suis install\u00e9e?|je viens d['\u2019]emm\u00e9nager|j['\u2019]ai "
        rf"emm\u00e9nag\u00e9) (?:\u00e0|en|au) {_PLACE}",
    ),
    ("home", rf"\b(?P<old>j['\u2019]habitais|je vivais) (?:\u00e0|en|au) {_PLACE}"),
    ("hometown", rf"\bje (?:viens|suis originaire) (?:de |d['\u2019]){_PLACE}"),
    (
        "job",
        rf"\bje (?P<no>ne )?(?:suis|travaille comme)(?: plus)? (?:un |une "
        rf")?(?P<v>[a-z\u00e0-\u00ff]+(?:eur|euse|ier|i\u00e8re|ien|ienne|iste|teur|trice|ecte|"
        rf"ecin|avocate?|prof|cuisini\u00e8re|architecte|dentiste|m\u00e9decin))\b{_END}",
    ),
    ("employer", rf"\bje (?P<no>ne )?travaille(?: plus)? (?:chez|pour) {_NAME}"),
    ("age", rf"\bj['\u2019]ai {_AGE} ans"),
    (
        "allergy",
        rf"\bje (?P<no>ne )?suis(?: pas| plus)? allergique (?:\u00e0 |au |aux )(?:la |"
        rf"l['\u2019])?{_LIST}{_END}",
    ),
    (
        "like",
        rf"\bj['\u2019](?:aime|adore)(?: beaucoup| bien)? (?!pas\b|que\b)(?:l[ae]s? |"
        rf"l['\u2019])?{_LIST}{_END}",
    ),
    (
        "dislike",
        rf"\b(?:je n['\u2019]aime pas|je d\u00e9teste) (?:l[ae]s? |l['\u2019])?{_LIST}{_END}",
    ),
    (
        "pet",
        rf"\b(?:mon|ma|notre|une?) {_PETS_FR},? (?:s['\u2019]appelle |nomm\u00e9e? |"
        rf"appel\u00e9e? |qui s['\u2019]appelle )?{_NAME}",
    ),
    ("partner", rf"\b(?:mon|ma) {_WIFE_FR},? (?:s['\u2019]appelle )?{_NAME}"),
    ("partner", rf"\bje suis mari\u00e9e? (?:\u00e0|avec) {_NAME}"),
    ("sister", rf"\bma s\u0153ur,? (?:s['\u2019]appelle )?{_NAME}"),
    ("brother", rf"\bmon fr\u00e8re,? (?:s['\u2019]appelle )?{_NAME}"),
    ("daughter", rf"\bma fille,? (?:s['\u2019]appelle )?{_NAME}"),
    ("son", rf"\bmon fils,? (?:s['\u2019]appelle )?{_NAME}"),
)
_CHINESE: Final = _rows(
    ("name", rf"(?:\u6211\u53eb|\u6211\u7684\u540d\u5b57(?:\u662f|\u53eb)){_HAN}{_HAN_END}"),
    (
        "home",
        rf"\u6211(?:\u4eec|\u73b0\u5728|\u76ee\u524d)*(?P<no>\u4e0d(?:\u518d)?)?(?:\u4f4f\u5728|"
        rf"\u5b9a\u5c45\u5728|\u751f\u6d3b\u5728){_HAN}{_HAN_END}",
    ),
    (
        "home",
        rf"\u6211(?:\u4eec|\u521a|\u521a\u521a|\u6700\u8fd1|\u5df2\u7ecf|\u53bb\u5e74|"
        rf"\u4e0a\u4e2a\u6708)*\u642c(?:\u5230|\u53bb|\u5bb6\u5230)\u4e86?{_HAN}{_HAN_END}",
    ),
    (
        "hometown",
        rf"\u6211(?:\u6765\u81ea|\u8001\u5bb6\u5728|\u51fa\u751f\u5728|"
        rf"\u7684\u5bb6\u4e61\u662f){_HAN}{_HAN_END}",
    ),
    (
        "job",
        r"\u6211(?:\u73b0\u5728)?(?P<no>\u4e0d)?\u662f(?:\u4e00\u540d|\u4e00\u4e2a|\u4e00\u4f4d|"
        r"\u540d|\u4e2a)(?P<v>[\u4e00-\u9fff]{1,6}?(?:\u5e08|\u5458|\u751f|\u5bb6|\u5de5|\u8005|"
        r"\u4eba\u5458|\u7ecf\u7406|\u6559\u6388|\u62a4\u58eb|\u53f8\u673a|\u8b66\u5bdf|"
        r"\u4f1a\u8ba1))" + _HAN_END,
    ),
    ("employer", rf"\u6211(?:\u73b0\u5728)?\u5728{_HAN}(?:\u5de5\u4f5c|\u4e0a\u73ed)"),
    ("age", r"\u6211(?:\u4eca\u5e74|\u73b0\u5728|\u5df2\u7ecf)*(?P<v>\d{1,3})\u5c81"),
    ("allergy", rf"\u6211\u5bf9{_HAN}(?P<no>\u4e0d)?\u8fc7\u654f"),
    (
        "like",
        rf"\u6211(?:\u5f88|\u975e\u5e38|\u6700|\u7279\u522b)*(?:\u559c\u6b22|"
        rf"\u70ed\u7231){_HAN}{_HAN_END}",
    ),
    ("dislike", rf"\u6211(?:\u4e0d\u559c\u6b22|\u8ba8\u538c){_HAN}{_HAN_END}"),
    (
        "pet",
        rf"\u6211(?:\u7684|\u5bb6\u7684|\u517b\u4e86\u4e00\u53ea|"
        rf"\u6709\u4e00\u53ea)(?:\u5c0f)?(?:\u72d7|\u732b|\u5154\u5b50|\u9e66\u9e49|"
        rf"\u4ed3\u9f20),?\uff0c?(?:\u53eb|\u540d\u5b57\u53eb|\u540d\u5b57\u662f){_HAN}{_HAN_END}",
    ),
    (
        "partner",
        rf"\u6211(?:\u7684)?(?:\u59bb\u5b50|\u4e08\u592b|\u8001\u5a46|\u8001\u516c|"
        rf"\u5973\u670b\u53cb|\u7537\u670b\u53cb)(?:\u53eb|\u662f){_HAN}{_HAN_END}",
    ),
    ("sister", rf"\u6211(?:\u7684)?(?:\u59d0\u59d0|\u59b9\u59b9)\u53eb{_HAN}{_HAN_END}"),
    ("brother", rf"\u6211(?:\u7684)?(?:\u54e5\u54e5|\u5f1f\u5f1f)\u53eb{_HAN}{_HAN_END}"),
    ("daughter", rf"\u6211(?:\u7684)?\u5973\u513f\u53eb{_HAN}{_HAN_END}"),
    ("son", rf"\u6211(?:\u7684)?\u513f\u5b50\u53eb{_HAN}{_HAN_END}"),
)

_HINTS: Final = (
    (
        re.compile(
            r"\b(?:me llamo|mi|soy|vivo|viv[i\u00ed]\w*|trabajo|tengo|me gustan?|me encantan?|"
            r"odio|mud\w+|estoy|nuestr[oa]|llam\w+|resido|nombre)\b",
            _I,
        ),
        _SPANISH,
    ),
    (re.compile(r"\b(?:ich|mein\w*|unser\w*|wir)\b", _I), _GERMAN),
    (re.compile(r"\b(?:je|j['\u2019]\w+|mon|ma|notre|nous)\b", _I), _FRENCH),
    (re.compile("\u6211"), _CHINESE),
)
_SEVERAL: Final = frozenset(
    ("allergy", "like", "dislike", "pet", "sister", "brother", "daughter", "son")
)
_NO_JOB: Final = listed(
    "de un una muy feliz alto alta vegano vegana vegetariano vegetariana soltero soltera casado "
    "casada al\u00e9rgico al\u00e9rgica feliz estudiosa fan padre madre joven viejo nuevo "
    "sincero tuyo yo as\u00ed hermano hermana consciente capaz espa\u00f1ol espa\u00f1ola "
    "mexicano mexicana fuerte d\u00e9bil bueno buena malo mala berliner wiener hamburger "
    "m\u00fcnchner k\u00f6lner europ\u00e4er vegetarier vegetarierin veganer veganerin spieler "
    "verheiratet parisien parisienne premier premi\u00e8re meilleur v\u00e9g\u00e9tarien "
    "v\u00e9g\u00e9tarienne bien rien ancien italien brésilien parisienne dernier derni\u00e8re "
    "seul heureux singer"
)
_NO_VALUE: Final = listed(
    "que esto eso mucho nada es das dich ihn sie \u00e7a cela toi vous lui tout mi tu su lo la el"
)


_FOREIGN: Final = listed(
    "llamo soy vivo viv\u00eda vivimos trabajo tengo gusta gustan encanta encantan odio mudado "
    "mud\u00e9 mudamos mi estoy nuestra nuestro resido ich wir mein meine meinen meinem meiner "
    "unser unsere je j mon ma notre nous"
)


def is_foreign(said: str, words: frozenset[str]) -> bool:
    """Whether words of these languages stand in a sentence of these words; a cheap look."""
    return "\u6211" in said or not _FOREIGN.isdisjoint(words)


def foreign(text: str, span: Span) -> Iterator[Foreign]:
    """The statements that a sentence in one of these languages makes about its speaker."""
    for hint, rows in _HINTS:
        if hint.search(text, *span) is not None:
            for attribute, pattern in rows:
                yield from _found(attribute, pattern, text, span)


def _found(attribute: str, pattern: re.Pattern[str], text: str, span: Span) -> Iterator[Foreign]:
    match = pattern.search(text, *span)
    if match is None:
        return
    groups = match.groupdict()
    name = next((name for name in ("v", "v2", "v3") if groups.get(name)), None)
    if name is None:
        return
    said = match[name]
    first = said.lower().split(" ")[0]
    if first in _NO_VALUE or (attribute == "job" and first in _NO_JOB):
        return
    mood = "negation" if groups.get("no") else "assertion"
    yield Foreign(
        attribute,
        attribute in _SEVERAL,
        Value(said, *match.span(name), sure=0.9),
        match.start(),
        max(match.end(), match.end(name)),
        mood,
        begins=_CHANGE.search(match.group()) is not None,
        ended=bool(groups.get("old")),
    )


_CHANGE: Final = re.compile(r"mud|gezogen|m\u00e9nag|install|\u642c", _I)
