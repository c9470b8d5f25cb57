"""Where the page may connect to."""

from __future__ import annotations

from greenledger.api.middleware.security_headers import page_policy


def connections(policy: str) -> set[str]:
    rule = next(rule for rule in policy.split("; ") if rule.startswith("connect-src "))
    return set(rule.split(" ")[1:])


def test_policy__without_relayed_wallets__allows_this_host_and_the_chain_only() -> None:
    policy = page_policy("https://rpc.example/key")

    assert connections(policy) == {"'self'", "https://rpc.example"}


def test_policy__with_relayed_wallets__allows_their_relay_and_no_foreign_script() -> None:
    policy = page_policy("https://rpc.example/key", relayed_wallets=True)

    assert connections(policy) == {"'self'", "https://rpc.example", "wss://relay.walletconnect.org"}
    assert "script-src 'self';" in policy
    assert "style-src 'self';" in policy
