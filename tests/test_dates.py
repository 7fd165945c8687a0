"""Moments: what a caller may give, and what is kept."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memkit.dates import from_micros, moment, offset_seconds, to_micros, utc_now, zone
from memkit.errors import InvalidInput

_LISBON = ZoneInfo("Europe/Lisbon")
_INDIA = timezone(timedelta(hours=5, minutes=30))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024-05-01", "2024-05-01T00:00:00+00:00"),
        (" 2024-05-01T18:30 ", "2024-05-01T18:30:00+00:00"),
        ("2024-05-01T18:30:00Z", "2024-05-01T18:30:00+00:00"),
        ("2024-05-01T18:30:00.123456+05:30", "2024-05-01T18:30:00.123456+05:30"),
        ("20240501T183000", "2024-05-01T18:30:00+00:00"),
        (0, "1970-01-01T00:00:00+00:00"),
        (-1.5, "1969-12-31T23:59:58.500000+00:00"),
        (1714588200, "2024-05-01T18:30:00+00:00"),
        (datetime(2024, 5, 1), "2024-05-01T00:00:00+00:00"),
        (datetime(2024, 5, 1, tzinfo=_INDIA), "2024-05-01T00:00:00+05:30"),
    ],
)
def test_a_moment_is_a_datetime_a_text_or_epoch_seconds(
    value: datetime | str | float, expected: str
) -> None:
    assert moment(value).isoformat() == expected


def test_a_naive_moment_is_in_the_zone_given() -> None:
    assert moment("2024-07-01T12:00", _LISBON).utcoffset() == timedelta(hours=1)
    assert moment("2024-01-01T12:00", _LISBON).utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    "bad",
    ["", "yesterday", "2024-13-01", "01/05/2024", float("nan"), float("inf"), 10**12, -(10**12)],
)
def test_what_is_no_moment_is_refused_by_value(bad: str | float) -> None:
    with pytest.raises(InvalidInput, match="timestamp="):
        moment(bad)


def test_milliseconds_are_told_from_seconds() -> None:
    with pytest.raises(InvalidInput, match="divide milliseconds by 1000"):
        moment(1714588200000)


@pytest.mark.parametrize("bad", [None, True, b"2024", date(2024, 5, 1), [2024]])
def test_another_type_is_a_type_error_that_names_the_argument(bad: object) -> None:
    with pytest.raises(TypeError, match="now must be a datetime"):
        moment(bad, name="now")  # type: ignore[arg-type]


@pytest.mark.parametrize("edge", ["0001-01-01T00:00:00+05:00", "9999-12-31T23:59:59-05:00"])
def test_a_moment_that_leaves_the_calendar_in_utc_is_refused(edge: str) -> None:
    with pytest.raises(InvalidInput, match="leaves the years 1 to 9999"):
        moment(edge)


@pytest.mark.parametrize("edge", ["0001-01-01", "9999-12-31T23:59:59.999999"])
def test_the_whole_calendar_can_be_kept(edge: str) -> None:
    given_moment = moment(edge)
    assert from_micros(to_micros(given_moment)) == given_moment


def test_a_day_without_seconds_in_the_epoch_stays_exact() -> None:
    assert to_micros(moment("1969-12-31T23:59:59.999999")) == -1


@given(
    st.datetimes(
        min_value=datetime(2, 1, 1), max_value=datetime(9998, 1, 1),
        timezones=st.sampled_from([UTC, _INDIA, timezone(timedelta(seconds=-12345))]),
    )
)  # fmt: skip
def test_what_is_kept_gives_the_moment_back_with_its_offset(when: datetime) -> None:
    back = from_micros(to_micros(when), offset_seconds(when))
    assert back == when
    assert back.utcoffset() == when.utcoffset()


@pytest.mark.parametrize("name", ["UTC", "utc", "Europe/Lisbon", "Asia/Kolkata"])
def test_a_zone_is_known_by_its_name(name: str) -> None:
    assert datetime(2024, 1, 1, tzinfo=zone(name)).utcoffset() is not None


def test_a_zone_object_is_taken_as_it_is() -> None:
    assert zone(_INDIA) is _INDIA


@pytest.mark.parametrize("name", ["Lisbon", "", "../etc/passwd", "Europe/Nowhere", "\x00"])
def test_an_unknown_zone_is_refused_with_an_example(name: str) -> None:
    with pytest.raises(InvalidInput, match="Europe/Lisbon"):
        zone(name)


def test_the_clock_is_aware() -> None:
    assert utc_now().utcoffset() == timedelta(0)
