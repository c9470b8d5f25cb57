"""Links to the page, where the owner of a wallet sees what an agent prepared."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class Pages:
    """`base` is the page's URL without a slash at the end."""

    base: str

    def account(self, account: str) -> str:
        return f"{self.base}/account/{account}"

    def attestation(self, identity: str) -> str:
        return f"{self.base}/attestation/{identity}"

    def record(self) -> str:
        """Reports that wait to be recorded are listed there."""
        return f"{self.base}/record"

    def offer(self, source_id: str) -> str:
        """The page that buys, with this offer chosen."""
        return f"{self.base}/retire?offer={quote(source_id, safe='')}"

    def tokens(self) -> str:
        return f"{self.base}/retire/tokens"
