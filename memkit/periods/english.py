"""English."""

from __future__ import annotations

from typing import Final

from memkit.periods import counted, named, relative, tenses
from memkit.periods.calendar import Unit
from memkit.periods.english_words import ANCHORS, SHARED, WORDS
from memkit.periods.grammar import Form, Table
from memkit.periods.moments import (
    if_asked,
    if_led,
    if_led_or_asked,
    if_not_led,
    if_still,
    if_told,
    nothing,
    roughly,
    unknown,
    valued,
)

_YEAR: Final = "(,? (of|in)? (<year:anyyear>|<year:shortyear>))"
_THEN: Final = "(of|in|,)? <steps:turn> year"
_WHILE: Final = "(in|over|during|for|within|throughout|across)"
_ABOUT: Final = "(<about>|just|exactly|only|maybe|like|another|over)*"
_SO_MANY: Final = "(<few>|<half>|(<count>|<count:article>) (and a? <half>)?)"
_EDGES: Final = "(at|by|in|on|towards?|near|around|until|from)? the? very? <part:edge> of"

told: Final = if_told
"""What questions are read without: figures of retrieval rest on what they are read with."""

_FORMS: Final[tuple[Form, ...]] = (
    ("on? <date>", named.given),
    ("(in|during)? <yearmonth>", named.given_month),
    ("(on|early|late|earlier|later)? <near>", relative.nearby),
    ("(<count>|<count:article>) <unit> from <near>", counted.hence_from_day),
    # parts of a named month, and what hangs on a day of one
    (f"{_WHILE}? the? <nth> <unit:weekly> (of|in) <month:full> {_YEAR}?",
     told(named.week_of_month)),
    (f"{_WHILE}? the? <nth> <unit:weekly> (of|in) (the|<shift>) month", told(named.week_of_month)),
    (f"on? the? <nth> <weekday> (of|in) <month:full> {_YEAR}?", told(named.weekday_of_month)),
    ("on? the? <nth> <weekday> (of|in) (the|<shift>) month", told(named.weekday_of_month)),
    (f"{_WHILE}? the? <unit:weekly> (of|beginning|starting) the? <day> of? <month> {_YEAR}?",
     told(named.week_with)),
    (f"{_WHILE}? the? <unit:weekly> (of|beginning|starting) <month> the? <day> {_YEAR}?",
     told(named.week_with)),
    (f"on? <month> <day> (-|to|through|until) <last:day> {_YEAR}?", named.days_of),
    (f"(on|the)* <day> (-|to|through|until) the? <last:day> of? <month> {_YEAR}?", named.days_of),
    (f"(on? <weekday:anyday> ,? (on|,)?)? on? the? <day> of? <month> {_YEAR}?", named.day_of),
    (f"(on? <weekday:anyday> ,? (on|,)?)? on? <month> the? <day> {_YEAR}?", named.day_of),
    (f"on? the <day:spelled> of <month:full> {_YEAR}?", named.day_of),
    (f"on? <month> the? <day:spelled> {_YEAR}? ~", named.day_of),
    (f"on? the? <day:th> of? <month:weak> {_YEAR}?", named.day_of),
    ("on? <day> <month:weak> ,? <year>", named.day_of),
    (f"on? <month:weak> the? <day:th> {_YEAR}?", named.day_of),
    ("on? <month:weak> <day> ,? <year>", named.day_of),
    ("on? <month:weak> <day> ~", named.day_of),
    (f"{_EDGES} <shift>? <month:full> {_YEAR}?", named.month),
    ("(back? in|during|around|throughout|of)? the? (<part> -?)? (<month>|<month:weak>) (,|of|in)? "
     "(<year>|<year:shortyear>)", named.month),
    ("(back? in|during|around|throughout)? <part> -? in? <month:full>", named.month),
    (f"(back? in|during|around|throughout|all)? <month:full> {_THEN}", named.month),
    ("<steps:turn> year in <month:full>", named.month),
    ("(back? in|during|around|throughout|all|over) <month:full>", named.month),
    ("(in|during|of|all)? <shift> <month>", named.month),
    ("(in|during|of|all)? <shift:turned> <month:weak>", named.month),
    ("the month of <month:full>", named.month),
    ("<month:bare>", named.month),
    ("of <month:full>", if_asked(named.month)),
    ("<month:named>", if_led_or_asked(named.month)),
    ("<month:full>", if_led(named.month)),
    # seasons, quarters, feasts
    (f"{_EDGES} (the|<shift>) <season>", told(named.season)),
    (f"{_WHILE}? the? (<part> -?)? <season> {_YEAR}", told(named.season)),
    (f"{_WHILE}? the? <season> {_THEN}", told(named.season)),
    (f"{_WHILE}? <shift> <season>", told(named.season)),
    ("the <season> before last", told(valued(named.season, shift=-2))),
    ("(in|during|over|throughout|across) the? (<part> -?)? <season>", told(named.season)),
    ("for the <season>", told(named.season)),
    ("the? <season>", told(if_led(named.season))),
    (f"(in|during|for|by)? the? <quarter> {_YEAR}?", told(named.quarter)),
    (f"(in|during|for)? the? <quarter:spelled> quarter ({_YEAR}|{_THEN}|of the year)?",
     told(named.quarter)),
    (f"(in|during|for)? the? <nth> half of (<year>|{_THEN}|the year)", told(named.half)),
    (f"(in|during|for)? the? <nth> half of <month:full> {_YEAR}?", told(named.half_month)),
    (f"(on|at|for|over|around|during)? <shift>? <feast> ({_YEAR}|{_THEN})?", told(named.feast)),
    (f"(on|at|for|over|around|during)? <feast:seasonal> ({_YEAR}|{_THEN})", told(named.feast)),
    ("(on|at|for|over|around|during)? <shift>? <feast:seasonal> ~", told(named.feast)),
    # counted from now
    (f"{_ABOUT} {_SO_MANY} <unit> (and a? <half>)? (ago|back)", counted.ago),
    ("a week ago (on|last)? <weekday>",
     valued(told(counted.hence_from), unit=Unit.WEEK, sign=-1, shift=-1)),
    ("<count> <weekday:weekdays> ago", counted.weekdays_ago),
    ("(many|so)* {plural} (ago|back|later|earlier|afterwards)", unknown),
    (f"{_ABOUT} {_SO_MANY} <unit> (and a? <half>)? <from> (now|today)", counted.hence),
    ("(<count>|<count:article>) <unit:weekly> (from|on) (this|next)? <weekday>",
     told(counted.hence_from)),
    (f"in {_ABOUT} {_SO_MANY} <unit:lasting> (and a? <half>)? (' s? time|time)?", counted.hence),
    ("the (last|first|next) {unit} of", nothing),
    ("{whose} (last|next|first|previous) ({unit}|{weekday}|{season}|{full})", nothing),
    (f"{_WHILE}? the? (last|past|previous) {_SO_MANY} <unit>", counted.past),
    (f"{_WHILE} the (last|past) <unit:span>", told(counted.past)),
    ("the last <unit:rolling>", told(counted.past)),
    (f"{_WHILE}? the? {{gone}} <unit:rolling>", counted.past),
    (f"{_WHILE}? the? {{gone}} weekend",
     valued(relative.shifted, shift=-1, unit=Unit.WEEKEND)),
    (f"{_WHILE}? the? (next|coming) {_SO_MANY} <unit>", told(counted.coming)),
    (f"{_WHILE} the (next|coming) <unit:span>", told(counted.coming)),
    ("the (next|following|previous|same) ({unit}|{daypart}|{weekday})", told(unknown)),
    ("(on|at|in|during)? that ({span}|{daypart}|day)", unknown),
    (f"{_WHILE}? the (last|past|next|coming|recent) (<few>|{{count}} or {{count}})? {{plural}}",
     if_told(unknown)),
    (f"{_WHILE} recent {{plural}}", unknown),
    (f"{_SO_MANY} <unit> (later|earlier|afterwards)", unknown),
    # last, this and next
    ("the <unit:span> before last", valued(relative.shifted, shift=-2)),
    ("the <unit:span> after next", valued(relative.shifted, shift=2)),
    ("on? the? <weekday> before last", valued(relative.weekday, shift=-2)),
    ("on? the? <weekday> after next", valued(relative.weekday, shift=2)),
    (f"{_EDGES} (the|<shift>) <unit:span>", told(valued(relative.shifted, shift=0))),
    ("(in|by)? <part> -? <shift> <unit:span>", relative.shifted),
    ("(in|by)? (earlier|later|sometime|anytime) <shift> <unit:span>", roughly(relative.shifted)),
    ("(on|over|at|during)? <shift:this> weekend", told(relative.this_weekend)),
    ("(on|over|at|during|for) the weekend", told(relative.this_weekend)),
    (f"{_WHILE}? <shift> <unit:span>", relative.shifted),
    # days of the week
    ("on? <weekday> (of|in|,)? <shift:turn> week", relative.weekday_of_week),
    ("<shift:turn> week (on|' s)? <weekday>", relative.weekday_of_week),
    ("(every|each) (other|single|{nth}|{count})? ({weekday}|{unit}|{season}|{full}|{daypart}"
     "|{seasonal})", unknown),
    ("on? {weekdays}", unknown),
    ("{weekday} (to|through|thru|-) {weekday}", if_not_led(unknown)),
    ("(on|at)? the? weekends", unknown),
    ("on? {anyday} the <day:th>", relative.day_alone),
    ("on? the <day:th> of the month", relative.day_alone),
    ("on? the <day:th> of <shift> month", relative.day_of_shifted),
    ("on the <day:th> ~", relative.day_alone),
    ("the <day:th> ~", if_led(relative.day_alone)),
    ("(on|early|late)* <shift> <weekday>", relative.weekday),
    ("(on|early|late)* <weekday>", relative.weekday),
    ("on <weekday:shortday>", relative.weekday),
    ("<shift> <weekday:shortday>", relative.weekday),
    # years
    ("(in|during|from)? <year> (-|to|until|through) <last:year>", named.years),
    (f"{_EDGES} <year>", named.year),
    ("(back? in|during|by)? <part> -? <year>", named.year),
    ("(back|way)? (in|during|throughout|around|of) (the year)? <year>", named.year),
    ("the year <year>", named.year),
    ("(in|of) <year:shortyear>", named.year),
    ("in <year:oldyear> ~", named.year),
    ("<year>", if_led_or_asked(named.year)),
    ("<year:shortyear>", if_led(named.year)),
    ("in my (<part> -?)? <count:ages>", told(valued(counted.aged, years=10))),
    ("in {whose} ({part} -?)? ({ages}|{decade}|{tens})", unknown),
    (f"{_WHILE}? the (<part> -?)? (<decade>|<decade:tens>|<decade:decades>)", told(named.decade)),
    ("{whose} ({part} -?)? ({ages}|{decade}|{tens})", nothing),
    ("<part> -? <decade:tens>", told(named.decade)),
    (f"{_WHILE}? (<part> -?)? <decade>", told(named.decade)),
    # how long, how old, who knows when
    (f"for {_ABOUT} {_SO_MANY} <unit:lasting> (and a? <half>)? now", told(counted.lasting)),
    (f"for {_ABOUT} {_SO_MANY} <unit:lasting> (and a? <half>)?", told(if_still(counted.lasting))),
    ("for (many|so)* ({plural}|ages|a while)", unknown),
    ("when {person} (was|were) (a|an|still|very|in|just|only|at)* {youth}", unknown),
    (f"when i (was|turned) {_ABOUT} <count> (years old)?", counted.aged),
    ("when {person} (was|were|turned) {count} (years old)?", unknown),
    ("at (the)? age (of)? {count}", unknown),
    ("on my <nth> birthday", counted.birthday),
    ("{vague}", unknown),
    ("(one|some) day", unknown),
    ("in the (near|distant|recent)? (past|future)", unknown),
)  # fmt: skip

ENGLISH: Final = Table(
    name="english",
    words=WORDS,
    forms=_FORMS,
    leads={
        "earlier": "(the|{count}|{article}|{few}) ({unit}|{daypart}) before",
        "later": "(the|{count}|{article}|{few}) ({unit}|{daypart}) after",
        "since": "ever? since",
        "starting": "as of|starting (on|in|from)?",
        "until": "until|till|up until|by",
        "before": "before|prior to",
        "after": "after",
        "between": "between",
        "from": "from",
    },
    links={"to": "to|until|till|through|thru|up to", "dash": "-", "and": "and"},
    tails={"since": "onwards|onward|forward"},
    hours=(
        "((at|around|about)? ({clock}|noon|midnight|midday|{hour} o ' clock) "
        "(in the {daypart}|at night)? ,?|(on|in|during)? the {daypart} of)",
        "(,? (at|around|about|from|before|after)? ({clock}|noon|midnight|midday|lunchtime"
        "|{hour} o ' clock) ((to|until|-) {clock})?|,? at {hour} ~|,? (early|late)? (in the)? "
        "{daypart}|at night)",
    ),
    anchors=ANCHORS,
    shared=SHARED,
    common=frozenset(WORDS["light"]),
    tense=tenses.ENGLISH,
    day_first=False,
)
"""Weeks begin on Monday; 5/6/2023 is the sixth of May."""
