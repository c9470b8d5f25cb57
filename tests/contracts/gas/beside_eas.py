"""Our acts beside those of the Ethereum Attestation Service, on one chain in one run.

Not collected with the suite, since it needs a package from outside: `python -m scripts.bench.gas` runs it,
with GREENLEDGER_EAS (the unpacked package) and GREENLEDGER_GAS_REPORT (the file to write) set.
"""

from __future__ import annotations

import json
import os
from importlib.metadata import version
from pathlib import Path
from typing import Any

from ape.contracts import ContractContainer
from eth_account import Account
from eth_account.signers.local import LocalAccount
from ethpm_types import ContractType
from signing import make_keys

from gas.stage import Stage, measure, set_stage

# What a footprint would be as an attestation there: five words, 160 bytes.
SCHEMA = "bytes32 root,bytes32 methodology,uint72 low_ug,uint72 central_ug,uint72 high_ug"
SCHEMA_WORDS = 5
NOTHING = bytes(32)
NOBODY = "0x" + "00" * 20

ATTEST = {
    "Attest": [
        {"name": "attester", "type": "address"},
        {"name": "schema", "type": "bytes32"},
        {"name": "recipient", "type": "address"},
        {"name": "expirationTime", "type": "uint64"},
        {"name": "revocable", "type": "bool"},
        {"name": "refUID", "type": "bytes32"},
        {"name": "data", "type": "bytes"},
        {"name": "value", "type": "uint256"},
        {"name": "nonce", "type": "uint256"},
        {"name": "deadline", "type": "uint64"},
    ]
}

# Key in the report -> label of the act. The certificate has the shortest texts: longer ones cost their words.
REPORTED = {
    "record": "record, account used",
    "record_batch_1e6": "record, account used, batch of 1,000,000 workloads",
    "certificate_serial": "mint, serial range, account used, shortest texts",
    "allocate": "allocate, certificate and attestation used",
    "account_read": "account(), read by another contract",
}
EAS_KEY = "eas_attest_by_delegation_160"


def container(name: str) -> ContractContainer:
    """A contract of the EAS package as its makers compiled it."""
    package = Path(os.environ["GREENLEDGER_EAS"])
    path = package / "artifacts" / "contracts" / f"{name}.sol" / f"{name}.json"
    artifact = json.loads(path.read_text())
    bytecode = {"bytecode": artifact["bytecode"]}
    return ContractContainer(
        ContractType(abi=artifact["abi"], deploymentBytecode=bytecode, contractName=name)
    )


class Service:
    """EAS with one schema registered, and an attester whose signature somebody else sends."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        registry = stage.deployer.deploy(container("SchemaRegistry"))
        self._eas = stage.deployer.deploy(container("EAS"), registry)
        receipt = registry.register(SCHEMA, NOBODY, True, sender=stage.deployer)
        (registered,) = [log for log in receipt.events if log.event_name == "Registered"]
        self._schema = bytes(registered.uid)
        self._attester: LocalAccount = make_keys(1, "attester")[0]
        self.version = str(self._eas.version())

    def _request(self, recipient: Any) -> dict[str, Any]:
        data = b"".join(self._stage.word() for _ in range(SCHEMA_WORDS))
        return {
            "recipient": str(recipient),
            "expirationTime": 0,
            "revocable": True,
            "refUID": NOTHING,
            "data": data,
            "value": 0,
        }

    def attest_by_delegation(self, sender: Any) -> int:
        """Gas of an attestation that the attester signed and `sender` sends."""
        now = self._stage.tick()
        request, deadline = self._request(sender), now + 3600
        message = {
            **request,
            "attester": self._attester.address,
            "schema": self._schema,
            "nonce": self._eas.getNonce(self._attester.address),
            "deadline": deadline,
        }
        domain = {
            "name": self._eas.getName(),
            "version": self.version,
            "chainId": self._stage.chain.chain_id,
            "verifyingContract": self._eas.address,
        }
        signed = Account.sign_typed_data(self._attester.key, domain, ATTEST, message)
        signature = (signed.v, signed.r.to_bytes(32), signed.s.to_bytes(32))
        delegated = (self._schema, tuple(request.values()), signature, self._attester.address, deadline)
        receipt = self._eas.attestByDelegation(delegated, sender=sender)
        return self._gas_of(receipt)

    def attest(self, sender: Any) -> int:
        """Gas of an attestation that `sender` makes itself: no signature is checked."""
        self._stage.tick()
        request = tuple(self._request(sender).values())
        return self._gas_of(self._eas.attest((self._schema, request), sender=sender))

    def _gas_of(self, receipt: Any) -> int:
        (attested,) = [log for log in receipt.events if log.event_name == "Attested"]
        assert self._eas.isAttestationValid(attested.uid)
        return int(receipt.gas_used)


def test_gas__beside_eas__is_measured_in_one_run(project: Any, accounts: Any, chain: Any, alice: Any) -> None:
    stage = set_stage(project, accounts[9], chain)
    ours = measure(stage, alice)
    service = Service(stage)
    theirs = {
        "attestByDelegation, 160 bytes, attester new": service.attest_by_delegation(alice),
        "attestByDelegation, 160 bytes, attester used": service.attest_by_delegation(alice),
        "attest, 160 bytes, no signature": service.attest(alice),
    }
    labels = REPORTED | {EAS_KEY: "attestByDelegation, 160 bytes, attester used"}
    costs = ours | theirs
    report = {key: costs[label] for key, label in labels.items()}
    report["details"] = {
        "labels": labels,
        "ours": ours,
        "eas": theirs,
        "council": "2 of 3",
        "eas_contracts": service.version,
        "vyper": version("vyper"),
        "evm": f"py-evm {version('py-evm')}, {chain.provider.evm_backend.chain.get_vm().fork}",
    }
    Path(os.environ["GREENLEDGER_GAS_REPORT"]).write_text(json.dumps(report, indent=2) + "\n")
    assert report["record"] < report[EAS_KEY]
