"""A decided move, written down: state, step, columns and the effect, in the caller's one transaction."""

from __future__ import annotations

from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from greenledger.offsets.happenings import Happening
from greenledger.offsets.machine import Act, Move, decide
from greenledger.usage.models.order import Order
from greenledger.usage.orders import change_locked
from greenledger.usage.outbox import add_effect

log = structlog.get_logger(__name__)


def part_key(order_id: str, position: int) -> str:
    """Names the effect that certifies a further part, in whatever act of the order it is decided on."""
    return f"order/{order_id}/part-{position}/{Act.CERTIFY}"


def effect_key(order_id: str, number: int, act: str) -> str:
    """Names an effect for good: at the outbox, and for transactions at the sender."""
    return f"order/{order_id}/{number}/{act}"


async def happen(
    session: AsyncSession, order: Order, happening: Happening, now: int, transaction_hash: str | None = None
) -> Move | None:
    """Moves a locked order on; `now` in Unix seconds. None if the happening means nothing in its state."""
    move = decide(order, happening)
    if move is None:
        return None
    values: dict[str, Any] = {
        **move.values,
        "state": str(move.to),
        "due_at": None if move.wait_s is None else now + move.wait_s,
        "attempts": 0,
    }
    if move.act is Act.CERTIFY:
        await _write_parts(session, order, now)
    elif move.act is not None:
        values["acts"] = order.acts + 1
        await _write(session, order, move, now)
    entered = move.to != order.state
    step = (str(move.to), now, transaction_hash) if entered else None
    cause = type(happening).__name__
    await change_locked(session, order, values, step)
    if entered:
        log.info("order", order=order.id, state=str(move.to), cause=cause, code=order.error_code)
    elif move.act is not None and move.act is not Act.CERTIFY:
        log.info("order act again", order=order.id, act=str(move.act), cause=cause, number=order.acts)
    if move.alarm is not None:
        log.error("operator alarm", order=order.id, state=str(move.to), cause=cause, alarm=move.alarm)
    return move


async def _write_parts(session: AsyncSession, order: Order, now: int) -> None:
    """An effect for each part; after a reorganisation they are there already and stay as they are."""
    for position, part in enumerate(order.further, start=1):
        key, payload = part_key(order.id, position), {"reference": part["reference"]}
        await add_effect(session, order.account, key, str(Act.CERTIFY), payload, now)


async def _write(session: AsyncSession, order: Order, move: Move, now: int) -> None:
    act = move.act or Act.PLACE
    key = effect_key(order.id, order.acts + 1, act)
    reference = move.values.get("reference", order.reference)
    payload: dict[str, Any] = {"reference": reference} if act is Act.PLACE else {"desk_id": order.desk_id}
    await add_effect(session, order.account, key, str(act), payload, now)
