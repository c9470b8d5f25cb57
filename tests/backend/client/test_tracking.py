"""`track`: what a block used is stated, and nothing of ours ever gets in its way."""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from client_owners import Owner
from tracked_blocks import H100, only

from greenledger.client import Client, track
from greenledger.client.measuring import CodeCarbonMeter, NotMeasured
from greenledger.footprint.fields import InvalidWorkload


def test_block__hardware_said__is_stated_in_device_seconds(hours: None, client: Client) -> None:
    began = int(time.time())
    with track("fine-tune", kind="fine-tuning", place="US-CA", client=client, **H100):
        time.sleep(1.2)
    found = only(client)
    assert found["kind"] == "fine-tuning" and str(found["name"]).startswith("fine-tune/")
    assert found["place"] == {"country": "US", "state": "CA"}
    (phase,) = found["phases"]
    assert phase["hardware"] == "h100-sxm-80gb" and 9 <= int(phase["device_seconds"]) <= 60
    assert began - 1 <= int(found["start"]) < int(found["end"]) <= int(time.time()) + 1


def test_block__fails__its_own_exception_comes_through_and_the_work_is_stated(
    hours: None, client: Client
) -> None:
    class Broke(Exception):
        """Of the user's own code."""

    with pytest.raises(Broke), track("run", client=client, strict=True, **H100):
        raise Broke
    assert only(client)["phases"][0]["hardware"] == "h100-sxm-80gb"


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, SystemExit])
def test_block__interrupted__is_stated_until_then(
    hours: None, client: Client, interruption: type[BaseException]
) -> None:
    with pytest.raises(interruption), track("run", client=client, **H100):
        raise interruption
    assert len(client.workloads(500)) == 1


BAD: list[dict[str, Any]] = [
    {"hardware": "h1000"},
    {"hardware": "h100-sxm-80gb", "devices": 0},
    {"hardware": "h100-sxm-80gb", "devices": "eight"},
    {"place": "ZZ", **H100},
    {"kind": "dreaming", **H100},
    {"stated": {"pue_ppm": "1"}, **H100},
    {"place": 7, **H100},
]


@pytest.mark.parametrize("wrong", BAD, ids=str)
def test_bad_input__warns_before_the_block_runs_and_never_raises(
    hours: None, client: Client, caplog: pytest.LogCaptureFixture, wrong: dict[str, Any]
) -> None:
    with caplog.at_level(logging.WARNING, "greenledger"), track("run", client=client, **wrong):
        warned = "is not stated" in caplog.text
    assert warned and client.workloads(500) == [] and client.spool.waiting() == 0
    assert "GREENLEDGER_TRACKING" not in os.environ


def test_bad_input__strict__raises_before_the_block(hours: None, client: Client) -> None:
    with (
        pytest.raises(InvalidWorkload, match="hardware"),
        track("run", client=client, strict=True, hardware="h1000"),
    ):
        raise AssertionError("the block ran")


def test_nothing_to_measure_with__says_what_to_state_and_sends_nothing(
    hours: None, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, "greenledger"), track("run", client=client):
        pass
    assert "'run' is not stated" in caplog.text and "NVIDIA driver" in caplog.text
    assert client.workloads(500) == []


def test_block__entered_again_before_it_is_left__ends_with_the_outermost(hours: None, client: Client) -> None:
    block = track("run", client=client, **H100)
    with block:
        with block:
            pass
        assert client.workloads(500) == []
    assert len(client.workloads(500)) == 1


def test_block__ended_as_noted__counts_until_then(hours: None, client: Client) -> None:
    block = track("run", client=client, strict=True, **H100)
    block.__enter__()
    block.note()
    time.sleep(2.5)
    block.end_as_noted()
    found = only(client)
    assert int(found["phases"][0]["device_seconds"]) <= 8 and int(found["end"]) - int(found["start"]) <= 2
    with track("next", client=client, **H100):
        pass
    assert len(client.workloads(500)) == 2


def test_nested_blocks__the_outermost_is_stated_once(hours: None, client: Client) -> None:
    with track("outer", client=client, **H100), track("inner", client=client, **H100):
        pass
    assert str(only(client)["name"]).startswith("outer/")
    with track("next", client=client, **H100):
        pass
    assert len(client.workloads(500)) == 2


def test_decorator__each_call_is_a_run_of_its_own(hours: None, client: Client) -> None:
    @track("step", client=client, **H100)
    def double(number: int) -> int:
        """Doubles."""
        return 2 * number

    assert (double(2), double(number=3), double.__name__, double.__doc__) == (4, 6, "double", "Doubles.")
    assert len({one.workload["name"] for one in client.workloads(500)}) == 2


async def test_decorator__coroutine_function__is_awaited_and_stated(hours: None, client: Client) -> None:
    @track("step", client=client, **H100)
    async def double(number: int) -> int:
        await asyncio.sleep(0)
        return 2 * number

    assert await double(2) == 4
    async with track("block", client=client, **H100):
        await asyncio.sleep(0)
    stated = await asyncio.to_thread(client.workloads, 500)
    assert {str(one.workload["name"]).split("/")[0] for one in stated} == {"step", "block"}


def test_decorator__generator_function__is_refused_at_once(hours: None, client: Client) -> None:
    def steps() -> Iterator[int]:
        yield 1

    async def waiting_steps() -> AsyncIterator[int]:
        yield 1

    for function in (steps, waiting_steps):
        with pytest.raises(TypeError, match="is a generator function"):
            track("steps", client=client, **H100)(function)


CHILD = """
import logging, sys
logging.basicConfig(level=logging.INFO)
from greenledger.client import track
with track("child", hardware="h100-sxm-80gb"):
    pass
"""


def test_child_process__of_a_tracked_block__is_a_part_of_it(
    hours: None, owner: Owner, client: Client
) -> None:
    keys = {"GREENLEDGER_URL": owner.url, "GREENLEDGER_API_KEY": owner.api_key}
    with track("parent", client=client, **H100):
        done = subprocess.run(
            [sys.executable, "-c", CHILD], env=os.environ | keys, capture_output=True, text=True, check=True
        )
    assert "a part of it" in done.stderr
    assert str(only(client)["name"]).startswith("parent/")


def _leave(block: track) -> None:
    block.__exit__(None, None, None)


def test_fork__leaving_the_parents_block__states_nothing(hours: None, client: Client) -> None:
    block = track("parent", client=client, **H100)
    block.__enter__()
    child = multiprocessing.get_context("fork").Process(target=_leave, args=(block,))
    child.start()
    child.join()
    assert (child.exitcode, client.workloads(500)) == (0, [])
    block.__exit__(None, None, None)
    assert len(client.workloads(500)) == 1


@pytest.mark.parametrize("variable", ["LOCAL_RANK", "SLURM_LOCALID", "OMPI_COMM_WORLD_LOCAL_RANK"])
def test_ranks__of_one_machine__only_the_first_states_it(
    hours: None, client: Client, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    for rank in ("1", "7"):
        monkeypatch.setenv(variable, rank)
        with track("run", client=client, **H100):
            pass
    assert client.workloads(500) == []
    monkeypatch.setenv(variable, "0")
    for node in ("0", "1"):
        monkeypatch.setenv("GROUP_RANK", node)
        with track("run", client=client, event_id="job-7", **H100):
            pass
    assert {one.event_id for one in client.workloads(500)} == {"job-7", "job-7-node1"}


def test_codecarbon__installed__its_energy_is_stated(client: Client) -> None:
    with track("measured", place="FR", client=client, strict=True):
        until = time.monotonic() + 2
        while time.monotonic() < until:
            sum(range(10_000))
    found = only(client)
    assert int(found["measured_uwh"]) > 0 and found["measurement_scope"] == "device"
    assert found["place"] == {"country": "FR"} and "phases" not in found
    assert not list(Path.cwd().glob("emissions*.csv"))


def test_codecarbon__stopped_as_noted__gives_what_it_had_counted() -> None:
    meter = CodeCarbonMeter(None, every_s=0.5)
    meter.start()
    time.sleep(2)
    meter.note()
    time.sleep(2)
    noted = meter.stop(as_noted=True)
    whole = round(meter._tracker.final_emissions_data.energy_consumed * 10**9)
    assert 0 < int(str(noted["measured_uwh"])) < 0.9 * whole


@pytest.mark.parametrize("method", ["start", "stop"])
def test_codecarbon__raises__hardware_hours_are_stated_instead(
    client: Client, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    from codecarbon import OfflineEmissionsTracker

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a sensor that only this machine has")

    monkeypatch.setattr(OfflineEmissionsTracker, method, broken)
    with track("run", client=client, strict=True, **H100):
        pass
    assert "measured_uwh" not in only(client) and only(client)["phases"]


def test_codecarbon__broken_and_no_hardware_known__is_a_warning(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_meter: object, **_: object) -> dict[str, object]:
        raise NotMeasured("nothing was counted")

    monkeypatch.setattr(CodeCarbonMeter, "stop", broken)
    with caplog.at_level(logging.WARNING, "greenledger"), track("run", client=client):
        pass
    assert "nothing was counted" in caplog.text and client.workloads(500) == []
