"""Which block explorer the page links to."""

from __future__ import annotations

import pytest

from greenledger.api.explorers import explorer_of
from greenledger.api.settings import Settings


@pytest.mark.parametrize(("chain_id", "expected"), [(8453, "https://basescan.org"), (31337, None)])
def test_explorer_of__nothing_set__is_the_one_the_chain_is_known_by(
    chain_id: int, expected: str | None
) -> None:
    assert explorer_of(Settings(), chain_id) == expected


@pytest.mark.parametrize("chain_id", [8453, 31337])
def test_explorer_of__one_is_set__is_that_one_on_any_chain(chain_id: int) -> None:
    settings = Settings(explorer_url="https://explorer.example/base/")
    assert explorer_of(settings, chain_id) == "https://explorer.example/base"
