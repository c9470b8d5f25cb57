"""One rehearsal: everything real and local, orders paid all the time, workers killed all the time."""

from __future__ import annotations

import random
import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from threading import Event
from typing import Any

from scripts.chaos import faults
from scripts.chaos.buyers import Buyer
from scripts.chaos.records import blocks_between, records, spread
from scripts.chaos.stage import MARKET_KEY, Plan, Stage, open_stage
from scripts.chaos.verdict import Verdict, judge

START_S, KILL_S = 60.0, 20.0  # so long the killing may take at most: at the start, and for each kill
END_S = 240.0
OPEN_EACH = 2


@dataclass
class Outcome:
    """What came of it."""

    plan: Plan
    verdict: Verdict
    kills: dict[str, int]
    seconds: float
    final_s: list[int]  # from the final payment to the final certificate, of each minted order
    blocks_s: list[int]  # from the block of the one to the block of the other

    def as_json(self) -> dict[str, Any]:
        found = self.verdict
        return {
            "database": self.plan.database,
            "workers": self.plan.workers,
            "seed": self.plan.seed,
            "kills": sum(self.kills.values()),
            "orders": found.orders,
            "minted": found.minted,
            "refunded": found.refunded,
            "further_parts": found.further_parts,
            "duplicates": found.duplicates,
            "lost": found.lost,
            "certified_ug": str(found.certified_ug),
            "retired_ug": str(found.retired_ug),
            "in_vain_ug": str(found.in_vain_ug),
            "paid_base_units": str(found.paid_base_units),
            "seconds": round(self.seconds, 1),
            "seconds_from_payment_to_certificate": spread(self.blocks_s),
            "seconds_from_final_payment_to_final_certificate": spread(self.final_s),
            "kills_by_place": dict(sorted(self.kills.items())),
            "wrong": found.wrong,
        }


def rehearse(plan: Plan) -> Outcome:
    """Runs one to its end; raises RuntimeError if something of the stage itself breaks."""
    began = time.monotonic()
    chance = random.Random(plan.seed)
    with open_stage(plan, chance) as stage:
        _run(plan, stage, chance)
        stored = records(plan.database_url)
        verdict = judge(stage.chain, stage.buyers, stage.market_file, stored)
        kills, blocks_s = dict(stage.killing.kills), blocks_between(stage.chain)
    final_s = [one.final_s for one in stored.values() if one.final_s is not None]
    return Outcome(plan, verdict, kills, time.monotonic() - began, final_s, blocks_s)


def _run(plan: Plan, stage: Stage, chance: random.Random) -> None:
    """Pays and kills until there were kills enough, then lets everything come to its end."""
    over = Event()
    with ThreadPoolExecutor(len(stage.buyers) + 1) as pool:
        tasks = [pool.submit(stage.killing.run, plan.kills, over)]
        tasks += [pool.submit(_keep_buying, plan, stage, buyer, over) for buyer in stage.buyers]
        try:
            deadline = time.monotonic() + START_S + plan.kills * KILL_S
            while stage.killing.count < plan.kills and time.monotonic() < deadline and not _broken(tasks):
                faults.switch(stage.market_url, MARKET_KEY, faults.drawn(chance))
                time.sleep(chance.uniform(0.5, 2.5))
            faults.switch(stage.market_url, MARKET_KEY, [])
            deadline = time.monotonic() + END_S
            while time.monotonic() < deadline and not _broken(tasks):
                if all(task.done() for task in tasks[1:]) and _is_quiet(plan) and not _open(stage):
                    break
                time.sleep(0.5)
        finally:
            over.set()
    for task in tasks:
        task.result()


def _broken(tasks: list[Future[None]]) -> bool:
    """Whether a part of the stage gave up; why, comes out when the tasks are asked for their results."""
    return any(task.done() and task.exception() is not None for task in tasks)


def _keep_buying(plan: Plan, stage: Stage, buyer: Buyer, over: Event) -> None:
    """One buyer, with so many orders open at a time, until there were kills enough."""
    while stage.killing.count < plan.kills and not over.is_set():
        if len(_open_of(stage, buyer)) < OPEN_EACH:
            buyer.buy(stage.chain, stage.sources)
        else:
            time.sleep(0.2)


def _open(stage: Stage) -> list[str]:
    """Orders whose payment still lies in the desk."""
    return [desk_id for buyer in stage.buyers for desk_id in _open_of(stage, buyer)]


def _open_of(stage: Stage, buyer: Buyer) -> list[str]:
    state = stage.chain.desk.functions.order_state
    return [one.desk_id for one in list(buyer.paid)[-20:] if state(one.desk_id).call() == 1]


def _is_quiet(plan: Plan) -> bool:
    """Whether the database has heard of every end too."""
    return all(one.is_over for one in records(plan.database_url).values())
