"""Settings of one node, from the environment (prefix GREENLEDGER_)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from greenledger.offsets.cnaught.portfolio import Portfolio
from greenledger.offsets.desk_sales import PaymentToken
from greenledger.offsets.isometric.account import Account


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


def _peer_url(url: str) -> str:
    if "@" in urlsplit(url).netloc:
        raise ValueError("expected no user and password: peers are named where anybody can read it")
    return _base_url(url)


Origin = Annotated[str, AfterValidator(_origin)]
BaseUrl = Annotated[str, AfterValidator(_base_url)]
PeerUrl = Annotated[str, AfterValidator(_peer_url)]
MarketName = Literal["carbonmark", "cnaught", "isometric"]


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
    council_peers: tuple[PeerUrl, ...] = Field(default=(), max_length=15)
    peer_token: SecretStr | None = Field(default=None, min_length=16)

    marketplace_url: BaseUrl | None = Field(default=None, description="Carbonmark, version host included")
    marketplace_key: SecretStr | None = None
    cnaught_url: BaseUrl | None = Field(default=None, description="CNaught, /v1 included")
    cnaught_key: SecretStr | None = None
    cnaught_portfolios: tuple[Portfolio, ...] = Field(default=(), max_length=50)
    cnaught_webhook_secret: SecretStr | None = Field(
        default=None, description="if one is agreed with CNaught, which signs nothing by itself"
    )
    isometric_url: BaseUrl | None = Field(
        default=None, description="Isometric's registry, /registry/v0 included"
    )
    isometric_key: SecretStr | None = Field(default=None, description="the organisation's access token")
    isometric_client_secret: SecretStr | None = None
    isometric_account: Account | None = Field(default=None, description="without it evidence is read only")
    market_documents: dict[MarketName, str] = Field(
        default_factory=dict, description="by market: path of the vendor's OpenAPI document under its URL"
    )
    market_ends: dict[MarketName, date] = Field(
        default_factory=dict, description="by market: last day of the version, as the vendor told it"
    )
    webhooks: bool = Field(default=False, description="whether markets can reach public_origin to call back")

    seller_keystore: Path | None = Field(
        default=None, description="encrypted key that sells at the desk; without one nothing paid is sold"
    )
    seller_password: SecretStr | None = None
    seller_key: SecretStr | None = Field(default=None, description="the same in clear, on local chains only")
    sponsor_keystore: Path | None = Field(
        default=None,
        description="encrypted key that pays for records with an account's consent; without one nobody does",
    )
    sponsor_password: SecretStr | None = None
    sponsor_key: SecretStr | None = Field(default=None, description="the same in clear, on local chains only")
    payment_tokens: tuple[PaymentToken, ...] = Field(
        default=(), max_length=20, description="tokens worth one US dollar that the desk allows"
    )
    seller_fee_ppm: int = Field(default=0, ge=0, le=1_000_000, description="on a market's price")
    payment_days: int = Field(default=7, ge=1, le=30, description="until anyone may refund a payment")
    confirmations: int | None = Field(
        default=None, ge=1, le=1_000, description="blocks that make an event final; by chain if not set"
    )
    gas_cap_gwei: int = Field(default=200, ge=1, description="most that is paid per gas")
    price_tolerance_ppm: int = Field(
        default=20_000, ge=0, le=1_000_000, description="a second price may be so much above the quoted one"
    )
    settle_seconds: int = Field(
        default=900, ge=0, description="a market's refusal after an uncertain request counts so long after it"
    )
    proof_tries: int = Field(
        default=12, ge=1, le=100, description="times that unusable evidence is read; 12 take 20 minutes"
    )
    lease_seconds: int = Field(default=90, ge=1, description="how long a dead worker's orders wait")

    retention_days: int | None = Field(
        default=None,
        ge=1,
        le=36_500,
        description="after which text and salt of recorded work are deleted; never if not set",
    )

    page_dir: Path | None = None
    explorer_url: BaseUrl | None = Field(
        default=None, description="base of an explorer with EIP-3091 paths; by chain if not set"
    )

    relayed_wallets: bool = Field(
        default=False, description="whether the page was built with WalletConnect and may reach its relay"
    )

    log_json: bool = True
    drain_seconds: int = Field(
        default=0, ge=0, le=300, description="from SIGTERM on so long served while readiness says no"
    )
    rate_per_minute: int = Field(default=600, ge=1, description="API requests per client address")
    sign_in_rate_per_minute: int = Field(
        default=60, ge=1, description="nonces and sign-ins per client address"
    )

    key_rate_per_minute: int = Field(
        default=600, ge=1, description="API requests with one key, which count for its address too"
    )
    rate_wait_seconds: float = Field(
        default=1.0, gt=0, le=30, description="for the database, before a gateway counts requests by itself"
    )

    upload_max_bytes: int = Field(default=67_108_864, ge=1, description="of one file with many workloads")

    @model_validator(mode="after")
    def _peers_need_a_token(self) -> Self:
        if self.council_peers and self.peer_token is None:
            raise ValueError(
                "council_peers are set but peer_token is not: expected a token shared with the peers"
            )
        return self

    @model_validator(mode="after")
    def _a_keystore_needs_a_password(self) -> Self:
        if self.seller_keystore is not None and self.seller_password is None:
            raise ValueError(
                "seller_keystore is set but seller_password is not: expected the file's password"
            )
        if self.seller_keystore is not None and self.seller_key is not None:
            raise ValueError("seller_keystore and seller_key are both set: expected one of them")
        return self

    @model_validator(mode="after")
    def _a_sponsor_needs_its_password(self) -> Self:
        if self.sponsor_keystore is not None and self.sponsor_password is None:
            raise ValueError(
                "sponsor_keystore is set but sponsor_password is not: expected the file's password"
            )
        return self

    @property
    def browser_rpc_url(self) -> str:
        """Published in /config.json and the page's policy. That it is no private URL is checked at start."""
        return self.public_rpc_url or self.rpc_url

    @property
    def secure_cookies(self) -> bool:
        return self.public_origin.startswith("https://")
