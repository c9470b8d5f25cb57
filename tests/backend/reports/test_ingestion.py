"""Stating many events: accepted, known or rejected by name, and one row each whoever sends them."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select
from stated_events import ENDED, MINE, an_event

from greenledger.evidence.disclosure import workload_hash
from greenledger.footprint.estimate import estimate
from greenledger.footprint.factors import load_factor_set
from greenledger.footprint.parsing import parse_workload
from greenledger.reports import ingestion
from greenledger.reports.errors import ReportRefused
from greenledger.reports.ingestion import Fate, Outcome, StatedEvent, state_events
from greenledger.reports.workloads import CLOCK_SKEW_S, state_workload, workload_json
from greenledger.usage.database import Database
from greenledger.usage.models.workload import Workload
from greenledger.usage.workloads import FirstStated

PROGRAM = Path(__file__).with_name("ingestion_process.py")
FACTORS = load_factor_set()
NOW = ENDED + 100
ACCEPTED, DUPLICATE, REJECTED = Fate.ACCEPTED, Fate.DUPLICATE, Fate.REJECTED


async def state(database: Database, *events: StatedEvent, now: int = NOW) -> list[Outcome]:
    return await state_events(database, MINE, events, FACTORS, now)


async def stored(database: Database) -> list[Workload]:
    async with database.transaction() as session:
        return list(await session.scalars(select(Workload).order_by(Workload.id)))


def fates(outcomes: list[Outcome]) -> list[Fate]:
    return [outcome.fate for outcome in outcomes]


async def test_state_events__new__are_rows_with_estimate_hashes_and_a_salt_each(database: Database) -> None:
    outcomes = await state(database, an_event(1), an_event(2))
    assert fates(outcomes) == [ACCEPTED, ACCEPTED]
    rows = {row.id: row for row in await stored(database)}
    row = rows[outcomes[0].workload_id or ""]
    read = parse_workload(an_event(1).workload)
    assert workload_json(row) == read.canonical()
    assert row.workload_hash == f"0x{workload_hash(read, bytes.fromhex(row.salt[2:])).hex()}"
    made = estimate(read, FACTORS)
    assert row.estimate == json.loads(json.dumps(made.as_json())) | {
        "methodology": row.estimate["methodology"]
    }
    assert (row.event_id, row.created_at) == ("event/1", NOW)
    assert len({row.salt for row in rows.values()}) == 2


async def test_state_events__again_in_another_order__are_duplicates_with_the_same_ids(
    database: Database,
) -> None:
    first = await state(database, an_event(1), an_event(2), an_event(3))
    again = await state(database, an_event(3), an_event(1), an_event(4), an_event(2))
    assert fates(again) == [DUPLICATE, DUPLICATE, ACCEPTED, DUPLICATE]
    ids = {outcome.event_id: outcome.workload_id for outcome in first}
    assert all(ids[outcome.event_id] == outcome.workload_id for outcome in again if outcome.fate is DUPLICATE)
    assert len(await stored(database)) == 4


async def test_state_events__twice_in_one_call__is_one_row(database: Database) -> None:
    outcomes = await state(database, an_event(1), an_event(2), an_event(1))
    assert fates(outcomes) == [ACCEPTED, ACCEPTED, DUPLICATE]
    assert outcomes[0].workload_id == outcomes[2].workload_id


async def test_state_events__event_id_of_other_work__is_rejected_by_name_and_the_others_stay(
    database: Database,
) -> None:
    await state(database, an_event(1))
    outcomes = await state(database, an_event(2), an_event(9, "event/1"), an_event(3), an_event(8, "event/3"))
    assert fates(outcomes) == [ACCEPTED, REJECTED, ACCEPTED, REJECTED]
    for position, named in ((1, "event/1"), (3, "event/3")):
        (error,) = outcomes[position].errors
        assert (outcomes[position].position, outcomes[position].event_id) == (position, named)
        assert error.field == "event_id" and "stands for another workload" in error.problem
    assert len(await stored(database)) == 3


async def test_state_events__same_work_under_another_event__is_accepted_and_names_the_first(
    database: Database,
) -> None:
    (first,) = await state(database, an_event(1))
    outcomes = await state(database, an_event(2), an_event(1, "event/1b"))
    again = await state(database, an_event(1, "event/1b"), an_event(1))
    named = FirstStated(first.workload_id or "", "event/1")
    assert [outcome.same_as for outcome in [first, *outcomes, *again]] == [None, None, named, named, None]
    assert fates(outcomes) == [ACCEPTED, ACCEPTED]


async def test_state_events__same_work_under_two_events_of_a_call__names_the_one_that_a_batch_takes(
    database: Database,
) -> None:
    outcomes = await state(database, an_event(1), an_event(1, "event/1b"), an_event(2))
    first, second = sorted(outcomes[:2], key=lambda outcome: outcome.workload_id or "")
    assert (first.same_as, outcomes[2].same_as) == (None, None)
    assert second.same_as == FirstStated(first.workload_id or "", first.event_id)


async def test_state_events__same_work_of_another_account__is_not_told(database: Database) -> None:
    await state_events(database, "0x" + "22" * 20, [an_event(1)], FACTORS, NOW)
    assert [outcome.same_as for outcome in await state(database, an_event(1))] == [None]


async def test_state_workload__event_whose_workload_is_gone__is_refused_by_name(database: Database) -> None:
    await state(database, an_event(1))
    async with database.transaction() as session:
        await session.execute(delete(Workload))
    with pytest.raises(ReportRefused) as refused:
        await state_workload(database, MINE, an_event(1).workload, "event/1", FACTORS, NOW)
    assert (refused.value.code, refused.value.errors[0].field) == ("erased", "event_id")


async def test_state_events__one_wrong__names_position_and_field_and_stores_the_others(
    database: Database,
) -> None:
    outcomes = await state(
        database, an_event(1), an_event(2, requests="-1", place={"country": "ZZ"}), an_event(3)
    )
    assert fates(outcomes) == [ACCEPTED, REJECTED, ACCEPTED]
    assert [error.field for error in outcomes[1].errors] == ["workload.requests", "workload.place.country"]
    assert all(error.problem and error.expected for error in outcomes[1].errors)
    assert outcomes[1].workload_id is None and len(await stored(database)) == 2


async def test_state_events__wrong_work_under_a_known_event__is_rejected(database: Database) -> None:
    await state(database, an_event(1))
    assert fates(await state(database, an_event(1, requests="x"))) == [REJECTED]


@pytest.mark.parametrize("event_id", ["", "x" * 129, "two words", "nul\x00", "é", "line\n"])
async def test_state_events__event_id_that_cannot_be_one__is_rejected(
    database: Database, event_id: str
) -> None:
    outcomes = await state(database, StatedEvent(event_id, an_event(1).workload), an_event(2))
    assert fates(outcomes) == [REJECTED, ACCEPTED]
    assert [error.field for error in outcomes[0].errors] == ["event_id"]


@pytest.mark.parametrize(("ahead_s", "fate"), [(CLOCK_SKEW_S, ACCEPTED), (CLOCK_SKEW_S + 1, REJECTED)])
async def test_state_events__work_that_ends_ahead_of_our_clock__may_be_so_by_the_skew_of_clocks(
    database: Database, ahead_s: int, fate: Fate
) -> None:
    (outcome,) = await state(database, an_event(1), now=ENDED - ahead_s)
    assert outcome.fate is fate


async def test_state_events__work_that_ends_in_an_hour__says_how_far_ahead(database: Database) -> None:
    (outcome,) = await state(database, an_event(1), now=ENDED - 3600)
    (error,) = outcome.errors
    assert error.field == "workload.end"
    assert error.problem == f"{ENDED} is in the future, {3600 - CLOCK_SKEW_S} s too far ahead"


async def test_state_events__more_than_a_transaction__gives_one_outcome_for_each_in_order(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingestion, "BATCH", 4)
    events = [an_event(number % 9, **({"requests": "x"} if number == 5 else {})) for number in range(11)]
    outcomes = await state(database, *events)
    assert [outcome.position for outcome in outcomes] == list(range(11))
    assert [outcome.event_id for outcome in outcomes] == [event.event_id for event in events]
    assert fates(outcomes) == [*[ACCEPTED] * 5, REJECTED, *[ACCEPTED] * 3, DUPLICATE, DUPLICATE]


async def test_state_events__none__gives_none(database: Database) -> None:
    assert await state(database) == []


async def test_state_events__cut_off_between_transactions__keeps_what_it_stored_and_goes_on(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingestion, "BATCH", 3)
    store, calls = ingestion.add_events, 0

    async def fails_second(*arguments: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise ConnectionError("the machine went away")
        return await store(*arguments)

    monkeypatch.setattr(ingestion, "add_events", fails_second)
    events = [an_event(number) for number in range(8)]
    with pytest.raises(ConnectionError):
        await state(database, *events)
    assert len(await stored(database)) == 3
    assert fates(await state(database, *events)) == [*[DUPLICATE] * 3, *[ACCEPTED] * 5]


async def test_state_workload__event_stated_among_many__is_the_same_row(database: Database) -> None:
    (outcome,) = await state(database, an_event(1))
    row, is_new, _ = await state_workload(database, MINE, an_event(1).workload, "event/1", FACTORS, NOW)
    assert (row.id, is_new) == (outcome.workload_id, False)


async def test_state_events__two_processes_at_once_in_any_order__are_one_row_each(
    database: Database, database_url: str
) -> None:
    started = [
        await asyncio.create_subprocess_exec(
            sys.executable, str(PROGRAM), database_url, str(seed), "150", stdout=subprocess.PIPE
        )
        for seed in (1, 2)
    ]
    answers = [json.loads((await each.communicate())[0]) for each in started]
    assert [each.returncode for each in started] == [0, 0]
    rows = await stored(database)
    assert sorted(row.event_id or "" for row in rows) == sorted(an_event(n).event_id for n in range(150))
    accepted = [event for said in answers for event, fate, _ in said if fate == "accepted"]
    assert sorted(accepted) == sorted({row.event_id for row in rows})
    ids = {row.event_id: row.id for row in rows}
    assert all(ids[event] == workload_id for said in answers for event, _, workload_id in said)
