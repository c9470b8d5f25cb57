"""An account's sums and its attestations, read from the chain and from nobody else."""

from __future__ import annotations

from greenledger.chain.records import Attestation
from greenledger.client import chain_calls
from greenledger.client.connection import Connection
from greenledger.client.effects import Flow
from greenledger.client.errors import NotConfigured
from greenledger.client.shapes import Bounds, Position
from greenledger.client.wallet import config, node_of
from greenledger.evidence.structs import InvalidReport, checksum_address
from greenledger.evidence.words import word_bytes


def attestation(connection: Connection, id_: str) -> Flow[Attestation | None]:
    """What the ledger holds of an attestation; None if it was never recorded."""
    read = yield from config(connection)
    node = node_of(connection, read)
    yield from chain_calls.check_chain(node)
    identity = word_bytes(id_)
    (found,) = yield from chain_calls.read(node, "FootprintLedger", read.ledger, "attestation", identity)
    return Attestation(*found) if found[4] else None


def position(connection: Connection, account: str) -> Flow[Position]:
    """Attested and covered sums of an account. Raises NotConfigured for a text that is no address."""
    try:
        address = checksum_address(account, "account")
    except InvalidReport as error:
        raise NotConfigured(str(error)) from error
    read = yield from config(connection)
    node = node_of(connection, read)
    yield from chain_calls.check_chain(node)
    block = yield from chain_calls.block_number(node)
    (found,) = yield from chain_calls.read(node, "FootprintLedger", read.ledger, "account", address)
    low, central, high, covered, count = found
    bounds = Bounds(low, central, high)
    return Position(address, read.chain_id, read.ledger, block, count, bounds, covered)
