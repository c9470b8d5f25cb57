"""What is on chain against what the source gives, byte by byte.

The address alone already proves the creation code: CREATE2 makes it from proxy, salt, code and arguments, and
the code ends with the compiler's hash over every source file. The other checks say what differs when it does,
and catch a node or an explorer that shows something else than what the address stands for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ape.api import ProviderAPI

from scripts.deployment import proxy
from scripts.deployment.artifacts import Artifact, integrity_in

EQUAL = "equal"
DIFFERS = "differs"
NOT_CHECKED = "not checked"
TOLD = "told"  # a setting that may be either way

Entry = dict[str, Any]


@dataclass(frozen=True)
class Check:
    """One comparison; `detail` says what was compared, or what differs."""

    name: str
    result: str
    detail: str


def compare(provider: ProviderAPI, salt: bytes, entry: Entry, artifact: Artifact) -> list[Check]:
    """All checks of one contract of a deployment file."""
    arguments = artifact.encode_arguments(entry["constructor_args"])
    runtime = bytes(provider.get_code(entry["address"]))
    return [
        _address(salt, entry, artifact, arguments),
        _source(salt, entry, artifact, arguments),
        _creation(provider, salt, entry, artifact, arguments),
        _runtime(entry, artifact, runtime),
        _immutables(provider, entry, artifact, arguments, runtime),
    ]


def _address(salt: bytes, entry: Entry, artifact: Artifact, arguments: bytes) -> Check:
    expected = proxy.predict(salt, artifact.creation_code + arguments)
    if expected == entry["address"]:
        return Check("address", EQUAL, "follows from proxy, salt, creation code and constructor arguments")
    return Check("address", DIFFERS, f"source and arguments give {expected}, the file has {entry['address']}")


def _source(salt: bytes, entry: Entry, artifact: Artifact, arguments: bytes) -> Check:
    """The integrity hash; where only it differs, the code is the same and a comment or the like is not."""
    recorded = bytes.fromhex(entry["integrity"].removeprefix("0x"))
    changed = ", ".join(_changed_files(entry, artifact))
    if recorded == artifact.integrity:
        if changed:
            # The compiler's hash leaves out what an interface imports.
            return Check("source", DIFFERS, f"the integrity hash is equal, the text is not, in {changed}")
        return Check("source", EQUAL, f"integrity hash {recorded.hex()}")
    changed = changed or "a file that the deployment file does not name"
    as_recorded = artifact.with_integrity(recorded) + arguments
    if proxy.predict(salt, as_recorded) == entry["address"]:
        return Check(
            "source", DIFFERS, f"the code is equal, its source is not: other text, same meaning, in {changed}"
        )
    return Check("source", DIFFERS, f"source and code differ, in {changed}")


def _changed_files(entry: Entry, artifact: Artifact) -> list[str]:
    before, now = entry.get("sources", {}), artifact.source_hashes
    return sorted(path for path in before.keys() | now.keys() if before.get(path) != now.get(path))


def _creation(
    provider: ProviderAPI, salt: bytes, entry: Entry, artifact: Artifact, arguments: bytes
) -> Check:
    """The input of the transaction that made the contract: salt, creation code, arguments."""
    sent = sent_input(provider, entry["tx"])
    if sent is None:
        return Check("creation", NOT_CHECKED, "the node does not have the transaction that made the contract")
    expected = salt + artifact.creation_code + arguments
    if sent == expected:
        return Check("creation", EQUAL, f"{len(sent):,} bytes of transaction {entry['tx']}")
    if not sent.startswith(salt):
        return Check("creation", DIFFERS, "the transaction has another salt")
    if arguments and not sent.endswith(arguments):
        return Check("creation", DIFFERS, "the transaction has other constructor arguments")
    code = sent[len(salt) : len(sent) - len(arguments)]
    try:
        integrity = integrity_in(code)
    except ValueError as error:
        return Check("creation", DIFFERS, f"the transaction made other code: {error}")
    if code == artifact.with_integrity(integrity):
        return Check(
            "creation", DIFFERS, f"only the integrity hash differs: on chain it is {integrity.hex()}"
        )
    at = _first_difference(code, artifact.creation_code)
    return Check("creation", DIFFERS, f"the creation code differs from byte {at} on")


def sent_input(provider: ProviderAPI, transaction: str | None) -> bytes | None:
    """What a transaction carried, None if it is not known or the node does not have it."""
    if transaction is None:
        return None
    web3: Any = provider.web3
    try:
        return bytes(web3.eth.get_transaction(transaction)["input"])
    except Exception:  # every node has its own class of errors here
        return None


def _runtime(entry: Entry, artifact: Artifact, runtime: bytes) -> Check:
    """The code at the address up to its immutables."""
    if not runtime:
        return Check("runtime", DIFFERS, f"there is no code at {entry['address']}")
    code = runtime[: len(artifact.runtime_code)]
    if code == artifact.runtime_code:
        return Check("runtime", EQUAL, f"{len(code):,} bytes")
    at = _first_difference(code, artifact.runtime_code)
    return Check("runtime", DIFFERS, f"the code at the address differs from byte {at} on")


def _immutables(
    provider: ProviderAPI, entry: Entry, artifact: Artifact, arguments: bytes, runtime: bytes
) -> Check:
    """What the constructor wrote behind the code, against what it writes when run again at the address."""
    actual = runtime[len(artifact.runtime_code) :]
    size = max((item.offset + item.length for item in artifact.immutables), default=0)
    if len(actual) != size:
        return Check("immutables", DIFFERS, f"{len(actual)} bytes behind the code, the layout has {size}")
    if not size:
        return Check("immutables", EQUAL, "the contract has none")
    again = _run_constructor(provider, entry["address"], artifact.creation_code + arguments)
    if again is None:
        return Check("immutables", NOT_CHECKED, "the node does not run code at an address of one's choice")
    expected = again[len(artifact.runtime_code) :]
    places = {item.name: slice(item.offset, item.offset + item.length) for item in artifact.immutables}
    wrong = [name for name, place in places.items() if actual[place] != expected[place]]
    if wrong or actual != expected:
        return Check("immutables", DIFFERS, f"other values of {', '.join(wrong) or 'bytes between them'}")
    return Check("immutables", EQUAL, ", ".join(places))


def _run_constructor(provider: ProviderAPI, address: str, creation_code: bytes) -> bytes | None:
    """Lets the node run creation code as if it were at the address, without sending anything."""
    web3: Any = provider.web3
    call = {"to": address, "from": proxy.ADDRESS, "data": "0x"}
    override = {address: {"code": "0x" + creation_code.hex(), "state": {}}}
    try:
        return bytes(web3.eth.call(call, "latest", override))
    except Exception:  # every node has its own class of errors here
        return None


def _first_difference(one: bytes, other: bytes) -> int:
    pairs = zip(one, other, strict=False)
    return next((at for at, (left, right) in enumerate(pairs) if left != right), min(len(one), len(other)))
