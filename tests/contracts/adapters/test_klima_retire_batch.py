"""`KlimaAdapter.retire_batch`: credits retired from a batch, with what they are retired for."""

from __future__ import annotations

from typing import Any

import ape
import pytest
from reports import TONNE_UG

from .conftest import BENEFICIARY, HELD, NOWHERE, UNITS_PER_UG, mock
from .test_klima_retire_token import custom_error

TOUCAN = 1
YEAR_2025 = (1_735_689_600, 1_767_225_599)
BERLIN = ("Berlin, Germany", "DE", *YEAR_2025)


@pytest.fixture
def bridged(klima: Any, aggregator: Any, owner: Any, listed: Any, held: Any) -> Any:
    """A token of the bridge that asks what credits are retired for."""
    token = owner.deploy(mock("tco2"))
    aggregator.register(token, TOUCAN, sender=owner)
    return held(klima, listed(klima, token))


def test_retire_batch__all_that_is_asked__is_retired_and_certified(
    klima: Any, bridged: Any, aggregator: Any, credits: Any, alice: Any
) -> None:
    receipt = klima.retire_batch(bridged, 42, TONNE_UG, BENEFICIARY, BERLIN, sender=alice)
    (event,) = receipt.decode_logs(aggregator.AggregatorRetired)
    assert (event.batchId, event.retiredAmount) == (42, TONNE_UG * UNITS_PER_UG)
    (retired,) = receipt.decode_logs(klima.TokenRetired)
    found = credits.certificate(retired.certificate)
    assert found.serials == f"Klima retirement of {bridged.address.lower()}, reference 1"
    assert bridged.totalSupply() == HELD - TONNE_UG * UNITS_PER_UG


def test_retire_batch__batch_that_a_bridge_passes_over__is_not_in_the_certificate(
    klima: Any, bridged: Any, credits: Any, alice: Any
) -> None:
    receipt = klima.retire_batch(bridged, 424_242, 1, BENEFICIARY, BERLIN, sender=alice)
    (retired,) = receipt.decode_logs(klima.TokenRetired)
    assert "424242" not in credits.certificate(retired.certificate).serials


@pytest.mark.parametrize(
    ("consumption", "error"),
    [
        (NOWHERE, "InvalidBeneficiaryLocation()"),
        (("Berlin, Germany", "", *YEAR_2025), "InvalidCountryCode()"),
        (("Berlin, Germany", "DE", 0, YEAR_2025[1]), "InvalidPeriodStart()"),
        (("Berlin, Germany", "DE", YEAR_2025[0], 0), "InvalidPeriodEnd()"),
    ],
)
def test_retire_batch__something_missing__reverts_with_the_reason_of_the_protocol(
    klima: Any, bridged: Any, alice: Any, consumption: Any, error: str
) -> None:
    with ape.reverts(custom_error(error)):
        klima.retire_batch(bridged, 42, TONNE_UG, BENEFICIARY, consumption, sender=alice)
    assert bridged.balanceOf(alice) == HELD


def test_retire_batch__token_that_is_not_listed__reverts(
    klima: Any, owner: Any, alice: Any, held: Any
) -> None:
    other = held(klima, owner.deploy(mock("tco2")))
    with ape.reverts("adapter: token is not listed"):
        klima.retire_batch(other, 42, TONNE_UG, BENEFICIARY, BERLIN, sender=alice)
