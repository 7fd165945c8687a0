"""English words of time, and their values."""

from __future__ import annotations

from typing import Final

from memkit.periods.calendar import Feast, Unit
from memkit.periods.wordlists import alike, ranked, single

_ONES: Final = "one two three four five six seven eight nine"
_TENS: Final = "twenty thirty forty|fourty fifty sixty seventy eighty ninety"
_NTHS: Final = ("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
                "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth "
                "twentieth")  # fmt: skip
_COMPOUND: Final = {
    f"{ten}{dash}{one}": 10 * tens + ones
    for ten, tens in ranked(_TENS, 2).items()
    for one, ones in ranked(_ONES, 1).items()
    for dash in "- "
}
_COMPOUND_NTHS: Final = {
    f"{ten}{dash}{nth}": 10 * tens + nths
    for ten, tens in (("twenty", 2), ("thirty", 3))
    for nth, nths in ranked(" ".join(_NTHS.split()[:9]), 1).items()
    for dash in "- "
    if 10 * tens + nths <= 31
}
_NTHS_SAID: Final = ranked(_NTHS, 1) | _COMPOUND_NTHS
_COUPLE: Final = alike("a_couple_of couple_of a_couple couple", 2)
_COUNT: Final = {
    **ranked(_ONES + " ten eleven twelve|dozen|a_dozen thirteen fourteen fifteen sixteen seventeen "
             "eighteen nineteen", 1),
    **{word: 10 * tens for word, tens in ranked(_TENS, 2).items()},
    **_COMPOUND, **_COUPLE,
}  # fmt: skip
_FEW: Final = alike("a_few few several a_number_of many some")
_HALF: Final = alike("half_a half_an half", 1)
_UNITS: Final = (
    "minute|min|mins hour day weekend week fortnight month quarter year|yr decade".split()
)
_UNIT: Final = {
    form: value
    for value, names in enumerate(_UNITS)
    for name in names.split("|")
    for form in (name, name + "s")
}
_SPAN: Final = {name: _UNIT[name] for name in "weekend week month quarter year decade".split()}
_DAYS: Final = "monday tuesday wednesday thursday friday saturday sunday"
_WEEKDAYS: Final = {day + "s": n for day, n in ranked(_DAYS).items()}
_SHORT_DAYS: Final = "Mon Tue|Tues Wed Thu|Thur|Thurs Fri Sat Sun"
_MONTHS: Final = ("january february March april May june july august september october november "
                  "december")  # fmt: skip
_FULL: Final = {**ranked(_MONTHS, 1), "march": 3, "may": 5}
_SHORT_MONTHS: Final = "jan feb mar apr may|May jun jul aug sep|sept oct nov dec"
_ABBREVIATED: Final = {
    word + dot: value
    for word, value in ranked(_SHORT_MONTHS, 1).items()
    for dot in ("", ".")
    if word.lower() != "may"
}
_NAMED: Final = {month: _FULL[month] for month in "april june july august".split()}
_WEAK: Final = {"march": 3, "may": 5}
_MONTH: Final = {**ranked(_MONTHS, 1), **_ABBREVIATED}
_SEASON: Final = ranked("spring summer autumn|fall winter")
_SHIFT: Final = {
    **alike("last previous this_past", -1),
    **alike("this"),
    **alike("next coming this_coming the_coming upcoming", 1),
}
_QUARTER: Final = ranked("q1 q2 q3 q4", 1)
_GONE: Final = alike("past this_past")
_PART: Final = {**alike("early", 0), **alike("mid middle", 1), **alike("late", 2)}
_EDGE: Final = {**alike("beginning start", 0), **alike("middle", 1), **alike("end close", 2)}
_FEAST: Final = {
    **alike("christmas_eve x-mas_eve xmas_eve", Feast.CHRISTMAS_EVE),
    **alike("christmas_day", Feast.CHRISTMAS),
    **alike("boxing_day", Feast.BOXING_DAY),
    **alike("new_year's_eve new_years_eve nye", Feast.NEW_YEARS_EVE),
    **alike("new_year's_day new_years_day", Feast.NEW_YEAR),
    **alike("valentine's_day valentines_day valentine's", Feast.VALENTINE),
    **alike("st_patrick's_day st._patrick's_day saint_patrick's_day", Feast.PATRICK),
    **alike("good_friday", Feast.GOOD_FRIDAY),
    **alike("easter_sunday", Feast.EASTER),
    **alike("easter_monday", Feast.EASTER_MONDAY),
    **alike("mother's_day mothers_day", Feast.MOTHERS),
    **alike("father's_day fathers_day", Feast.FATHERS),
    **alike("memorial_day", Feast.MEMORIAL),
    **alike("labor_day labour_day", Feast.LABOR),
    **alike("juneteenth", Feast.JUNETEENTH),
    **alike("independence_day the_fourth_of_july the_4th_of_july", Feast.FOURTH_OF_JULY),
    **alike("black_friday", Feast.BLACK_FRIDAY),
    **alike("thanksgiving_day", Feast.THANKSGIVING),
}
_SEASONAL: Final = {
    **alike("christmas xmas x-mas", Feast.CHRISTMAS),
    **alike("easter", Feast.EASTER),
    **alike("thanksgiving", Feast.THANKSGIVING),
    **alike("halloween", Feast.HALLOWEEN),
    **alike("new_year's new_years", Feast.NEW_YEAR),
}
_DECADES: Final = {
    f"{word}ies": 1900 + 10 * tens
    for word, tens in (("thirt", 3), ("fort", 4), ("fift", 5), ("sixt", 6), ("sevent", 7),
                       ("eight", 8), ("ninet", 9))
}  # fmt: skip
_AGES: Final = {"twenties": 20, "20s": 20} | {word: v - 1900 for word, v in _DECADES.items()}
_NEAR: Final = {
    **alike("the_day_before_yesterday day_before_yesterday the_night_before_last", -2),
    **alike("yesterday last_night last_evening", -1),
    **alike("today tonight this_morning this_afternoon this_evening"),
    **alike("tomorrow", 1),
    **alike("the_day_after_tomorrow day_after_tomorrow", 2),
}
_DAYPART: Final = alike("morning afternoon evening night noon midnight midday lunchtime dawn")
_VAGUE: Final = alike(
    "recently lately someday sometime nowadays these_days those_days soon "
    "the_other_day the_other_night the_other_week the_other_month a_while_ago a_while_back "
    "a_little_while_ago a_long_time_ago long_ago ages_ago some_time_ago quite_a_while_ago "
    "back_in_the_day once_upon_a_time at_some_point in_my_childhood in_my_youth as_a_kid "
    "as_a_child as_a_teenager as_a_teen as_a_boy as_a_girl as_a_student growing_up in_my_teens"
)
_YOUTH: Final = alike(
    "kid child boy girl teenager teen student baby toddler little young younger small college "
    "high_school school university kindergarten"
)
_LIGHT: Final = alike(
    "i you he she it we they my your his her its our their me him us them this that these those "
    "and or but so because for with at in on of to from by until till is are was were am be been "
    "has have had will would can could should might must do does did don didn not as if when "
    "while then than there here who which what where how all both after before since about into "
    "out up off over just only also again really very too now already still never always no yes "
    "the a an s m re ve ll d going everyone people last next every ago"
)

WORDS: Final[dict[str, dict[str, int]]] = {
    "count": _COUNT, "article": alike("a an", 1), "few": _FEW, "half": _HALF, "unit": _UNIT,
    "plural": {word: 0 for word, unit in _UNIT.items() if word[-1] == "s" and unit >= Unit.DAY},
    "lasting": {word: unit for word, unit in _UNIT.items() if unit >= Unit.HOUR},
    "span": _SPAN,
    "rolling": {word: _UNIT[word] for word in "week month year decade".split()},
    "weekly": alike("week weeks", Unit.WEEK) | alike("weekend weekends", Unit.WEEKEND),
    "about": alike("about around almost nearly roughly approximately"),
    "from": alike("from hence"), "near": _NEAR,
    "weekday": ranked(_DAYS), "shortday": ranked(_SHORT_DAYS),
    "anyday": ranked(_DAYS) | ranked(_SHORT_DAYS),
    "weekdays": _WEEKDAYS,
    "month": _MONTH, "weak": _WEAK, "full": _FULL, "named": _NAMED,
    "bare": {month: _FULL[month] for month in
             "january february july september october november december".split()},
    "season": _SEASON, "shift": _SHIFT, "this": {"this": 0},
    "turned": alike("last", -1) | alike("next", 1),
    "turn": alike("last", -1) | alike("this") | alike("next", 1),
    "gone": _GONE, "part": _PART, "edge": _EDGE,
    "nth": _NTHS_SAID | {"last": -1}, "spelled": _NTHS_SAID, "quarter": _QUARTER,
    "feast": _FEAST, "seasonal": _SEASONAL, "decades": _DECADES, "ages": _AGES,
    "daypart": _DAYPART, "vague": _VAGUE, "youth": _YOUTH, "light": _LIGHT,
    "person": alike("i he she they we you"), "whose": alike("my your his her our their its"),
}  # fmt: skip
"""Slots, their words, and the value of each."""
ANCHORS: Final = single(
    (_UNIT, ranked(_DAYS), ranked(_SHORT_DAYS), _WEEKDAYS, _MONTH, _SEASON, _DECADES,
     _SEASONAL, _QUARTER),
    "yesterday today tonight tomorrow morning afternoon evening night nights eve nye ago back "
    "recently lately someday sometime soon nowadays when kid child teenager teen boy girl "
    "student growing twenties birthday age past future point valentine's valentines juneteenth "
    "weekend weekends days once",
) - {"a", "new"}  # fmt: skip
SHARED: Final = single((), "may march mar sat sun mon fall second april august september november "
                  "winter hour hours minute minutes min mins past point week weekend weekends "
                  "future august")  # fmt: skip
