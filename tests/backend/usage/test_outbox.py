"""The outbox: an effect and its state together or not at all, one effect for each key, one outcome."""

from __future__ import annotations

import pytest
from order_rows import MINE, an_order, with_orders

from greenledger.usage import orders, outbox
from greenledger.usage.database import Database
from greenledger.usage.models.outbox import Effect
from greenledger.usage.outbox import EffectDiffers

NOW = 1_000
THEIRS = "0x" + "22" * 20


async def add(
    database: Database, key: str = "order/a/place", account: str = MINE, amount: str = "5"
) -> Effect:
    async with database.transaction() as session:
        return await outbox.add_effect(session, account, key, "place", {"amount_ug": amount}, NOW)


async def take(database: Database, worker: str = "w", now: int = NOW, kind: str = "place") -> list[Effect]:
    async with database.transaction() as session:
        return await outbox.take_effects(session, kind, worker, now, 30, 10)


async def finish(database: Database, effect: Effect, reference: str) -> bool:
    async with database.transaction() as session:
        return await outbox.finish_effect(session, effect, {"reference": reference}, NOW + 5)


async def stored(database: Database, key: str = "order/a/place") -> Effect:
    async with database.transaction() as session:
        found = await outbox.get_effect(session, MINE, key)
    assert found is not None
    return found


async def test_add_effect__with_a_step_that_fails__leaves_neither(database: Database) -> None:
    await with_orders(database, ("a", NOW))
    with pytest.raises(RuntimeError, match="killed"):
        async with database.transaction() as session:
            (order,) = await orders.due_orders(session, NOW, 1)
            await orders.apply_change(session, order, {"state": "paid"}, ("paid", NOW))
            await outbox.add_effect(session, MINE, "order/a/place", "place", {}, NOW)
            raise RuntimeError("killed")
    async with database.transaction() as session:
        assert [order.state for order in await orders.due_orders(session, NOW, 1)] == ["placed"]
    assert await take(database) == []


async def test_add_effect__again__is_the_same_one_with_what_became_of_it(database: Database) -> None:
    await add(database)
    (taken,) = await take(database)
    assert await finish(database, taken, "r")
    again = await add(database)
    assert (again.result, again.done_at, again.due_at) == ({"reference": "r"}, NOW + 5, None)
    assert await take(database, now=NOW + 1_000) == []


async def test_add_effect__key_of_another_effect__is_refused(database: Database) -> None:
    await add(database)
    with pytest.raises(EffectDiffers, match=r"order/a/place was used for another place, expected a key"):
        await add(database, amount="6")
    other = await add(database, account=THEIRS, amount="6")  # keys are an account's own
    assert other.payload == {"amount_ug": "6"}


async def test_take_effects__of_one_kind__leaves_the_others_and_counts_attempts(database: Database) -> None:
    await add(database)
    assert await take(database, kind="refund") == []
    (first,) = await take(database)
    assert (first.key, first.attempts, first.locked_by) == ("order/a/place", 1, "w")
    assert await take(database, "v") == []
    (second,) = await take(database, "v", NOW + 30)
    assert (second.attempts, second.locked_by) == (2, "v")


async def test_finish_effect__by_a_worker_that_lost_it__keeps_the_outcome_of_the_other(
    database: Database,
) -> None:
    await add(database)
    (slow,) = await take(database, "slow")
    (other,) = await take(database, "other", NOW + 30)
    assert not await finish(database, slow, "late")
    assert await finish(database, other, "r")
    assert not await finish(database, slow, "later still")
    assert (await stored(database)).result == {"reference": "r"}


async def test_postpone_effect__until_later__is_due_then_and_says_why(database: Database) -> None:
    await add(database)
    (taken,) = await take(database)
    async with database.transaction() as session:
        assert await outbox.postpone_effect(session, taken, NOW + 60, "the market is away" * 100)
    waiting = await stored(database)
    assert (waiting.due_at, len(waiting.error or "")) == (NOW + 60, 1000)
    assert await take(database, now=NOW + 59) == []
    (again,) = await take(database, now=NOW + 60)
    assert await finish(database, again, "r")
    assert (await stored(database)).error is None


async def test_add_effect__two_steps_of_different_orders__are_two_effects(database: Database) -> None:
    await add(database, "order/a/place")
    await add(database, "order/b/place")
    assert [effect.key for effect in await take(database)] == ["order/a/place", "order/b/place"]
    assert an_order("a", None).locked_by is None
