"""Dates as people say them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from memkit.dates import from_micros, to_micros
from memkit.periods import periods

_NOW = datetime(2024, 5, 15, 12, tzinfo=UTC)  # a Wednesday


def _days(text: str, now: datetime = _NOW) -> list[tuple[str, str]]:
    """First and last day of each period."""
    return [
        (from_micros(start).date().isoformat(), from_micros(end - 1).date().isoformat())
        for start, end in periods(text, now)
    ]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("on 7 May 2023", "2023-05-07", "2023-05-07"),
        ("What happened on May 7th, 2023?", "2023-05-07", "2023-05-07"),
        ("the 7th of May", "2024-05-07", "2024-05-07"),
        ("Dec. 24", "2023-12-24", "2023-12-24"),
        ("at 2023-02-28", "2023-02-28", "2023-02-28"),
        ("during 2023-02", "2023-02-01", "2023-02-28"),
        ("in August 2022", "2022-08-01", "2022-08-31"),
        ("in May", "2024-05-01", "2024-05-31"),
        ("since last June", "2023-06-01", "2024-05-15"),
        ("since 3 March", "2024-03-03", "2024-05-15"),
        ("after last week", "2024-05-06", "2024-05-15"),
        ("until April 9", "0001-01-01", "2024-04-09"),
        ("everything by 2023-04-05", "0001-01-01", "2023-04-05"),
        ("from March 3 to April 9", "2024-03-03", "2024-04-09"),
        ("between March 2023 and May 2023", "2023-03-01", "2023-05-31"),
        ("December", "2023-12-01", "2023-12-31"),
        ("in 2022", "2022-01-01", "2022-12-31"),
        ("last year", "2023-01-01", "2023-12-31"),
        ("this month", "2024-05-01", "2024-05-31"),
        ("next month", "2024-06-01", "2024-06-30"),
        ("last week", "2024-05-06", "2024-05-12"),
        ("last weekend", "2024-05-11", "2024-05-12"),
        ("last Friday", "2024-05-10", "2024-05-10"),
        ("on Wednesday", "2024-05-08", "2024-05-08"),
        ("next Wednesday", "2024-05-22", "2024-05-22"),
        ("three days ago", "2024-05-12", "2024-05-12"),
        ("two weeks ago", "2024-04-28", "2024-05-04"),
        ("a couple of months ago", "2024-02-29", "2024-03-30"),
        ("in the last 3 months", "2024-02-15", "2024-05-15"),
        ("over the past week", "2024-05-08", "2024-05-15"),
        ("yesterday", "2024-05-14", "2024-05-14"),
        ("last night", "2024-05-14", "2024-05-14"),
        ("the day before yesterday", "2024-05-13", "2024-05-13"),
        ("this morning", "2024-05-15", "2024-05-15"),
        ("tomorrow", "2024-05-16", "2024-05-16"),
    ],
)
def test_a_period_is_read(text: str, first: str, last: str) -> None:
    assert _days(text) == [(first, last)]


@pytest.mark.parametrize(
    "text",
    ["", "may I march on?", "31 February 2023", "3 days", "room 1234", "the second", "20235",
     "in 12 months", "月曜日"],
)  # fmt: skip
def test_what_is_no_date_is_left_alone(text: str) -> None:
    assert _days(text) == []


def test_several_periods_come_in_the_order_said() -> None:
    assert _days("Between last Friday and 2024-03-01, or in 2020?") == [
        ("2024-05-10", "2024-05-10"), ("2024-03-01", "2024-03-01"), ("2020-01-01", "2020-12-31"),
    ]  # fmt: skip


def test_the_end_of_a_month_stays_in_its_month() -> None:
    leap = datetime(2024, 3, 31, tzinfo=UTC)
    assert _days("last month", leap) == [("2024-02-01", "2024-02-29")]
    assert _days("past month", leap) == [("2024-02-29", "2024-03-31")]


def test_days_begin_at_midnight_where_now_is() -> None:
    east = datetime(2024, 5, 15, 1, tzinfo=timezone(timedelta(hours=9)))  # still the 14th in UTC
    assert periods("today", east) == [
        (to_micros(datetime(2024, 5, 14, 15, tzinfo=UTC)),
         to_micros(datetime(2024, 5, 15, 15, tzinfo=UTC)))
    ]  # fmt: skip


def test_dates_beyond_the_calendar_are_left_out() -> None:
    assert periods("999 years ago", datetime(500, 1, 1, tzinfo=UTC)) == []
    assert periods("tomorrow", datetime.combine(date.max, _NOW.time(), UTC)) == []
