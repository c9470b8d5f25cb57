"""What the contract tests share: one deployment per session, a council of three that needs two, reports.

Every test runs on a snapshot of the chain, so what it does is undone after it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from ape.contracts import ContractContainer
from eth._utils.headers import eth_now
from eth_account.signers.local import LocalAccount
from ethpm_types import ContractType
from reports import METHODOLOGY, REGISTRY, TONNE_UG, Corrections, Footprints, Retirements, Signed
from signing import Domain, make_keys
from vyper import compile_code
from vyper.compiler.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
SEAL = ROOT / ".build" / "sources.sha256"
MOCKS = Path(__file__).parent / "mocks"
THRESHOLD = 2
POLICY = b"\x22" * 32
# Connect ape to chains of their own, after which its own chain has forgotten what was deployed.
ON_OTHER_CHAINS = ("test_deploy", "test_verify")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts the tests last after which no other can run."""
    items.sort(key=lambda item: item.path.name.startswith(ON_OTHER_CHAINS))


@cache
def compile_mock(name: str) -> ContractContainer:
    """A contract that only tests need, from `mocks/`."""
    source = (MOCKS / f"{name}.vy").read_text()
    output = compile_code(source, output_formats=("abi", "bytecode"), settings=Settings(evm_version="cancun"))
    return ContractContainer(
        ContractType(
            abi=output["abi"], deploymentBytecode={"bytecode": output["bytecode"]}, contractName=name
        )
    )


def as_members(keys: list[LocalAccount]) -> list[tuple[str, bool, str, str]]:
    """Council members for these keys."""
    return [(key.address, False, f"Node {at}", f"https://node-{at}.example") for at, key in enumerate(keys)]


@pytest.fixture(scope="session", autouse=True)
def _still_clock() -> Iterator[None]:
    """A chain that takes its time from the last block, not from the clock of a machine that may be slow."""
    started = eth_now()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("eth._utils.headers.eth_now", lambda: started)
        yield


@pytest.fixture(scope="session")
def project(project: Any) -> Any:
    """The project, compiled anew if a source changed: ape's cache does not see it in `contracts/modules/`."""
    digest = sources_digest()
    is_current = SEAL.exists() and SEAL.read_text() == digest
    project.load_contracts(use_cache=is_current)
    SEAL.write_text(digest)
    return project


def sources_digest() -> str:
    """A hash over every contract source."""
    digest = sha256()
    for path in sorted((ROOT / "contracts").rglob("*.vy*")):
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


@pytest.fixture(scope="session")
def owner(accounts: Any) -> Any:
    return accounts[0]


@pytest.fixture(scope="session")
def guardian(accounts: Any) -> Any:
    return accounts[1]


@pytest.fixture(scope="session")
def alice(accounts: Any) -> Any:
    return accounts[2]


@pytest.fixture(scope="session")
def bob(accounts: Any) -> Any:
    return accounts[3]


@pytest.fixture(scope="session")
def keys() -> list[LocalAccount]:
    return make_keys(3)


@pytest.fixture(scope="session")
def members(keys: list[LocalAccount]) -> list[tuple[str, bool, str, str]]:
    return as_members(keys)


@pytest.fixture(scope="session")
def council(project: Any, owner: Any, guardian: Any, members: Any) -> Any:
    return owner.deploy(project.OracleCouncil, owner, guardian, members, THRESHOLD)


@pytest.fixture(scope="session")
def unconnected_ledger(project: Any, owner: Any, council: Any) -> Any:
    """A ledger whose owner has set nothing yet."""
    return owner.deploy(project.FootprintLedger, owner, council)


@pytest.fixture(scope="session")
def art(project: Any, owner: Any) -> Any:
    return owner.deploy(project.CertificateArt)


@pytest.fixture(scope="session")
def ledger(project: Any, owner: Any, council: Any) -> Any:
    deployed = owner.deploy(project.FootprintLedger, owner, council)
    deployed.approve_methodology(METHODOLOGY, "https://example.org/method", sender=owner)
    return deployed


@pytest.fixture(scope="session")
def credits(project: Any, owner: Any, council: Any, ledger: Any, art: Any) -> Any:
    deployed = owner.deploy(project.RetiredCredits, owner, council, ledger, art)
    ledger.set_credits(deployed, sender=owner)
    deployed.set_registry(REGISTRY, True, TONNE_UG, POLICY, sender=owner)
    return deployed


@pytest.fixture(scope="session")
def corrections(project: Any, owner: Any, credits: Any) -> Any:
    deployed = owner.deploy(project.CertificateCorrections, credits)
    credits.set_corrections(deployed, sender=owner)
    return deployed


@pytest.fixture
def now(chain: Any) -> int:
    """Time of the latest block, Unix seconds."""
    return int(chain.blocks.head.timestamp)


@pytest.fixture(scope="session")
def footprints(ledger: Any, chain: Any, keys: list[LocalAccount]) -> Footprints:
    return Footprints(
        Domain("GPTX Green AI Ledger: Footprints", chain.chain_id, ledger.address), keys[:THRESHOLD]
    )


@pytest.fixture(scope="session")
def retirements(credits: Any, chain: Any, keys: list[LocalAccount]) -> Retirements:
    return Retirements(
        Domain("GPTX Green AI Ledger: Retirements", chain.chain_id, credits.address), keys[:THRESHOLD]
    )


@pytest.fixture(scope="session")
def correcting(corrections: Any, chain: Any, keys: list[LocalAccount]) -> Corrections:
    return Corrections(
        Domain("GPTX Green AI Ledger: Corrections", chain.chain_id, corrections.address), keys[:THRESHOLD]
    )


@pytest.fixture
def recorded(ledger: Any, footprints: Footprints, now: int) -> Callable[..., Signed]:
    """Records a report of an account, with changes to its footprint, and returns it."""

    def record(account: Any, **changes: Any) -> Signed:
        signed = footprints.make(account, now, **changes)
        ledger.record(signed.report, signed.signatures, sender=account)
        return signed

    return record


@pytest.fixture
def minted(credits: Any, retirements: Retirements, now: int) -> Callable[..., Signed]:
    """Mints a certificate for a holder, with changes to its retirement, and returns it."""

    def mint(holder: Any, source: dict[str, Any] | None = None, hint: int = 0, **changes: Any) -> Signed:
        signed = retirements.make(holder, now, source, **changes)
        credits.mint(signed.report, signed.signatures, hint, sender=holder)
        return signed

    return mint
