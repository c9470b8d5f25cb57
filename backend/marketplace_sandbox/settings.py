"""Settings of the sandbox marketplace, read from the environment."""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class SandboxSettings:
    """Where the state lives, which key is accepted and how fast the market works."""

    database: Path
    key: str
    completion_s: float = 1.0  # typical completion in the public guide is 0.5 to 3 s
    quote_lifetime_s: float = 900.0
    webhook_every_s: float = 0.0  # 0: calls are made when the control endpoint asks for them
    webhook_secret: str | None = None  # whsec_ and base64; without one calls are not signed

    def __post_init__(self) -> None:
        """Refuse a key that could not be told from no key; raises ValueError."""
        if len(self.key) < 8:
            raise ValueError("SANDBOX_KEY: too short, expected at least 8 characters")
        if self.completion_s < 0 or self.quote_lifetime_s <= 0:
            raise ValueError("SANDBOX_COMPLETION_S must be >= 0 and SANDBOX_QUOTE_LIFETIME_S > 0 (seconds)")

    @classmethod
    def from_env(cls) -> "SandboxSettings":
        """Read SANDBOX_DB, SANDBOX_KEY and, where it is set, each other field as SANDBOX_ and its name."""
        missing = [name for name in ("SANDBOX_DB", "SANDBOX_KEY") if not os.environ.get(name)]
        if missing:
            raise ValueError(f"{', '.join(missing)}: missing, expected in the environment")
        return cls(
            database=Path(os.environ["SANDBOX_DB"]),
            key=os.environ["SANDBOX_KEY"],
            completion_s=float(os.environ.get("SANDBOX_COMPLETION_S", "1")),
            quote_lifetime_s=float(os.environ.get("SANDBOX_QUOTE_LIFETIME_S", "900")),
            webhook_every_s=float(os.environ.get("SANDBOX_WEBHOOK_EVERY_S", "1")),
            webhook_secret=os.environ.get("SANDBOX_WEBHOOK_SECRET") or None,
        )
