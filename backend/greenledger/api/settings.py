"""Settings of one node, from the environment (prefix GREENLEDGER_)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


def _origin(url: str) -> str:
    parts = urlsplit(url)
    if (
        parts.scheme not in ("http", "https")
        or not parts.netloc
        or parts.username
        or parts.path not in ("", "/")
    ):
        raise ValueError("expected a scheme and a host only, as in https://ledger.example")
    return f"{parts.scheme}://{parts.netloc}"


def _base_url(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ValueError("expected an http or https URL")
    return url.rstrip("/")


Origin = Annotated[str, AfterValidator(_origin)]
BaseUrl = Annotated[str, AfterValidator(_base_url)]


class Settings(BaseSettings):
    """What one node is started with. Secrets are `SecretStr`, so that no log or error text shows them."""

    model_config = SettingsConfigDict(
        env_prefix="GREENLEDGER_", extra="ignore", frozen=True, hide_input_in_errors=True
    )

    rpc_url: BaseUrl = "http://127.0.0.1:8545"
    public_rpc_url: BaseUrl | None = Field(
        default=None,
        description="what browsers use, so without a secret; only local chains default to rpc_url",
    )
    deployment: Path = Path("deployments/31337.json")
    database_url: str = "sqlite+aiosqlite:///greenledger.db"
    public_origin: Origin = "http://127.0.0.1:8080"
    session_hours: int = Field(default=24, ge=1, le=720)

    council_key: SecretStr | None = None
    council_peers: tuple[BaseUrl, ...] = Field(default=(), max_length=15)
    peer_token: SecretStr | None = Field(default=None, min_length=16)

    marketplace_url: BaseUrl | None = None
    marketplace_key: SecretStr | None = None

    page_dir: Path | None = None
    explorer_url: BaseUrl | None = None

    log_json: bool = True
    rate_per_minute: int = Field(default=600, ge=1, description="API requests per client address")
    sign_in_rate_per_minute: int = Field(
        default=60, ge=1, description="nonces and sign-ins per client address"
    )

    upload_max_bytes: int = Field(default=67_108_864, ge=1, description="of one file with many workloads")

    @model_validator(mode="after")
    def _peers_need_a_token(self) -> Self:
        if self.council_peers and self.peer_token is None:
            raise ValueError(
                "council_peers are set but peer_token is not: expected a token shared with the peers"
            )
        return self

    @property
    def browser_rpc_url(self) -> str:
        """Published in /config.json and the page's policy. That it is no private URL is checked at start."""
        return self.public_rpc_url or self.rpc_url

    @property
    def secure_cookies(self) -> bool:
        return self.public_origin.startswith("https://")
