"""Sign-in by contract wallets (ERC-1271) that really are on the chain."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deployed import LocalChain
from nodes import Running, fresh_nonce, new_person, problem, signed, siwe_message

WALLETS = Path(__file__).parent / "wallets"


async def test_sign_in__contract_wallet_whose_owner_signed__opens_its_session(
    gateway: Running, local_chain: LocalChain
) -> None:
    owner = new_person()
    wallet = local_chain.deploy(WALLETS / "one_owner.vy", owner.address)
    message = siwe_message(wallet.address, await fresh_nonce(gateway.client))
    response = await gateway.client.post("/v1/auth/sign-in", json=signed(owner, message))
    assert response.status_code == 200, response.text
    assert response.json()["account"] == wallet.address


async def test_sign_in__contract_wallet_that_a_stranger_signed_for__is_refused(
    gateway: Running, local_chain: LocalChain
) -> None:
    wallet = local_chain.deploy(WALLETS / "one_owner.vy", new_person().address)
    message = siwe_message(wallet.address, await fresh_nonce(gateway.client))
    response = await gateway.client.post("/v1/auth/sign-in", json=signed(new_person(), message))
    assert problem(response) == (401, "sign_in_refused", ["signature"])


@contextmanager
def listening() -> Iterator[tuple[str, list[bool]]]:
    """A server that notes whether anyone connects."""
    visits: list[bool] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def note() -> None:
            try:
                server.accept()[0].close()
                visits.append(True)
            except OSError:
                return  # closed without a visit

        thread = threading.Thread(target=note, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/{{data}}", visits
        server.shutdown(socket.SHUT_RDWR)
        thread.join(5)


async def test_sign_in__wallet_that_points_to_a_url__is_refused_and_nothing_is_fetched(
    gateway: Running, local_chain: LocalChain
) -> None:
    with listening() as (url, visits):
        wallet = local_chain.deploy(WALLETS / "elsewhere.vy", url)
        message = siwe_message(wallet.address, await fresh_nonce(gateway.client))
        response = await gateway.client.post("/v1/auth/sign-in", json=signed(new_person(), message))
    assert problem(response) == (401, "sign_in_refused", ["signature"])
    assert visits == []
