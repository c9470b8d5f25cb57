"""Single moves of an order, and what the state machine has found once."""

from __future__ import annotations

import pytest
from order_world import DAY_S, OPEN, REFUNDED, World

from greenledger.offsets.machine import Act, Progress
from greenledger.offsets.words import ended, waits_for


def paid() -> World:
    world = World()
    world.emit("opened", OPEN)
    world.follow()
    return world


def test_decline__refund_of_somebody_taken_back_by_a_reorganisation__is_still_sent() -> None:
    world = paid()
    world.now += 8 * DAY_S
    world.emit("deadline", REFUNDED)
    world.work()  # nothing is bought that late
    assert world.order.state == Progress.REFUNDING
    world.work()  # the desk is closed by somebody's refund that is not final
    world.reorganise(1)
    assert [effect.kind for effect in world.effects] == [Act.DECLINE]
    world.work()
    world.follow()
    assert world.order.state == Progress.REFUNDED


def test_place__reply_lost_and_the_market_lists_late__is_never_bought_at_a_second_price() -> None:
    world = paid()
    world.mood, world.lags = "cut", True
    world.work()
    world.mood = "refuses"
    for _ in range(5):
        world.work()
        world.now += 5
    assert (len(world.purchases), world.requotes) == (1, 0)
    assert world.order.state == Progress.PAID
    world.listed |= set(world.purchases)
    world.work()
    assert world.order.state == Progress.PLACED


def test_place__refused_at_the_first_request__asks_for_one_other_price() -> None:
    world = paid()
    world.mood = "refuses"
    world.work()
    assert (world.order.state, world.order.reference, world.order.requotes) == (Progress.PAID, "r1", 1)
    world.work()
    assert (world.order.state, world.order.error_code) == (Progress.REFUNDING, "market_refused")
    assert world.purchases == {}


def test_place__uncertain_and_then_refused_for_long__gives_the_money_back() -> None:
    world = paid()
    world.mood = "down"
    world.work()
    assert world.order.asked_at is not None
    world.now += world.parts.rules.settle_s
    world.mood = "refuses"
    world.work()
    world.work()
    assert world.order.state == Progress.REFUNDING


def test_place__market_without_idempotency_key__waits_until_its_list_can_be_trusted() -> None:
    world = paid()
    object.__setattr__(world.parts, "listed_after_s", {"market": 300})
    world.mood, world.lags = "cut", True
    world.work()
    world.purchases.clear()  # the request had never arrived
    world.mood, world.lags = "good", False
    world.now += 299
    world.work()
    assert world.purchases == {}
    world.now += 1
    world.work()
    assert world.order.state == Progress.PLACED and len(world.purchases) == 1


def test_place__market_without_idempotency_key_and_a_short_settling_time__is_not_declined_too_early() -> None:
    world = paid()
    object.__setattr__(world.parts, "listed_after_s", {"market": 300})
    world.mood, world.lags = "cut", True
    world.work()
    world.now += 8 * DAY_S - 300  # nothing is bought that late
    world.order.asked_at = world.now - world.parts.rules.settle_s
    world.work()
    assert world.order.state == Progress.PAID
    world.now = world.order.asked_at + 300
    world.listed |= set(world.purchases)
    world.work()
    assert (world.order.state, len(world.purchases)) == (Progress.PLACED, 1)


@pytest.mark.parametrize("state", list(Progress))
def test_words__of_every_state__say_what_is_waited_for_or_how_it_ended(state: Progress) -> None:
    world = World()
    world.order.state = str(state)
    assert (waits_for(world.order) is None) != (ended(world.order) is None)
