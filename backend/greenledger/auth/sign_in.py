"""Sign-In with Ethereum (EIP-4361), for keys and for contract wallets (ERC-1271, ERC-6492)."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from datetime import UTC, datetime

import requests
from eth_utils.address import to_checksum_address
from pydantic import ValidationError
from siwe import (
    ChainIdMismatch,
    DomainMismatch,
    ExpiredMessage,
    InvalidSignature,
    NotYetValidMessage,
    SiweMessage,
    UriMismatch,
    VerificationError,
)
from web3 import HTTPProvider
from web3.exceptions import Web3Exception

MAX_AGE_S = 600
MAX_AHEAD_S = 60
RPC_TIMEOUT_S = 5.0
# The grammar's parser takes time quadratic in the length of a line; real messages stay far below both.
MAX_MESSAGE_CHARACTERS = 1024
MAX_LINE_CHARACTERS = 300

_NONCE_LINE = re.compile(r"^Nonce: ([a-zA-Z0-9]{8,64})$", re.MULTILINE)


class SignInRefused(Exception):
    """The message proves nothing; says which field is wrong and what would be right."""

    def __init__(self, field: str, problem: str, expected: str) -> None:
        super().__init__(f"{field}: {problem}, expected {expected}")
        self.field, self.problem, self.expected = field, problem, expected


class InvalidMessage(SignInRefused):
    """The text is not an EIP-4361 message."""


class WalletUnreachable(Exception):
    """A contract wallet has to be asked and the chain does not answer."""


@dataclass(frozen=True)
class Relying:
    """What a message must be addressed to. `origin` is scheme, host and port of the page."""

    origin: str
    chain_id: int
    rpc_url: str

    @property
    def domain(self) -> str:
        return self.origin.split("://", 1)[1]


def nonce_of(text: str) -> str:
    """The nonce that the text states, read without the grammar, so that an unknown one costs next to nothing.

    Raises InvalidMessage for a text that is too long to parse, or without exactly one nonce line.
    """
    if len(text) > MAX_MESSAGE_CHARACTERS:
        raise InvalidMessage(
            "message", f"has {len(text)} characters", f"at most {MAX_MESSAGE_CHARACTERS} characters"
        )
    longest = max(len(line) for line in text.split("\n"))
    if longest > MAX_LINE_CHARACTERS:
        raise InvalidMessage(
            "message",
            f"has a line of {longest} characters",
            f"lines of at most {MAX_LINE_CHARACTERS} characters",
        )
    nonces = _NONCE_LINE.findall(text)
    if len(nonces) != 1:
        # With two of them, the one consumed here could be another than the one that the parser reads.
        raise InvalidMessage(
            "message",
            f"has {len(nonces)} lines that state a nonce",
            "the text of an EIP-4361 message, with one line of Nonce: and the nonce",
        )
    return str(nonces[0])


async def parse_message(text: str) -> SiweMessage:
    """Parses in a thread. The nonce must be consumed before, by `nonce_of`. Raises InvalidMessage."""
    nonce = nonce_of(text)
    message = await asyncio.to_thread(_parse, text)
    if message.nonce != nonce:
        raise InvalidMessage("message.nonce", "is not that of the nonce line", "one nonce, on its own line")
    return message


def _parse(text: str) -> SiweMessage:
    try:
        return SiweMessage.from_message(text)
    except ValidationError as error:
        field = ".".join(str(step) for step in error.errors()[0]["loc"]) or "text"
        raise InvalidMessage(f"message.{field}", "is not valid", "a value that EIP-4361 allows") from error
    except ValueError as error:
        raise InvalidMessage("message", "cannot be read", "the text of an EIP-4361 message") from error


def _check_issued_at(message: SiweMessage, now: int) -> None:
    # The library bounds expiry only: a message issued in 2099 would pass without this.
    try:
        issued = datetime.fromisoformat(str(message.issued_at))
    except ValueError as error:
        raise InvalidMessage("message.issued_at", "cannot be read", "an RFC 3339 time in UTC") from error
    age_s = now - (issued if issued.tzinfo else issued.replace(tzinfo=UTC)).timestamp()
    if age_s > MAX_AGE_S:
        raise SignInRefused(
            "message.issued_at", f"is {age_s:.0f} s ago", f"a time in the last {MAX_AGE_S} s: sign in again"
        )
    if age_s < -MAX_AHEAD_S:
        raise SignInRefused(
            "message.issued_at", f"is {-age_s:.0f} s ahead", "the present: check the clock of this device"
        )


def _verify(message: SiweMessage, signature: str, relying: Relying) -> None:
    # A contract wallet is asked once, without the provider's retries: the caller bounds the time.
    provider = HTTPProvider(
        relying.rpc_url, request_kwargs={"timeout": RPC_TIMEOUT_S}, exception_retry_configuration=None
    )
    # A hostile wallet contract could otherwise send this server to any URL (ERC-3668 off-chain lookup).
    provider.global_ccip_read_enabled = False
    try:
        message.verify(
            signature,
            domain=relying.domain,
            uri=relying.origin,
            chain_id=relying.chain_id,
            nonce=message.nonce,  # consumed by the caller before this
            provider=provider,
            strict=True,
        )
    except DomainMismatch as error:
        raise SignInRefused("message.domain", f"is {message.domain[:100]}", relying.domain) from error
    except UriMismatch as error:
        raise SignInRefused("message.uri", f"is {str(message.uri)[:100]}", relying.origin) from error
    except ChainIdMismatch as error:
        raise SignInRefused("message.chain_id", f"is {message.chain_id}", str(relying.chain_id)) from error
    except ExpiredMessage as error:
        raise SignInRefused("message.expiration_time", "is over", "a time ahead: sign in again") from error
    except NotYetValidMessage as error:
        raise SignInRefused("message.not_before", "is ahead", "a time that has come") from error
    except (InvalidSignature, VerificationError) as error:
        raise SignInRefused(
            "signature", "is not of this message by this address", f"a signature by {message.address}"
        ) from error
    except (requests.RequestException, Web3Exception, ValueError) as error:
        # An address without code never gets here with a good signature: the key is tried first, off line.
        raise WalletUnreachable(type(error).__name__) from error


async def verify_message(message: SiweMessage, signature: str, relying: Relying, now: int) -> str:
    """The checksum address that signed. The nonce must be consumed before, whatever comes of this.

    Verifying parses a grammar, recovers a key and may ask the chain, all of it blocking: it runs in a thread.
    Raises SignInRefused or WalletUnreachable.
    """
    _check_issued_at(message, now)
    await asyncio.to_thread(_verify, message, signature, relying)
    return str(to_checksum_address(message.address))
