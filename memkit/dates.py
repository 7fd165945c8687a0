"""Moments: what a caller may give, and the UTC microseconds the file keeps."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from memkit.errors import InvalidInput
from memkit.types import When

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_LATEST_SECOND = 253402300799  # 9999-12-31T23:59:59Z


def utc_now() -> datetime:
    """The system clock, aware, in UTC."""
    return datetime.now(UTC)


def zone(name: str | tzinfo) -> tzinfo:
    """The time zone of that IANA name; raises `InvalidInput` when there is none."""
    if isinstance(name, tzinfo):
        return name
    if name.upper() == "UTC":
        return UTC
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise InvalidInput(
            f"timezone={name!r} is not a known IANA name; use one such as 'Europe/Lisbon' or 'UTC'."
        ) from error


def moment(value: When, default: tzinfo = UTC, name: str = "timestamp") -> datetime:
    """`value` as an aware datetime; a naive one is taken to be in `default`.

    Raises `InvalidInput` for text that is not ISO 8601, for numbers that are not epoch seconds
    of the years 1 to 9999, and `TypeError` for other types.
    """
    if isinstance(value, bool) or not isinstance(value, (datetime, str, int, float)):
        raise TypeError(
            f"{name} must be a datetime, an ISO 8601 string or epoch seconds; "
            f"found {type(value).__name__}."
        )
    if isinstance(value, datetime):
        given = value
    elif isinstance(value, str):
        given = _from_text(value, name)
    else:
        given = _from_epoch(value, name)
    if given.tzinfo is None:
        given = given.replace(tzinfo=default)
    _require_utc(given, name)
    return given


def _from_text(value: str, name: str) -> datetime:
    try:
        return datetime.fromisoformat(value.strip())
    except ValueError as error:
        raise InvalidInput(
            f"{name}={value!r} is not an ISO 8601 date or time, "
            "such as '2024-05-01' or '2024-05-01T18:30:00+02:00'."
        ) from error


def _from_epoch(value: float, name: str) -> datetime:
    if isinstance(value, float) and not math.isfinite(value):
        raise InvalidInput(f"{name}={value!r} is not a moment; give finite epoch seconds.")
    if abs(value) > _LATEST_SECOND:
        raise InvalidInput(
            f"{name}={_brief(value)} lies beyond the year 9999; epoch *seconds* are expected, "
            "so divide milliseconds by 1000."
        )
    try:
        return _EPOCH + timedelta(seconds=value)
    except OverflowError as error:
        raise InvalidInput(f"{name}={value!r} lies before the year 1.") from error


def _brief(value: float) -> str:
    if isinstance(value, int) and value.bit_length() > 128:  # may be too long to be printed
        return f"<a number of {value.bit_length()} bits>"
    return repr(value)


def _require_utc(given: datetime, name: str) -> None:
    try:
        given.astimezone(UTC)
    except (OverflowError, ValueError) as error:
        raise InvalidInput(
            f"{name}={given.isoformat()} leaves the years 1 to 9999 when taken to UTC."
        ) from error


def to_micros(given: datetime) -> int:
    """UTC microseconds since 1970 of an aware datetime."""
    return (given - _EPOCH) // _MICROSECOND


def offset_seconds(given: datetime) -> int:
    """Seconds east of UTC that an aware datetime was written with."""
    offset = given.utcoffset()
    return int(offset.total_seconds()) if offset is not None else 0


def from_micros(micros: int, offset: int = 0) -> datetime:
    """The aware datetime of `to_micros` and `offset_seconds`."""
    at = _EPOCH + timedelta(microseconds=micros)
    return at.astimezone(timezone(timedelta(seconds=offset))) if offset else at
