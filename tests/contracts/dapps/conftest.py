"""The example gate in both languages, on the real ledger."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from ape.contracts import ContractContainer
from ethpm_types import ContractType
from reports import TONNE_UG, Signed

from dapps.solidity import ROOT, compile_solidity, package_sources

HIGH_UG = 31 * TONNE_UG  # of the footprint that the fixtures record
EXAMPLES = ROOT / "contracts" / "examples"


def as_container(name: str, abi: Any, bytecode: str) -> ContractContainer:
    """What ape deploys, from a compiler's output."""
    return ContractContainer(
        ContractType(abi=abi, deploymentBytecode={"bytecode": bytecode}, contractName=name)
    )


@pytest.fixture(scope="session")
def solidity_gate() -> ContractContainer:
    """`CoverageGate.sol`, compiled with the interfaces as npm installs them."""
    source = (EXAMPLES / "CoverageGate.sol").read_text()
    contracts, warnings = compile_solidity(package_sources() | {"CoverageGate.sol": source})
    assert not warnings
    gate = contracts["CoverageGate"]
    return as_container("CoverageGate", gate["abi"], "0x" + gate["bytecode"])


@pytest.fixture(scope="session")
def gates(project: Any, solidity_gate: ContractContainer) -> dict[str, ContractContainer]:
    """The example by language."""
    return {"vyper": project.CoverageGate, "solidity": solidity_gate}


@pytest.fixture(params=["vyper", "solidity"])
def gate(request: pytest.FixtureRequest, gates: dict[str, ContractContainer], owner: Any, ledger: Any) -> Any:
    """The example, deployed: each test runs once per language."""
    return owner.deploy(gates[request.param], ledger)


@pytest.fixture
def allocated(credits: Any, minted: Callable[..., Signed], ledger: Any) -> Callable[..., Signed]:
    """Mints a certificate and allocates all of it to a recorded footprint; gives the certificate."""

    def allocate(holder: Any, footprint: Signed, amount_ug: int = HIGH_UG) -> Signed:
        certificate = minted(holder, amount_ug=amount_ug)
        account = footprint.report["account"]
        credits.allocate(certificate.token_id, account, footprint.footprint_hash, amount_ug, sender=holder)
        return certificate

    return allocate
