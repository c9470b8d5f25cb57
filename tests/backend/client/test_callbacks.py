"""The callbacks for other people's libraries, driven by those libraries themselves."""

from __future__ import annotations

import asyncio
import logging
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from client_owners import Owner
from nodes import until

from greenledger.client import Client, NotConfigured

os.environ.setdefault("LITELLM_LOCAL_MODEL_COST_MAP", "True")  # its price list is not asked for over the net
SECRET = "a text that nobody may store"  # noqa: S105


class Settings:
    """What the Trainer's arguments say, without the torch that makes them."""

    run_name = None
    output_dir = "/somewhere/private/llama-tuned"


def handler_of(callback: Any) -> Any:
    """The library's own dispatcher, as its Trainer builds it."""
    from transformers.trainer_callback import CallbackHandler

    return CallbackHandler([callback], None, None, None, None)


def test_trainer__begins_and_ends__its_run_is_stated_under_the_folders_last_name(
    hours: None, client: Client
) -> None:
    from transformers.trainer_callback import TrainerControl, TrainerState

    from greenledger.client.huggingface import GreenLedgerCallback

    handler = handler_of(GreenLedgerCallback(place="FR", hardware="l4", client=client, strict=True))
    state, control = TrainerState(), TrainerControl()
    handler.on_train_begin(Settings(), state, control)
    handler.on_epoch_end(Settings(), state, control)
    assert client.workloads(500) == []
    handler.on_train_end(Settings(), state, control)
    (one,) = client.workloads(500)
    assert str(one.workload["name"]).startswith("llama-tuned/")
    assert "private" not in str(one.workload)
    assert one.workload["phases"][0]["hardware"] == "l4"


def test_trainer__other_process_of_the_machine__states_nothing(hours: None, client: Client) -> None:
    from transformers.trainer_callback import TrainerControl, TrainerState

    from greenledger.client.huggingface import GreenLedgerCallback

    handler = handler_of(GreenLedgerCallback(hardware="l4", client=client, strict=True))
    state = TrainerState(is_local_process_zero=False)
    handler.on_train_begin(Settings(), state, TrainerControl())
    handler.on_train_end(Settings(), state, TrainerControl())
    assert client.workloads(500) == []


@pytest.mark.parametrize("makes_a_new_callback", [False, True])
def test_trainer__raises_and_trains_again__is_stated_up_to_its_last_step_and_anew(
    hours: None, client: Client, makes_a_new_callback: bool
) -> None:
    from transformers.trainer_callback import TrainerControl, TrainerState

    from greenledger.client.huggingface import GreenLedgerCallback

    options: dict[str, Any] = {"hardware": "l4", "devices": 100, "client": client, "strict": True}
    callback = GreenLedgerCallback("first", **options)
    state, control = TrainerState(), TrainerControl()
    handler_of(callback).on_train_begin(Settings(), state, control)
    time.sleep(1)
    handler_of(callback).on_step_end(Settings(), state, control)
    time.sleep(3)  # it raised, and somebody reads why
    again = handler_of(GreenLedgerCallback("second", **options) if makes_a_new_callback else callback)
    again.on_train_begin(Settings(), TrainerState(), control)
    (first,) = client.workloads(500)
    assert 100 <= int(first.workload["phases"][0]["device_seconds"]) < 300
    again.on_train_end(Settings(), state, control)
    assert len(client.workloads(500)) == 2
    again.on_train_end(Settings(), state, control)
    callback.end_unfinished()
    assert len(client.workloads(500)) == 2


CRASHING = """
from transformers.trainer_callback import CallbackHandler, TrainerControl, TrainerState
from greenledger.client.huggingface import GreenLedgerCallback
class Settings:
    run_name, output_dir = "crashing", "out"
callback = GreenLedgerCallback(hardware="l4")
handler = CallbackHandler([callback], None, None, None, None)
handler.on_train_begin(Settings(), TrainerState(), TrainerControl())
raise RuntimeError("CUDA out of memory")
"""


def test_trainer__raises__what_it_used_is_stated_when_the_process_ends(owner: Owner, client: Client) -> None:
    keys = {"GREENLEDGER_URL": owner.url, "GREENLEDGER_API_KEY": owner.api_key}
    done = subprocess.run(
        [sys.executable, "-c", CRASHING], env=os.environ | keys, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1 and "CUDA out of memory" in done.stderr
    (one,) = client.workloads(500)
    assert str(one.workload["name"]).startswith("crashing/")


@pytest.fixture
def logged(client: Client) -> Iterator[Any]:
    """Our callback, registered with the real library."""
    import litellm

    from greenledger.client.litellm import GreenLedgerLogger

    ours = GreenLedgerLogger(client, place="FR")
    litellm.callbacks = [ours]
    yield ours
    # The library keeps the first callback of a class, whatever is assigned later.
    litellm.logging_callback_manager._reset_all_callbacks()
    ours.close()


def messages() -> list[dict[str, str]]:
    return [{"role": "user", "content": SECRET}]


def contents(folder: Path) -> list[bytes]:
    return [file.read_bytes() for file in folder.rglob("*") if file.is_file()]


async def test_litellm__calls_that_wait_and_that_do_not__are_stated_by_their_tokens_once(
    logged: Any, client: Client, home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    import litellm

    with caplog.at_level(logging.DEBUG):
        first = await asyncio.to_thread(
            litellm.completion,
            model="openai/gpt-4o-2024-08-06",
            messages=messages(),
            mock_response=SECRET,
        )
        second = await litellm.acompletion(model="gpt-4o-mini", messages=messages(), mock_response=SECRET)
        await until(lambda: len(client.workloads(500)) == 2, 30)
    rows = {one.event_id: one.workload for one in client.workloads(500)}
    assert set(rows) == {first.id, second.id}
    stated = rows[first.id]
    assert (stated["model"], stated["requests"], stated["place"]) == ("gpt-4o", "1", {"country": "FR"})
    assert int(stated["input_tokens"]) == first.usage.prompt_tokens
    assert int(stated["output_tokens"]) == first.usage.completion_tokens
    assert rows[second.id]["model"] == "gpt-4o-mini"
    assert SECRET not in str(rows)
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("greenledger")]
    assert SECRET not in " ".join(ours)
    assert not any(SECRET.encode() in content for content in await asyncio.to_thread(contents, home))


async def test_litellm__streamed_answer__is_stated_once_it_is_whole(logged: Any, client: Client) -> None:
    import litellm

    stream = await litellm.acompletion(
        model="gpt-4o", messages=messages(), mock_response="one two three", stream=True
    )
    seen = [chunk async for chunk in stream]
    await until(lambda: len(client.workloads(500)) == 1, 30)
    (one,) = client.workloads(500)
    assert one.event_id == seen[0].id and int(one.workload["output_tokens"]) > 0


def test_litellm__cached_and_reasoning_tokens__are_parts_of_the_others(logged: Any) -> None:
    from datetime import UTC, datetime

    from litellm import Usage

    usage = Usage(
        prompt_tokens=1000,
        completion_tokens=300,
        total_tokens=1300,
        prompt_tokens_details={"cached_tokens": 800},
        completion_tokens_details={"reasoning_tokens": 200},
    )
    now = datetime.now(UTC)
    workload = logged._workload("claude-3-5-sonnet-20241022", usage, now, now)
    expected = {"input_tokens": "1000", "cached_tokens": "800", "output_tokens": "300"}
    assert {name: workload[name] for name in expected} == expected
    assert (workload["reasoning_tokens"], workload["model"]) == ("200", "claude-3.5-sonnet")
    assert workload["start"] < workload["end"]


async def test_litellm__unknown_model__counts_by_request_and_says_so_once(
    logged: Any, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    import litellm

    with caplog.at_level(logging.WARNING, "greenledger"):
        for _ in range(2):
            await litellm.acompletion(model="openai/our-own-model", messages=messages(), mock_response="well")
        await until(lambda: len(client.workloads(500)) == 2, 30)
    assert caplog.text.count("is not in the catalogue") == 1
    assert all("model" not in one.workload for one in client.workloads(500))


@pytest.mark.parametrize("model", ["openai/text-embedding-3-small", "huggingface/bge-m3"])
async def test_litellm__embedding__has_no_id_and_is_stated_under_that_of_its_call(
    logged: Any, client: Client, caplog: pytest.LogCaptureFixture, model: str
) -> None:
    import litellm

    with caplog.at_level(logging.WARNING, "greenledger"):
        made = await litellm.aembedding(model=model, input=[SECRET], mock_response=[0.1, 0.2])
        await until(lambda: len(client.workloads(500)) == 1, 30)
    (one,) = client.workloads(500)
    assert one.event_id == made._hidden_params["litellm_call_id"] and one.workload["requests"] == "1"
    assert "is not stated" not in caplog.text and SECRET not in str(one.workload)


def test_litellm__no_gateway_or_no_key__is_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    from greenledger.client.litellm import GreenLedgerLogger

    with pytest.raises(NotConfigured, match="GREENLEDGER_URL"):
        GreenLedgerLogger()
    monkeypatch.setenv("GREENLEDGER_URL", "http://127.0.0.1:9")
    with pytest.raises(NotConfigured, match="GREENLEDGER_API_KEY"):
        GreenLedgerLogger()


@pytest.mark.parametrize(
    "response", [None, {}, {"usage": {}}, {"usage": {"prompt_tokens": "many"}, "id": 7}, object()]
)
def test_litellm__response_of_another_shape__never_raises(logged: Any, client: Client, response: Any) -> None:
    logged.log_success_event({"model": "gpt-4o"}, response, None, None)
    assert client.spool.waiting() == 0
