"""What holds of every time found in a text, and what callers decide."""

from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memkit.dates import from_micros
from memkit.periods import Phrase, periods, phrases
from memkit.periods.chinese import CHINESE
from memkit.periods.english import ENGLISH
from memkit.periods.french import FRENCH
from memkit.periods.german import GERMAN
from memkit.periods.spanish import SPANISH

_NOW = datetime(2024, 5, 15, 12, tzinfo=UTC)  # a Wednesday
_TABLES = (ENGLISH, SPANISH, GERMAN, FRENCH, CHINESE)
_VOCABULARY = sorted({word for table in _TABLES for slot in table.words.values() for word in slot})
_LEADS = sorted({word for table in _TABLES for form in (*table.leads.values(),
                 *table.links.values()) for word in form.strip("()?").split("|")})  # fmt: skip
_NUMBERS = ["5", "31", "2019", "5th", "'98", "90s", "2023-05-05", "5.6.", "29.2.2023", "9:30", "0"]
_SAID = st.lists(
    st.sampled_from([*_VOCABULARY, *_LEADS, *_NUMBERS, ",", ".", "-", "'", "Ana", "xyz"]),
    max_size=9,
)
_PLAIN = (
    "the of and a to was is you that he she it for are with as his they be at one have this had by "
    "hot word but what some we can out other were all there up use your how said an each she "
    "which do their if will way about many then them write would like so these her make thing "
    "see him two has look more could go come did number sound no most people my over know water "
    "than call first who down side been find any new work part take get place made where "
    "after round man came show every good me give our under name very through just form sentence "
    "great think say help low line differ turn cause much mean before move right boy old too same "
    "tell does set three want air well also play small end put home read hand port large spell "
    "add even land here must big high such follow act why ask men change went light kind off need "
    "house picture try us again animal point mother world near build self earth father"
).split()


def _moments() -> st.SearchStrategy[datetime]:
    return st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31), timezones=st.just(UTC))


def _check(text: str, found: list[Phrase]) -> None:
    after = 0
    for each in found:
        assert after <= each.start < each.end <= len(text)
        assert text[each.start : each.end] == each.text == each.text.strip()
        assert each.since is None or each.until is None or each.since < each.until
        after = each.end


@given(st.text(), _moments())
def test_any_text_is_read_without_error(text: str, now: datetime) -> None:
    _check(text, phrases(text, now))
    assert all(start < end for start, end in periods(text, now))


@given(_SAID, _moments(), st.sampled_from([None, True, False]), st.booleans())
def test_any_words_of_time_are_read_without_error(
    words: list[str], now: datetime, future: bool | None, titled: bool
) -> None:
    text = " ".join(words)
    text = text.title() if titled else text
    _check(text, phrases(text, now, future=future, born=date(1985, 2, 28)))
    assert all(start < end for start, end in periods(text, now))


@given(_SAID)
def test_words_of_time_without_spaces_are_read_without_error(words: list[str]) -> None:
    text = "".join(words)
    _check(text, phrases(text, _NOW))


@given(st.lists(st.sampled_from(_PLAIN), max_size=15))
def test_plain_words_name_no_time(words: list[str]) -> None:
    text = " ".join(words)
    assert [each for each in phrases(text, _NOW) if each.since or each.until] == []


@pytest.mark.parametrize(
    "text",
    ["yesterday", "the day after tomorrow", "three days ago", "in ten days", "two weeks ago",
     "last week", "the weekend before last", "last Friday", "next Tuesday", "since Monday",
     "hace tres días", "la semana pasada", "vorgestern", "letzten Freitag", "in zwei Wochen",
     "avant-hier", "la semaine prochaine", "上周五", "三天前", "后天"],
)  # fmt: skip
@given(weeks=st.integers(-1000, 1000))
def test_what_is_counted_in_days_and_weeks_moves_with_now(text: str, weeks: int) -> None:
    by = timedelta(weeks=weeks)
    [here], [there] = phrases(text, _NOW), phrases(text, _NOW + by)
    assert here.since is not None
    assert there.since == here.since + by
    assert there.until == (None if here.until is None else here.until + by)


@given(_moments())
def test_a_whole_date_does_not_move(now: datetime) -> None:
    for text in ("5 May 2023", "el 5 de mayo de 2023", "am 5. Mai 2023", "le 5 mai 2023",
                 "2023年5月5日", "2023-05-05", "5.5.2023"):  # fmt: skip
        [found] = phrases(text, now)
        assert (found.since, found.until) == (date(2023, 5, 5), date(2023, 5, 6))


@given(st.dates(date(2, 1, 1), date(9998, 12, 31)))
def test_the_tense_decides_between_last_and_next(day: date) -> None:
    now = datetime.combine(day, _NOW.time(), UTC)
    for text in ("on Friday", "on 12 June", "in August", "el viernes", "am Freitag", "en juin"):
        [back], [ahead] = phrases(text, now, future=False), phrases(text, now, future=True)
        assert back.since is not None
        assert ahead.until is not None
        assert back.since <= day < ahead.until


def test_without_a_telling_verb_the_next_weekday_and_the_nearer_date_are_meant() -> None:
    for text, since in (
        ("Dentist on Friday", date(2024, 5, 17)),
        ("Production meeting on May 10", date(2024, 5, 10)),
        ("Production meeting on May 20", date(2024, 5, 20)),
        ("Feedback session, March 3", date(2024, 3, 3)),
        ("Invoice for the 12th of December", date(2023, 12, 12)),
        ("Trip to Rome in September", date(2024, 9, 1)),
    ):
        assert [each.since for each in phrases(text, _NOW)] == [since]


def test_the_nearest_verb_of_the_clause_tells_the_tense() -> None:
    [found] = phrases("I was ill, but on Friday I will sing again", _NOW)
    assert found.since == date(2024, 5, 17)
    first, second = phrases("We won't come on Friday. We had fun on Monday.", _NOW)
    assert (first.since, second.since) == (date(2024, 5, 17), date(2024, 5, 13))
    [found] = phrases("Attended a retreat at St. Mary's Church on May 20", _NOW)
    assert found.since == date(2023, 5, 20)
    [found] = phrases("She will be promoted in June", _NOW)
    assert found.since == date(2024, 6, 1)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("I broke my arm when I was ten.", "1995-02-28", "1996-02-28"),
        ("In my twenties I smoked.", "2005-02-28", "2015-02-28"),
        ("On my 30th birthday we danced.", "2015-02-28", "2015-03-01"),
        ("Als ich zehn war, zogen wir um.", "1995-02-28", "1996-02-28"),
        ("Quand j'avais dix ans, on a déménagé.", "1995-02-28", "1996-02-28"),
        ("Cuando yo tenía diez años nos mudamos.", "1995-02-28", "1996-02-28"),
        ("我十岁的时候搬了家。", "1995-02-28", "1996-02-28"),
    ],
)
def test_an_age_is_resolved_where_the_birth_is_known(text: str, since: str, until: str) -> None:
    [found] = phrases(text, _NOW, born=date(1985, 2, 28))
    assert (found.since, found.until) == (date.fromisoformat(since), date.fromisoformat(until))
    [found] = phrases(text, _NOW)
    assert (found.since, found.until) == (None, None)


def test_the_age_of_another_is_not_taken_for_the_speakers() -> None:
    [found] = phrases("They adopted her when she was four.", _NOW, born=date(1985, 2, 28))
    assert (found.since, found.until) == (None, None)


def test_spans_count_the_characters_of_the_text_as_given() -> None:
    text = "İİ Straße: I called Zoë yesterday, and LAST  WEEK too 🎉 on Friday"
    found = phrases(text, _NOW, future=False)
    assert [each.text for each in found] == ["yesterday", "LAST  WEEK", "on Friday"]
    _check(text, found)


def test_accents_may_be_composed_or_not() -> None:
    for form in ("NFC", "NFD"):
        text = unicodedata.normalize(form, "Pasado mañana llega mi mamá.")
        assert [each.since for each in phrases(text, _NOW)] == [date(2024, 5, 17)]


def test_curly_and_straight_apostrophes_are_alike() -> None:
    for text in ("on New Year's Eve", "on New Year’s Eve"):
        [found] = phrases(f"We sang {text}.", _NOW)
        assert (found.text, found.since) == (text, date(2023, 12, 31))


def test_traditional_characters_are_read_like_simplified_ones() -> None:
    assert [each.since for each in phrases("兩個星期後我去台北", _NOW)] == [date(2024, 5, 26)]
    assert [each.since for each in phrases("我們上週五見過面", _NOW)] == [date(2024, 5, 10)]


def test_each_phrase_is_read_in_its_own_language() -> None:
    text = "Ich sagte: see you tomorrow! Et demain soir, on verra. Hasta el viernes."
    found = phrases(text, _NOW)
    assert [each.text for each in found] == ["tomorrow", "demain soir", "Hasta el viernes"]
    assert [each.text for each in phrases("Hier ist es schön.", _NOW)] == []
    assert [each.text for each in phrases("Hier il a plu.", _NOW)] == ["Hier"]


def test_a_date_in_digits_is_read_as_its_language_writes_it() -> None:
    for text, since in (
        ("We met on 5/6/2023.", date(2023, 5, 6)),
        ("Nos vimos el 5/6/2023.", date(2023, 6, 5)),
        ("Nous nous sommes vus le 5/6/2023.", date(2023, 6, 5)),
        ("Wir trafen uns am 5.6.23.", date(2023, 6, 5)),
        ("We met on 25/6/2023.", date(2023, 6, 25)),
    ):
        assert [each.since for each in phrases(text, _NOW)] == [since]


def test_a_weekday_tells_the_year() -> None:
    [found] = phrases("I read it on Tuesday, March 21st", _NOW)
    assert found.since == date(2023, 3, 21)


def test_days_begin_at_midnight_where_the_speaker_is() -> None:
    east = datetime(2024, 5, 15, 1, tzinfo=timezone(timedelta(hours=9)))
    assert [each.since for each in phrases("yesterday", east)] == [date(2024, 5, 14)]
    assert [each.since for each in phrases("two hours ago", east)] == [date(2024, 5, 14)]


def test_days_that_no_calendar_has_are_no_times() -> None:
    for text in ("31 February 2023", "on 30.2.2023", "2023-13-45", "le 31 juin"):
        assert phrases(text, _NOW) == []
    assert phrases("on 29 February", _NOW, future=False)[0].since == date(2024, 2, 29)
    assert phrases("on 29 February", _NOW, future=True)[0].since == date(2028, 2, 29)


def _days(text: str) -> list[tuple[str, str]]:
    """First and last day of each period."""
    return [
        (from_micros(start).date().isoformat(), from_micros(end - 1).date().isoformat())
        for start, end in periods(text, _NOW)
    ]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("What happened from January to March 2023?", "2023-01-01", "2023-03-31"),
        ("from November to February", "2023-11-01", "2024-02-29"),
        ("¿Qué hice la semana pasada?", "2024-05-06", "2024-05-12"),
        ("¿Dónde estuve en junio de 2022?", "2022-06-01", "2022-06-30"),
        ("Was habe ich vor zwei Wochen gesagt?", "2024-04-28", "2024-05-04"),
        ("Wo war ich am 5. Mai 2023?", "2023-05-05", "2023-05-05"),
        ("Qu'ai-je fait hier soir ?", "2024-05-14", "2024-05-14"),
        ("Où étais-je en août 2022 ?", "2022-08-01", "2022-08-31"),
        ("我上周五做了什么？", "2024-05-10", "2024-05-10"),
        ("2019年以来我住在哪里？", "2019-01-01", "2024-05-15"),
    ],
)
def test_questions_name_periods_in_every_language(text: str, first: str, last: str) -> None:
    assert _days(text) == [(first, last)]


@pytest.mark.parametrize(
    "text",
    ["What did I say recently?", "¿Qué dije el otro día?", "Was war neulich?", "最近怎么样？",
     "What do I do every Friday?", "How was it when I was ten?"],
)  # fmt: skip
def test_questions_about_times_that_nobody_can_tell_name_no_period(text: str) -> None:
    assert _days(text) == []
