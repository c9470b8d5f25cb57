"""Times as people write them, into the Unix seconds that the model knows."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from greenledger.footprint.fields import FieldError, shown

TIME_FIELDS = ("start", "end")
TIME_EXPECTED = "Unix seconds, or a UTC time such as 2026-01-31T00:00:00Z"

_SECONDS = re.compile(r"[0-9]+", re.ASCII)
# RFC 3339 with offset zero. Fractions only where they are nothing: a time is never rounded in silence.
_UTC = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt]([0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.0{1,9})?(?:[Zz]|\+00:00)", re.ASCII
)


class InvalidTime(ValueError):
    """Fields that are neither Unix seconds nor a UTC time."""

    def __init__(self, errors: tuple[FieldError, ...]) -> None:
        self.errors = errors
        super().__init__("; ".join(f"{e.field}: {e.problem}, expected {e.expected}" for e in errors))


def unix_seconds(text: str) -> int:
    """Of an RFC 3339 time in UTC. Raises ValueError, also for parts of a second and for leap seconds."""
    match = _UTC.fullmatch(text)
    if match is None:
        raise ValueError(text[:48])
    moment = datetime.strptime(f"{match[1]}T{match[2]}Z", "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    return int(moment.timestamp())


def with_seconds(workload: dict[str, object]) -> dict[str, object]:
    """The workload with its times in Unix seconds; what is no text is for the model. Raises InvalidTime."""
    changed: dict[str, object] = {}
    errors = []
    for name in TIME_FIELDS:
        value = workload.get(name)
        if not isinstance(value, str) or _SECONDS.fullmatch(value):
            continue
        try:
            changed[name] = unix_seconds(value)
        except ValueError:
            errors.append(FieldError(name, f"{shown(value)} is not a time", TIME_EXPECTED))
    if errors:
        raise InvalidTime(tuple(errors))
    return workload | changed
