"""API keys and the audit log over the wire."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, Field, StringConstraints

from greenledger.api.schemas.words import KEY_ID_PATTERN, Body, View
from greenledger.auth.keys import Scope
from greenledger.usage.api_keys import MAX_LIVING
from greenledger.usage.models.api_key import ApiKey
from greenledger.usage.models.audit import AuditEntry

MAX_DAYS = 366


def _shown_text(text: str) -> str:
    if not text.isprintable() or text != text.strip():
        raise ValueError("expected printable text without spaces at either end")
    return text


def _each_once(scopes: list[Scope]) -> list[Scope]:
    if len(set(scopes)) != len(scopes):
        raise ValueError("expected each scope once")
    return scopes


KeyId = Annotated[str, StringConstraints(pattern=KEY_ID_PATTERN)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=100), AfterValidator(_shown_text)]
Scopes = Annotated[list[Scope], Field(min_length=1, max_length=len(Scope)), AfterValidator(_each_once)]


class KeyBody(Body):
    name: Name  # for the owner, to know it by
    scopes: Scopes
    expires_in_days: Annotated[int, Field(ge=1, le=MAX_DAYS, strict=True)] | None = None  # none: never


class KeyView(View):
    """A key without what opens anything."""

    id: str
    name: str
    scopes: list[Scope]
    created_at: int  # Unix seconds
    expires_at: int | None  # Unix seconds; null: when it is revoked
    last_used_at: int | None  # Unix seconds, up to a minute behind
    revoked_at: int | None  # Unix seconds

    @classmethod
    def of(cls, row: ApiKey) -> KeyView:
        return cls(
            id=row.id,
            name=row.name,
            scopes=[Scope(scope) for scope in row.scopes],
            created_at=row.created_at,
            expires_at=row.expires_at,
            last_used_at=row.last_used_at,
            revoked_at=row.revoked_at,
        )


class MadeKeyView(View):
    """The only answer that ever holds the key."""

    key: str
    stored: KeyView


class KeyList(View):
    items: list[KeyView]
    most_living: int = MAX_LIVING


class AuditEntryView(View):
    id: str
    at: int  # Unix seconds
    action: str
    actor: str  # session, node, or key: and the key's id
    subject: str
    details: dict[str, Any]
    request_id: str | None
    network: str | None  # /24 or /48

    @classmethod
    def of(cls, row: AuditEntry) -> AuditEntryView:
        return cls(
            id=row.id,
            at=row.at,
            action=row.action,
            actor=row.actor,
            subject=row.subject,
            details=row.details,
            request_id=row.request_id,
            network=row.network,
        )


class AuditList(View):
    items: list[AuditEntryView]
