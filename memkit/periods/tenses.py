"""Whether a sentence tells of what was or of what will be: by its verbs, language by language.

The nearest telling word before the time decides, else the nearest after it, in its own clause if
one is there. In a sentence without one, such as "Dentist on Friday" or "the shop closes in June",
a weekday is the next and a date the nearer one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final

_NEVER: Final = r"(?!)"
_STOP: Final = r"(?<!\b[Ss]t)(?<!\b[DM]r)(?<!\bMrs)(?<!\bMs)\.(?!\w)|[!?;。！？；\n]"
_SENTENCE: Final = re.compile(_STOP)
_CLAUSE: Final = re.compile(
    _STOP + r"|[,，:：]|\b(?:but|and|pero|y|aber|und|mais|et)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Tense:
    """Regular expressions over a sentence in lower case, compiled at first use."""

    past: str
    ahead: str
    still: str = _NEVER
    """What goes on, where a mere length of time does not say so: "I have lived here for a year"."""

    @cached_property
    def _tells(self) -> list[tuple[str, re.Pattern[str]]]:
        return [("ahead", re.compile(self.ahead)), ("past", re.compile(self.past))]

    @cached_property
    def _still(self) -> re.Pattern[str]:
        return re.compile(self.still)

    def looks_ahead(self, text: str, start: int, end: int) -> bool | None:
        """Whether what is said of the characters [start, end) is yet to come; None if untold."""
        for ends in (_CLAUSE, _SENTENCE):
            said, place = _around(text, start, end, ends)
            before, after = self._told(said, place)
            if before or after:
                return (before or after) == "ahead"
        return None

    def _told(self, said: str, place: int) -> tuple[str, str]:
        """What the nearest telling words before and after the place tell."""
        before, after = (-1, ""), (len(said) + 1, "")
        for tells, pattern in self._tells:
            for match in pattern.finditer(said):
                if match.end() <= place:
                    before = max(before, (match.end(), tells), key=lambda each: each[0])
                else:
                    after = min(after, (match.end(), tells), key=lambda each: each[0])
                    break
        return before[1], after[1]

    def goes_on(self, text: str, start: int, end: int) -> bool:
        """Whether it still is so."""
        said, place = _around(text, start, end, _SENTENCE)
        return self._still.search(said, 0, place) is not None


def _around(text: str, start: int, end: int, ends: re.Pattern[str]) -> tuple[str, int]:
    """What stands around the phrase up to the next ends, and where it stood."""
    first = 0
    for match in ends.finditer(text, 0, start):
        first = match.end()
    closing = ends.search(text, end)
    left = text[first:start].lower()
    return left + " " + text[end : closing.start() if closing else len(text)].lower(), len(left)


ENGLISH: Final = Tense(
    past=(
        r"\b(?:was|were|wasn|weren|had|hadn|did|didn|went|came|saw|got|made|took|told|said|gave"
        r"|found|thought|knew|felt|left|met|bought|brought|built|caught|chose|drove|ate|fell|flew"
        r"|forgot|grew|heard|held|kept|lost|paid|ran|sang|sat|sent|slept|spoke|spent|stood|taught"
        r"|threw|understood|woke|won(?!['’]t)|wore|wrote|began|became|broke|drank|drew|fought|froze"
        r"|hid|led|lent|lay|rode|rang|rose|sold|shook|shot|sank|stole|swam|swung|tore|dug|dealt|fed"
        r"|fled|hung|knelt|sought|shone|slid|spun|stuck|struck|swore|swept|wept|wound|burnt|learnt"
        r"|dreamt|smelt|spilt|spoilt|quit|used|born|hurt|split|blew|bit|bent|bled|crept|flung|lit"
        r"|overslept|withdrew|undertook|overcame"
        r"|(?!need|indeed|hundred|sacred|naked|wicked|speed|breed|seed|feed|shed|wed|bed|red|weed)"
        r"(?!scheduled|planned|booked|invited|reserved|arranged|supposed|excited|worried)"
        r"[a-z]+ed)\b"
    ),
    ahead=(
        r"\b(?:will|won['’]t|shall|gonna|going to|want to|wants to|hope|hopes|hoping|plan|plans"
        r"|planning|need|needs|must|should|might|let['’]?s|have to|has to|see you|upcoming"
        r"|(?:is|are|am|isn['’]t|aren['’]t|be|being|get|gets|getting)"
        r"(?: not| so| very| really| too| \w+ly)?(?: [a-z]+ed\b)?)(?![a-z])"
        r"|['’](?:ll|m|re)\b(?: not| so| very| really| too| \w+ly)?(?: [a-z]+ed\b)?"
    ),
    still=r"(?:\b(?:have|has)|['’](?:ve|s))(?:n['’]t)?\b(?: [\w'’-]+){0,8} *$",
)

SPANISH: Final = Tense(
    past=(
        r"\b(?:fui|fue|fuimos|fueron|hice|hizo|tuve|tuvo|tuvimos|tuvieron|estuve|estuvo|estuvimos"
        r"|estuvieron|vine|vino|dije|dijo|puse|puso|pude|pudo|quise|quiso|supe|supo|vi|vio|di|dio"
        r"|traje|trajo|era|eran|éramos|iba|iban|íbamos|había|habían|he|ha|hemos|han|has"
        r"|(?!café|bebé|porqué|qué)\w{2,}(?<!ar|er|ir)é|\w{2,}(?:ó|aron|ieron|iste|aste|imos|aba"
        r"|aban|ábamos|íamos)|(?!tod|pol|fam|compañ|alegr|energ|fotogr|categor|garant)\w{2,}ían?)\b"
        r"(?<!\bdía)(?<!\btía)(?<!maría)"
    ),
    ahead=(
        r"\b(?:voy|vas|va|vamos|van|quiero|quiere|queremos|tengo que|tiene que|debo|debe|espero"
        r"|\w{2,}(?:aré|eré|iré|dré|ará|erá|irá|drá|arán|erán|irán|drán|remos))\b"
    ),
)

GERMAN: Final = Tense(
    past=(
        r"\b(?:war|waren|warst|hatte|hatten|wurde|wurden|gab|ging|gingen|kam|kamen|fuhr|fuhren"
        r"|sah|sahen|fand|blieb|bekam|nahm|sprach|traf|trafen|schrieb|schlief|aß|trank|lief|flog"
        r"|zog|zogen|musste|mussten|konnte|konnten|wollte|wollten|durfte|sollte|sagte|machte"
        r"|machten|wohnte|lebte|arbeitete|kaufte|geboren|gestorben|\w{3,}iert"
        r"|(?:ab|an|auf|aus|bei|ein|um|vor|weg|zu|zurück|mit|nach|los|her|hin|fern|statt|kennen)?"
        r"ge(?!gen|nau|stern|rn|hen|ben|sund|ld|nug|rade|burt|meinsam|schäft|spräch|schenk|fühl)"
        r"\w{2,}(?:t|en))\b"
        r"|\b(?:habe|hast|hat|haben|habt|bin|bist|ist|sind|seid)\b.*?"
        r"\b\w{0,4}(?:be|ver|ent|er|zer|miss)\w{3,}(?:t|en)\b(?=\W*$|\W*,| und\b)"
    ),
    ahead=(
        r"\b(?:werde|wirst|wird|werden|werdet|will|wollen|möchte|möchten|muss|müssen|soll|sollen)\b"
    ),
)

FRENCH: Final = Tense(
    past=(
        r"\b(?:ai|as|a|avons|avez|ont|suis|es|est|sommes|êtes|sont|avais|avait|était|étais)\b"
        r"(?: [\w’']+)?? \w*(?:é|ée|és|ées|i|ie|is|it|u|us|ue|ert)\b"
        r"|\b(?!mais|jamais|français|anglais|lait|fait|vais|sais|fais|désormais|palais|parfait)"
        r"\w{2,}(?:ais|ait|aient)\b"
        r"|\b(?:fut|furent|naquit|mourut|étions|étiez|avions|aviez|nous \w+ions|vous \w+iez)\b"
    ),
    ahead=(
        r"\b(?:vais|vas|va|allons|allez|vont|dois|doit|devons|veux|veut|voulons"
        r"|\w{3,}(?:rai|ras|ra|rons|rez|ront))\b"
    ),
)

CHINESE: Final = Tense(
    past="了|过|過|曾|刚刚|剛剛|是.{1,12}的$",
    ahead="要|会|會|将|將|打算|准备|準備|计划|計劃|想",
)
