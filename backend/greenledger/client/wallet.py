"""What only the account's own wallet may do at the gateway: signing in, and making keys."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlsplit

from eth_account.messages import encode_defunct
from eth_account.signers.local import LocalAccount

from greenledger.client.chain_calls import Node
from greenledger.client.connection import SESSION_COOKIE, Auth, Call, Connection, ask, document, exchange, get
from greenledger.client.effects import Flow
from greenledger.client.errors import NotTrusted, UnexpectedAnswer
from greenledger.client.reading import Answer, answer
from greenledger.client.shapes import ApiKey, Config
from greenledger.client.signers import check_signer

STATEMENT = "Sign in to GPTX Green AI Ledger. This costs no gas."
SIGN_IN_WITHIN = timedelta(minutes=5)


def config(connection: Connection) -> Flow[Config]:
    """Where the chain and the contracts are. Raises NotTrusted where a trusted contract's address changed."""
    _, body = yield from ask(connection, get("/config.json", Auth.NOBODY))
    found = answer(body)
    contracts = found.inner("contracts")
    tokens = tuple(
        (token.text("address"), token.text("symbol"), token.whole("decimals"))
        for token in found.items("payment_tokens")
    )
    read = Config(
        chain_id=found.whole("chain_id"),
        chain_name=found.text("chain_name"),
        rpc_url=found.text("rpc_url"),
        ledger=contracts.text("ledger"),
        credits=contracts.text("credits"),
        desk=contracts.text_or_none("desk"),
        payment_tokens=tokens,
        deployed_block=found.whole("deployed_block"),
        explorer_url=found.text_or_none("explorer_url"),
    )
    _check_contracts(connection, read)
    return read


def _check_contracts(connection: Connection, read: Config) -> None:
    for name, trusted in connection.contracts.items():
        stated = str(getattr(read, name, None))
        if stated.lower() != str(trusted).lower():
            raise NotTrusted(
                f"the gateway names {stated} as {name}, and {trusted} is the one trusted: if the ledger"
                " moved, log in again; if not, trust nothing from there"
            )


def node_of(connection: Connection, read: Config) -> Node:
    """The RPC endpoint for the ledger's chain: the one given, else the one that the gateway tells."""
    url = connection.rpc_url or read.rpc_url
    if urlsplit(url).scheme not in ("http", "https"):
        raise NotTrusted("the RPC URL is not one, expected http:// or https://")
    return Node(url, read.chain_id, connection.retries, connection.random)


def sign_in(connection: Connection, signer: LocalAccount) -> Flow[int]:
    """Opens a session for the signer's account; gives when it ends. Raises NotTrusted or Refused."""
    read = yield from config(connection)
    check_signer(signer, read.chain_id)
    _, body = yield from ask(connection, get("/v1/auth/nonce", Auth.NOBODY))
    nonce = answer(body).text("nonce")
    if not nonce.isascii() or not nonce.isalnum() or len(nonce) > 64:
        raise NotTrusted("the gateway's nonce is none: nothing was signed")
    text = _message(connection, str(signer.address), read.chain_id, nonce)
    signature = signer.sign_message(encode_defunct(text=text)).signature.to_0x_hex()
    signed = {"message": text, "signature": signature}
    reply = yield from exchange(connection, Call("POST", "/v1/auth/sign-in", signed, auth=Auth.NOBODY))
    connection.session = _cookie(reply.headers.get("set-cookie", ""))
    return answer(document(connection, reply.content)).whole("expires_at")


def _message(connection: Connection, address: str, chain_id: int, nonce: str) -> str:
    """EIP-4361 text for this gateway's own origin, never for one that an answer names."""
    now = datetime.fromtimestamp(connection.clock(), UTC).replace(microsecond=0)
    until = now + SIGN_IN_WITHIN
    return "\n".join(
        [
            f"{urlsplit(connection.origin).netloc} wants you to sign in with your Ethereum account:",
            address,
            "",
            STATEMENT,
            "",
            f"URI: {connection.origin}",
            "Version: 1",
            f"Chain ID: {chain_id}",
            f"Nonce: {nonce}",
            f"Issued At: {now:%Y-%m-%dT%H:%M:%SZ}",
            f"Expiration Time: {until:%Y-%m-%dT%H:%M:%SZ}",
        ]
    )


def _cookie(header: str) -> str:
    try:
        found = SimpleCookie(header).get(SESSION_COOKIE)
    except CookieError:
        found = None
    if found is None or not found.value:
        raise UnexpectedAnswer("the sign-in was answered without a session")
    return found.value


def sign_out(connection: Connection) -> Flow[None]:
    """Ends the session at the gateway and here."""
    if connection.session is not None:
        yield from exchange(connection, Call("POST", "/v1/auth/sign-out", auth=Auth.WALLET))
        connection.session = None


def create_key(
    connection: Connection, name: str, scopes: Sequence[str], expires_in_days: int | None
) -> Flow[tuple[ApiKey, str]]:
    """A new key and its secret, which is shown this once."""
    body: dict[str, object] = {"name": name, "scopes": list(scopes)}
    if expires_in_days is not None:
        body["expires_in_days"] = expires_in_days
    _, made = yield from ask(connection, Call("POST", "/v1/keys", body, auth=Auth.WALLET))
    found = answer(made)
    return _key(found.inner("stored")), found.text("key")


def list_keys(connection: Connection) -> Flow[list[ApiKey]]:
    _, body = yield from ask(connection, get("/v1/keys", Auth.WALLET))
    return [_key(item) for item in answer(body).items("items")]


def revoke_key(connection: Connection, key_id: str) -> Flow[None]:
    yield from exchange(connection, Call("DELETE", f"/v1/keys/{key_id}", auth=Auth.WALLET, harmless=True))


def _key(found: Answer) -> ApiKey:
    return ApiKey(
        found.text("id"),
        found.text("name"),
        found.texts("scopes"),
        found.whole("created_at"),
        found.whole_or_none("expires_at"),
        found.whole_or_none("last_used_at"),
        found.whole_or_none("revoked_at"),
    )
