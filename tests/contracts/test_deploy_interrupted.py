"""`scripts/deploy.py` is killed at every transaction there is, and run again."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

import pytest
from deployments import METHODOLOGY, REGISTRY, addresses, configure, contract_at, deploy, running_node, undone
from web3.exceptions import Web3RPCError


class Killed(BaseException):
    """The process ends here."""


def kill(web3: Any, at: int, monkeypatch: pytest.MonkeyPatch, *, sent: bool) -> list[int]:
    """Ends the process at transaction number `at`: before it is sent, or before its answer is there."""
    count: list[int] = []
    passing = web3.eth.send_raw_transaction

    def send(raw: Any) -> Any:
        count.append(1)
        if len(count) != at:
            return passing(raw)
        if sent:
            # The proxy's transaction is tried before it is paid for, in case the node refuses its kind.
            with contextlib.suppress(Web3RPCError):
                web3.eth.wait_for_transaction_receipt(passing(raw), poll_latency=0.01)
        raise Killed

    monkeypatch.setattr(web3.eth, "send_raw_transaction", send)
    return count


def state(file: Path) -> dict[str, Any]:
    """What a finished deployment comes to: where everything is, what is set, and how many blocks it took."""
    ledger, credits = contract_at(file, "FootprintLedger"), contract_at(file, "RetiredCredits")
    return addresses(file) | {
        "credits": ledger.credits(),
        "corrections": credits.corrections(),
        "methodology": ledger.is_methodology_approved(METHODOLOGY),
        "registry": tuple(credits.registry(REGISTRY)),
        # Each transaction is mined in a block of its own, so this shows that nothing was sent twice.
        "height": ledger.provider.web3.eth.block_number,
    }


@pytest.mark.parametrize("file_survives", [True, False], ids=["file kept", "file lost"])
@pytest.mark.parametrize("sent", [False, True], ids=["before it is sent", "before its answer"])
def test_deploy__killed_at_any_transaction__ends_in_the_same_state_when_run_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sent: bool, file_survives: bool
) -> None:
    file = configure(monkeypatch, tmp_path)
    with running_node("--disable-default-create2-deployer") as node:
        with undone(node), monkeypatch.context() as patch:
            sends = kill(node.web3, 0, patch, sent=sent)
            deploy.main()
            finished = state(file)
        assert len(sends) == 3 + 8 + 4  # the proxy's, a contract each, a setting each
        for number in range(1, len(sends) + 1):
            file.unlink(missing_ok=True)
            with undone(node):
                with monkeypatch.context() as patch:
                    kill(node.web3, number, patch, sent=sent)
                    with pytest.raises(Killed):
                        deploy.main()
                if not file_survives:
                    file.unlink(missing_ok=True)
                deploy.main()
                assert state(file) == finished
