"""The spool: nothing is lost without a word, nothing is sent twice, and processes share it."""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from client_owners import Owner
from nodes import workload
from scripted_server import ScriptedServer, as_json

from greenledger.client import Client, Connection, Retries, sync
from greenledger.client.courier import Courier
from greenledger.client.delivery import flush
from greenledger.client.spool import PENDING, REFUSED, Event, Spool, SpoolFull, spool_folder

ADD = """
import sys
from pathlib import Path
from greenledger.client.spool import Event, Spool
spool = Spool(Path(sys.argv[1]))
for index in range(int(sys.argv[3])):
    spool.add(Event(f"{sys.argv[2]}-{index}", {"n": index}))
"""
HOLD = """
import sys
from pathlib import Path
from greenledger.client.spool import Spool
with Spool(Path(sys.argv[1])).sending() as files:
    for file, events in files:
        print("sending", len(events), flush=True)
    sys.stdin.read()
"""


def event(number: int) -> Event:
    return Event(f"event-{number}", workload(name=f"run {number}"))


def ids(spool: Spool) -> list[str]:
    """What waits, as the next sender sees it."""
    with spool.sending() as files:
        assert files is not None
        return [one.event_id for _, events in files for one in events]


def names(client: Client) -> set[str]:
    return {str(one.workload["name"]) for one in client.workloads(500)}


def away(client: Client, owner: Owner) -> Client:
    """The same client while nobody listens."""
    gone = Connection("http://127.0.0.1:9", owner.api_key, retries=Retries(attempts=1), timeout_s=1.0)
    return Client(connection=gone, spool=client.spool)


def test_flush__gateway_away_then_back__sends_everything_once(owner: Owner, client: Client) -> None:
    with away(client, owner) as alone:
        kept = [alone.keep(workload(name=f"run {index}")) for index in range(3)]
        first = alone.flush()
        assert (first.sent, first.waiting) == (0, 3) and "127.0.0.1:9" in str(first.reason)
    assert client.spool.waiting() == 3
    done = client.flush()
    assert (done.sent, done.refused, done.waiting, done.reason) == (3, 0, 0, None)
    assert names(client) == {"run 0", "run 1", "run 2"}
    assert client.flush().sent == 0 and len(set(kept)) == 3
    assert not list(client.spool.folder.glob("*.jsonl"))


def test_flush__sender_killed_in_between__the_next_one_sends_all_and_nothing_twice(
    owner: Owner, client: Client
) -> None:
    for number in range(5):
        client.spool.add(event(number))
    client.submit(workload(name="run 0"), "event-0")  # what the killed one had sent already
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(client.spool.folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None and holder.stdout.readline() == "sending 5\n"
        client.spool.add(event(5))
        assert client.flush().busy
        holder.send_signal(signal.SIGKILL)
    done = client.flush()
    assert (done.sent, done.busy) == (6, False)
    assert names(client) == {f"run {number}" for number in range(6)}
    assert len(client.workloads(500)) == 6


def test_add__many_processes_at_once__loses_no_line(tmp_path: Path) -> None:
    folder = tmp_path / "spool"
    running = [
        subprocess.Popen([sys.executable, "-c", ADD, str(folder), name, "40"]) for name in ("a", "b", "c")
    ]
    assert [process.wait() for process in running] == [0, 0, 0]
    expected = {f"{name}-{index}" for name in ("a", "b", "c") for index in range(40)}
    found = ids(Spool(folder))
    assert len(found) == 120 and set(found) == expected


def test_last_line__cut_off_by_a_crash__loses_only_itself_and_says_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    spool = Spool(tmp_path / "spool")
    spool.add(event(1))
    with (spool.folder / PENDING).open("ab") as stream:
        stream.write(event(2).line()[:40])
    spool.add(event(3))
    with caplog.at_level(logging.WARNING, "greenledger"):
        assert ids(spool) == ["event-1", "event-3"]
    assert "line 2 was cut off by a crash and is lost" in caplog.text


def test_add__no_room_left__drops_the_oldest_and_names_them(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    size = len(event(1).line())
    spool = Spool(tmp_path / "spool", 3 * size)
    with caplog.at_level(logging.WARNING, "greenledger"):
        for number in range(1, 6):
            spool.add(event(number))
    assert ids(spool) == ["event-3", "event-4", "event-5"]
    assert "1 of the oldest events are lost, from event-1 to event-1" in caplog.text
    assert (spool.folder / "send.lock").exists()
    with pytest.raises(SpoolFull, match="expected <="):
        Spool(tmp_path / "tiny", 10).add(event(1))


def test_refused_event__stays_apart_with_its_reason__and_the_others_go(client: Client) -> None:
    client.spool.add(event(1))
    client.spool.add(Event("bad", workload(place={"country": "ZZ"})))
    client.spool.add(event(2))
    done = client.flush()
    assert (done.sent, done.refused, done.waiting) == (2, 1, 0)
    (line,) = (client.spool.folder / REFUSED).read_text().splitlines()
    kept = json.loads(line)
    assert kept["event_id"] == "bad" and "place.country" in kept["reason"]


def test_flush__key_refused__keeps_everything(owner: Owner, client: Client) -> None:
    client.spool.add(event(1))
    with Client(connection=owner.connection(api_key="gl_wrong_key"), spool=client.spool) as stranger:
        done = stranger.flush()
    assert (done.sent, done.waiting) == (0, 1) and "401" in str(done.reason)
    assert client.flush().sent == 1


def test_disk__full__raises_and_leaves_no_half_line(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool")
    spool.add(event(1))
    (spool.folder / PENDING).unlink()
    (spool.folder / PENDING).symlink_to("/dev/full")
    with pytest.raises(OSError, match="No space left"):
        spool.add(event(2))


def test_spool__files__are_readable_by_their_owner_alone(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool")
    spool.add(event(1))
    assert (spool.folder / PENDING).stat().st_mode & 0o777 == 0o600
    assert spool.folder.stat().st_mode & 0o777 == 0o700


def test_folder__of_another_gateway_or_account__is_another(tmp_path: Path) -> None:
    folders = {
        spool_folder(tmp_path, "http://a.test", None),
        spool_folder(tmp_path, "http://b.test", None),
        spool_folder(tmp_path, "http://a.test", "0xAB"),
    }
    assert len(folders) == 3
    assert spool_folder(tmp_path, "http://a.test", None, "gl_a") not in folders
    assert spool_folder(tmp_path, "http://a.test/", "0xab") in folders
    assert all(os.sep not in folder.name and "test" not in folder.name for folder in folders)


def test_folder__account_unknown__is_the_keys_own(tmp_path: Path) -> None:
    of_key = spool_folder(tmp_path, "http://a.test", None, "gl_a")
    assert of_key == spool_folder(tmp_path, "http://a.test/", None, "gl_a")
    assert of_key != spool_folder(tmp_path, "http://a.test", None, "gl_b")
    assert "gl_a" not in str(of_key)
    # A new key of the same account finds what the one before left.
    known = [spool_folder(tmp_path, "http://a.test", "0xab", key) for key in ("gl_a", "gl_b", None)]
    assert len(set(known)) == 1 and of_key not in known


def test_add__no_room_after_failed_sends__drops_the_oldest_of_those(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    size = len(event(1).line())
    spool = Spool(tmp_path / "spool", 4 * size)
    with caplog.at_level(logging.WARNING, "greenledger"):
        for number in range(1, 8):
            spool.add(event(number))
            if number != 6:
                ids(spool)  # a sender that fails leaves its file as it is
            files = spool.folder.glob("*.jsonl")
            assert sum(file.stat().st_size for file in files) <= spool.most_bytes
    assert ids(spool) == ["event-4", "event-5", "event-6", "event-7"]
    assert "from event-3 to event-3" in caplog.text


def test_add__no_room_while_somebody_sends__leaves_what_is_being_sent(tmp_path: Path) -> None:
    size = len(event(1).line())
    spool = Spool(tmp_path / "spool", 2 * size)
    spool.add(event(1))
    spool.add(event(2))
    with spool.sending() as files:
        assert files is not None
        file, events = next(files)
        for number in range(3, 6):
            spool.add(event(number))
        spool.keep(file, events[1:])
    assert ids(spool) == ["event-2", "event-4", "event-5"]
    spool.add(event(6))
    assert ids(spool) == ["event-5", "event-6"]


def test_forget__takes_out_one_event_and_no_other_work_of_its_id(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool")
    for one in (event(1), event(2), Event("event-2", {"other": "work"})):
        spool.add(one)
    spool.forget(event(2))
    assert ids(spool) == ["event-1", "event-2"]
    spool.forget(event(1))
    assert spool.waiting() == 2  # a sender has it already


def test_flush__time_is_up__begins_no_other_event(client: Client) -> None:
    for number in range(3):
        client.spool.add(event(number))
    with sync.new_http() as http:
        done = sync.run(flush(client.connection, client.spool, 0.0), http)
    assert (done.sent, done.waiting) == (0, 3) and "no more time" in str(done.reason)
    assert client.flush().sent == 3


def test_courier__taken_after_its_close__is_sent_all_the_same(client: Client) -> None:
    courier = Courier(client, every_s=0.05)
    courier.take("before", workload(name="before"))
    courier.close()
    assert names(client) == {"before"}
    courier.take("after", workload(name="after"))
    courier.close()
    courier.close()
    assert names(client) == {"before", "after"} and client.spool.waiting() == 0


def test_flush__two_threads_at_once__send_each_event_once(scripted: ScriptedServer, tmp_path: Path) -> None:
    row = {"id": "0" * 32, "event_id": "e", "workload": {}, "methodology": "0x00"}
    bounds = {"low": "1", "central": "2", "high": "3"}
    made = row | {"estimate": {"total_ug": bounds, "energy_uwh": bounds, "tier": 5}}
    scripted.will("POST /v1/workloads", as_json(made, 201))
    spool = Spool(tmp_path / "spool")
    for number in range(20):
        spool.add(event(number))

    def send() -> None:
        with Client(connection=Connection(scripted.url, "gl_key"), spool=spool) as client:
            client.flush()

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert scripted.count("POST /v1/workloads") == 20 and spool.waiting() == 0
