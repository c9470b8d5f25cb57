"""The outbox: what a step wants done outside, written in the same transaction as the step's own change.

The protocol, and what it guarantees:

1. A step changes its order and calls `add_effect` in one transaction. Either both are stored or neither, so
   no state is ever entered without its effect, and no effect is ever left without its state. The key names
   the effect for good, such as `order/<id>/place`, and the payload is all that it needs: repeating it later
   sends the same bytes.
2. A worker takes the effect under a lease, acts outside with the **same key** as idempotency key
   (marketplaces take one, `chain.sender` keeps one transaction for each key), and calls `finish_effect` with
   the answer, in one transaction with the order's next state.
3. A worker that is killed between 2's acting and its finishing leaves the lease to run out. The next worker
   acts again with the same key and payload, and the outside answers what it answered before.

So each effect is acted out at least once, and because its key makes repetition harmless outside, it has an
outcome exactly once. What the outbox cannot do is make an outside idempotent that is not: an adapter whose
market takes no key must look for the effect there before it repeats it.

An effect's result stays under its key for good; the rows are the audit trail of everything done outside.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from greenledger.usage.insertion import insert_if_absent
from greenledger.usage.leases import end_lease, take_due
from greenledger.usage.models.outbox import Effect


class EffectDiffers(ValueError):
    """A key was used for another effect before: one key stands for one effect, for good."""


async def add_effect(
    session: AsyncSession, account: str, key: str, kind: str, payload: Mapping[str, Any], now: int
) -> Effect:
    """Stores an effect, due at `now` (Unix seconds), or gives the one that is there under the key.

    Raises EffectDiffers if that one has another kind or payload.
    """
    fields = {"account": account, "key": key, "kind": kind, "payload": dict(payload)}
    await insert_if_absent(session, Effect, **fields, attempts=0, due_at=now, created_at=now)
    found = await session.get_one(Effect, (account, key))
    if (found.kind, found.payload) != (kind, dict(payload)):
        raise EffectDiffers(
            f"{key} was used for another {found.kind}, expected a key of its own for this {kind}"
        )
    return found


async def get_effect(session: AsyncSession, account: str, key: str) -> Effect | None:
    return await session.get(Effect, (account, key))


async def take_effects(
    session: AsyncSession, kind: str, worker: str, now: int, lease_s: int, limit: int
) -> list[Effect]:
    """Due effects of one kind that nobody works on, leased to `worker`; see `take_due`."""
    taken = await take_due(session, Effect, worker, now, lease_s, limit, Effect.kind == kind)
    for effect in taken:
        effect.attempts += 1
    await session.flush()
    return taken


async def finish_effect(session: AsyncSession, effect: Effect, result: Mapping[str, Any], now: int) -> bool:
    """Stores the outcome of a taken effect. False if the lease was lost: change nothing else then either."""
    return await end_lease(session, effect, None, result=dict(result), error=None, done_at=now)


async def postpone_effect(session: AsyncSession, effect: Effect, due_at: int, error: str | None) -> bool:
    """Gives a taken effect back, to be repeated at `due_at` (Unix seconds). False if the lease was lost."""
    return await end_lease(session, effect, due_at, error=error[:1000] if error else None)
