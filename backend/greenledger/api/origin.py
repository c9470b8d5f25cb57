"""Where a request came from, for the audit log."""

from __future__ import annotations

import ipaddress
from typing import Annotated

import structlog
from fastapi import Depends, Request

from greenledger.api.credentials import stated_key
from greenledger.auth.keys import id_of
from greenledger.usage.audit import SESSION, Origin


def network_of(host: str) -> str | None:
    """The /24 of an IPv4 address or the /48 of an IPv6 one: whose line it was, and no person's device."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return None
    if address.version == 6 and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    bits = 24 if address.version == 4 else 48
    return str(ipaddress.ip_network(f"{address}/{bits}", strict=False))


def _origin(request: Request, actor: str) -> Origin:
    return Origin(
        actor=actor,
        request_id=structlog.contextvars.get_contextvars().get("request_id"),
        network=network_of(request.client.host) if request.client else None,
    )


def origin(request: Request) -> Origin:
    key = stated_key(request)
    return _origin(request, SESSION if key is None else f"key:{id_of(key)}")


def wallet_origin(request: Request) -> Origin:
    return _origin(request, SESSION)


OriginDep = Annotated[Origin, Depends(origin)]
"""Beside SubmitterDep or RecorderDep only: they prove the key whose id stands here."""

WalletOriginDep = Annotated[Origin, Depends(wallet_origin)]
"""Where no key gets in."""
