"""API keys of the signed-in account. No key gets here: a key never makes, lists or ends keys."""

from __future__ import annotations

from fastapi import APIRouter

from greenledger.api.deps import AccountDep, NowDep, TransactionDep
from greenledger.api.origin import WalletOriginDep
from greenledger.api.schemas.keys import KeyBody, KeyId, KeyList, KeyView, MadeKeyView
from greenledger.api.strict_route import StrictRoute
from greenledger.auth.keys import create_key, end_key
from greenledger.usage.api_keys import list_keys

router = APIRouter(prefix="/v1/keys", tags=["keys"], route_class=StrictRoute)


@router.post("", status_code=201)
async def make(
    body: KeyBody, account: AccountDep, session: TransactionDep, now: NowDep, origin: WalletOriginDep
) -> MadeKeyView:
    """A key for some scopes of this account. It is in this answer and nowhere else: keep it."""
    key, row = await create_key(session, account, body.name, body.scopes, body.expires_in_days, now, origin)
    return MadeKeyView(key=key, stored=KeyView.of(row))


@router.get("")
async def mine(account: AccountDep, session: TransactionDep) -> KeyList:
    """Newest first, with the newest of those that were revoked or are over."""
    return KeyList(items=[KeyView.of(row) for row in await list_keys(session, account)])


@router.delete("/{key_id}", status_code=204)
async def end(
    key_id: KeyId, account: AccountDep, session: TransactionDep, now: NowDep, origin: WalletOriginDep
) -> None:
    """Revokes a key at once and for good; once more changes nothing."""
    await end_key(session, account, key_id, now, origin)
