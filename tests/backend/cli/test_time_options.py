"""Times as options of the commands take them."""

from __future__ import annotations

import pytest
import typer

from greenledger.cli.work_options import time_of


@pytest.mark.parametrize(
    "text", ["1769817600", "2026-01-31T00:00:00Z", "2026-01-31", "2026-01-31t00:00:00+00:00"]
)
def test_time__as_seconds_moment_or_day__is_the_same_second(text: str) -> None:
    assert time_of(text, "--from") == 1_769_817_600


@pytest.mark.parametrize("text", ["2026-02-30", "31.01.2026", "2026-1-31", "yesterday", "2026-01-31 ", ""])
def test_time__of_no_day__is_refused_with_what_would_be_right(text: str) -> None:
    with pytest.raises(typer.BadParameter, match="a day such as 2026-01-31"):
        time_of(text, "--from")
