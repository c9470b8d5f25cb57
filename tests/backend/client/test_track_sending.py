"""`track` and its gateway: the statement gets there now or later, and as nobody else's."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from client_owners import Owner
from scripted_server import Asked, ScriptedServer, as_json
from tracked_blocks import H100, only

from greenledger.client import (
    Client,
    ClientError,
    Conflict,
    Connection,
    NotConfigured,
    Retries,
    handing_over,
    track,
)
from greenledger.client.spool import REFUSED, Event, Spool

BOUNDS = {"low": "1", "central": "2", "high": "3"}
STATED = {
    "id": "0" * 32,
    "event_id": "e",
    "workload": {},
    "methodology": "0x00",
    "estimate": {"total_ug": BOUNDS, "energy_uwh": BOUNDS, "tier": 5},
}


def name_of(asked: Asked) -> str:
    """What the stated block was called."""
    return str(json.loads(asked.body)["workload"]["name"]).split("/")[0]


@pytest.fixture
def nobody(client: Client) -> Iterator[Client]:
    """A client whose gateway does not answer, with the same spool."""
    gone = Connection("http://127.0.0.1:9", "gl_key", retries=Retries(attempts=1), timeout_s=1.0)
    with Client(connection=gone, spool=client.spool) as opened:
        yield opened


@pytest.fixture
def environment(owner: Owner, monkeypatch: pytest.MonkeyPatch) -> None:
    """Gateway and key are in the environment, as in CI."""
    monkeypatch.setenv("GREENLEDGER_URL", owner.url)
    monkeypatch.setenv("GREENLEDGER_API_KEY", owner.api_key)


def test_gateway__down__the_work_is_kept_and_sent_with_the_next_run(
    hours: None, client: Client, nobody: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, "greenledger"), track("first", client=nobody, **H100):
        pass
    assert "1 pieces of work are kept and sent later" in caplog.text
    with track("second", client=client, **H100):
        pass
    stated = {str(one.workload["name"]).split("/")[0] for one in client.workloads(500)}
    assert stated == {"first", "second"} and client.spool.waiting() == 0


def test_gateway__down_and_strict__raises_after_the_block_and_keeps_the_work(
    hours: None, nobody: Client
) -> None:
    done = []
    with pytest.raises(ClientError, match="no answer"), track("run", client=nobody, strict=True, **H100):
        done.append("the block")
    assert done == ["the block"] and nobody.spool.waiting() == 1


def test_disk__full__the_work_is_sent_at_once(
    hours: None, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    client.spool.folder.mkdir(parents=True)
    (client.spool.folder / "pending.jsonl").symlink_to("/dev/full")
    with caplog.at_level(logging.WARNING, "greenledger"), track("run", client=client, **H100):
        pass
    assert "cannot be kept on disk" in caplog.text
    assert str(only(client)["name"]).startswith("run/")


def test_disk_full_and_gateway_down__is_a_warning_and_nothing_more(
    hours: None, nobody: Client, caplog: pytest.LogCaptureFixture
) -> None:
    nobody.spool.folder.parent.mkdir(parents=True)
    nobody.spool.folder.write_text("a file where the folder should be")
    with caplog.at_level(logging.WARNING, "greenledger"), track("run", client=nobody, **H100):
        done = True
    assert done and "'run' is not stated" in caplog.text


def test_no_gateway_configured__is_a_warning(hours: None, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "greenledger"), track("run", **H100):
        before = caplog.text
    assert "GREENLEDGER_URL" in before and caplog.text == before
    with pytest.raises(NotConfigured), track("run", strict=True, **H100):
        raise AssertionError("the block ran")


def test_no_key__is_a_warning_before_the_block(
    hours: None, owner: Owner, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("GREENLEDGER_URL", owner.url)
    with caplog.at_level(logging.WARNING, "greenledger"), track("run", **H100):
        before = caplog.text
    assert "GREENLEDGER_API_KEY" in before and caplog.text == before


def test_home__is_no_folder__the_environment_is_enough(
    hours: None, environment: None, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_CONFIG_HOME")
    monkeypatch.delenv("XDG_STATE_HOME")
    monkeypatch.setenv("HOME", "/dev/null")
    with track("run", strict=True, **H100):
        pass
    assert str(only(client)["name"]).startswith("run/")


def test_login__cannot_be_read__the_environment_is_enough(
    hours: None, environment: None, client: Client, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "config" / "greenledger").mkdir()
    (home / "config" / "greenledger" / "login.json").write_text("cut o")
    with track("run", strict=True, **H100):
        pass
    assert str(only(client)["name"]).startswith("run/")
    monkeypatch.delenv("GREENLEDGER_API_KEY")
    with pytest.raises(NotConfigured, match="is no login"), track("run", strict=True, **H100):
        raise AssertionError("the block ran")


def test_work_kept_under_one_key__is_not_sent_with_another(
    hours: None, scripted: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GREENLEDGER_URL", scripted.url)
    scripted.will("POST /v1/workloads", as_json({"code": "busy", "detail": "Later."}, 503))
    for key in ("gl_alice", "gl_bob", "gl_alice"):
        monkeypatch.setenv("GREENLEDGER_API_KEY", key)
        with track(key, **H100):
            pass
    scripted.will("POST /v1/workloads", as_json(STATED, 201))
    scripted.asked.clear()
    for key in ("gl_alice", "gl_bob"):
        monkeypatch.setenv("GREENLEDGER_API_KEY", key)
        with track(key, **H100):
            pass
    sent = [(one.headers["authorization"], name_of(one)) for one in scripted.asked]
    assert sorted(sent) == [("Bearer gl_alice", "gl_alice")] * 3 + [("Bearer gl_bob", "gl_bob")] * 2


def test_backlog__longer_than_there_is_time__goes_after_the_own_event_and_waits(
    hours: None, scripted: ScriptedServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handing_over, "WITHIN_S", 1.0)
    answer = as_json(STATED, 201)
    answer.delay_s = 0.1
    scripted.will("POST /v1/workloads", answer)
    spool = Spool(tmp_path / "spool")
    for number in range(100):
        spool.add(Event(f"before-{number}", {"name": "before"}))
    with Client(connection=Connection(scripted.url, "gl_key"), spool=spool) as client:
        block = track("own", client=client, strict=True, **H100)
        with block:
            pass
    assert [name_of(one) for one in scripted.asked[:2]] == ["own", "before"]
    assert len(scripted.asked) < 30 and spool.waiting() == 101 - len(scripted.asked)


def test_event_refused__strict__raises_and_sets_it_apart(hours: None, client: Client) -> None:
    with track("first", client=client, event_id="job-7", **H100):
        pass
    with (
        pytest.raises(Conflict),
        track("second", client=client, event_id="job-7", strict=True, **H100),
    ):
        pass
    assert client.spool.waiting() == 0 and (client.spool.folder / REFUSED).exists()


def test_environment__says_gateway_and_key__is_enough(
    hours: None, owner: Owner, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GREENLEDGER_URL", owner.url)
    monkeypatch.setenv("GREENLEDGER_API_KEY", owner.api_key)
    with track("run", strict=True, **H100):
        pass
    assert str(only(client)["name"]).startswith("run/")
