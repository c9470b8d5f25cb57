"""`greenledger check`, `submit`, `flush`, `record`, `status`, `badge`, `export`: from work to the chain."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from command_people import Person, write_keystore
from deployed import Deployed
from nodes import ORIGIN, new_person, workload
from scripted_server import as_json
from typer.testing import CliRunner

from greenledger.cli.completion import hardware_names
from greenledger.cli.main import app
from greenledger.client import handing_over, measuring, track

Write = Callable[[str, object], str]
L4 = ("--hardware", "l4", "--hours", "2.5", "--place", "FR")
HEADER = "kind,start,end,requests,name"
CODECARBON = (
    "timestamp,project_name,run_id,duration,emissions,energy_consumed,country_name,country_iso_code\n"
    "2025-11-01T10:00:00,tuning,run-1,3600,0.1,2.5,France,FRA\n"
)


def row(name: str) -> str:
    return f"inference,1700000000,1700003600,10,{name}"


def alone(*words: str, code: int = 0) -> Any:
    """The command of somebody without a gateway."""
    result = CliRunner().invoke(app, list(words), env={"COLUMNS": "250"})
    assert result.exit_code == code, (words, result.output, result.exception)
    return result


@pytest.mark.parametrize(
    ("budget", "bound", "code"), [("5", "high", 0), ("0.001", "high", 1), ("0", "low", 1), ("5", "low", 0)]
)
def test_check__budget__decides_the_exit_code(home: Path, budget: str, bound: str, code: int) -> None:
    shown = json.loads(alone("check", "--max-kg", budget, "--bound", bound, *L4, "--json", code=code).stdout)
    amount = int(shown["footprint"][f"{bound}_ug"])
    assert (shown["within"], shown["bound"]) == (code == 0, bound)
    assert (amount <= int(shown["budget_ug"])) == (code == 0) and shown["tier"] == 5


def test_check__file_with_bad_rows__within_ends_with_3_and_over_with_1(write: Write) -> None:
    file = write("work.csv", "\n".join([HEADER, row("a"), "inference,1,2,3,b", row("c")]))
    shown = json.loads(alone("check", "--max-kg", "1000", file, "--json", code=3).stdout)
    assert shown["workloads"] == 2 and {item["line"] for item in shown["rejected"]} == {3}
    alone("check", "--max-kg", "0", file, code=1)
    assert (
        "Nothing could be estimated" in alone("check", "--max-kg", "1", write("x.csv", HEADER), code=2).output
    )


def test_check__markdown__is_a_table_that_nobody_can_write_into(write: Write) -> None:
    evil = "kind,start,end,requests,name\n<img src=x>|[a](http://evil.test) @all,1,2,3,b\n"
    text = alone("check", "--max-kg", "5", write("evil.csv", evil), "--markdown", code=2).stdout
    assert "| **central** |" in text
    assert "<img" not in text and "](http" not in text and "@all" not in text
    good = alone("check", "--max-kg", "5", *L4, "--markdown").stdout
    assert good.startswith("### Carbon footprint") and "✅ **Within the budget" in good


@pytest.mark.parametrize(
    "words",
    [
        ("--max-kg", "5"),
        ("--max-kg", "5", "--hardware", "l4"),
        ("--max-kg", "5", "--hardware", "l4", "--hours", "0"),
        ("--max-kg", "5", "--hardware", "l4", "--hours", "nan"),
        ("--max-kg", "5", "--hardware", "h1000", "--hours", "1"),
        ("--max-kg", "-1", *L4),
        ("--max-kg", "lots", *L4),
        ("--max-kg", "5", *L4, "--end", "yesterday"),
        ("--max-kg", "5", *L4, "a-file.yaml"),
        ("--max-kg", "5", "there-is-no-such-file.yaml"),
        ("--max-kg", "5", *L4, "--json", "--markdown"),
    ],
    ids=str,
)
def test_check__wrong_usage__ends_with_2(home: Path, words: tuple[str, ...]) -> None:
    assert alone("check", *words, code=2).output


def test_check__stated_workload_and_attestation__are_read_where_they_are(
    member: Person, write: Write
) -> None:
    file = write("run.json", workload(name="a run"))
    done = member.json("record", file, "--yes")
    (id_,) = done["workloads"]
    by_workload = member.json("check", "--max-kg", "100000", id_)
    by_chain = member.json("check", "--max-kg", "100000", done["report"]["id"])
    assert by_workload["footprint"] == by_chain["footprint"] == done["footprint"]
    member.run("check", "--max-kg", "1", done["report"]["id"], code=1)
    assert "is not a workload" in member.run("check", "--max-kg", "1", "0" * 32, code=2).output
    assert "is not on the ledger" in member.run("check", "--max-kg", "1", "0x" + "77" * 32, code=2).output


def test_submit__again__stores_nothing_twice(member: Person, write: Write) -> None:
    file = write("run.json", workload(name="once"))
    first, again = member.json("submit", file), member.json("submit", file)
    assert (first["duplicates"], again["duplicates"]) == (0, 1)
    assert first["workloads"] == again["workloads"] and len(first["workloads"]) == 1
    dry = member.json("submit", write("other.json", workload(name="never")), "--dry-run")
    assert dry["dry_run"] and dry["workloads"] == []
    exported = member.run("export", "-").stdout
    assert "once" in exported and "never" not in exported


@pytest.mark.parametrize("rows", [2, 150])
def test_submit__rows_that_say_the_same__are_one_workload_and_count_once(
    member: Person, write: Write, rows: int
) -> None:
    others = [row(f"{rows} other {number}") for number in range(rows - 1)]
    file = write("work.csv", "\n".join([HEADER, row("same"), row("same"), *others]))
    once = write("once.csv", "\n".join([HEADER, row("same"), *others]))
    dry, done = member.json("submit", file, "--dry-run"), member.json("submit", file)
    assert (done["accepted"], len(done["workloads"]), dry["accepted"]) == (rows + 1, rows, rows + 1)
    assert done["duplicates"] >= 1
    checked, single = (member.json("check", "--max-kg", "1000", one) for one in (file, once))
    assert done["footprint"] == dry["footprint"] == checked["footprint"] == single["footprint"]
    assert (checked["workloads"], checked["repeated"], single["repeated"]) == (rows, 1, 0)
    for words in ((), ("--markdown",)):
        said = member.run("check", "--max-kg", "1000", file, *words).stdout
        assert "1 entry says the same as one before and counts once" in said


def test_submit__many_rows__go_as_one_file_with_their_own_lines(member: Person, write: Write) -> None:
    rows = [HEADER, *(row(f"r{number}") for number in range(150)), "inference,1,2,3,bad", row("last")]
    done = member.json("submit", write("work.csv", "\n".join(rows)), code=3)
    assert (done["accepted"], len(done["workloads"])) == (151, 151)
    assert {item["line"] for item in done["rejected"]} == {152}
    event = member.run(
        "submit", write("two.csv", "\n".join([HEADER, row("x"), row("y")])), "--event-id", "e", code=2
    )
    assert "expected one" in event.output


def test_submit__gateway_away__is_kept_and_flushed_later(member: Person, write: Write) -> None:
    file = write("work.csv", "\n".join([HEADER, row("a"), row("b")]))
    key = json.loads(member.run("keys", "create", "k", "--scopes", "submit", "--json").stdout)["key"]
    gone = {"GREENLEDGER_URL": "http://127.0.0.1:9", "GREENLEDGER_API_KEY": key}
    assert "no answer" in member.run("submit", file, code=4, **gone).output
    kept = member.json("submit", file, "--spool", **gone)
    assert (kept["spooled"], kept["accepted"]) == (2, 0)
    dry = member.json("flush", "--dry-run", **gone)
    assert (dry["waiting"], dry["sent"], dry["dry_run"]) == (2, 0, True)
    waiting = member.json("flush", code=4, **gone)
    assert (waiting["sent"], waiting["waiting"]) == (0, 2)
    nothing = member.json("record", file, "--spool", "--yes", **gone)
    assert nothing["spooled"] == 2 and nothing["report"] is None
    assert "not recorded by that" in member.run("record", file, "--spool", "--yes", **gone).stderr


def test_record__codecarbon_file__is_on_the_chain_and_a_second_time_sends_nothing(
    member: Person, write: Write, deployed: Deployed
) -> None:
    file = write("emissions.csv", CODECARBON)
    dry = member.json("record", file, "--dry-run")
    assert dry["workloads"] == [] and dry["report"] is None and int(dry["footprint"]["central_ug"]) > 0
    done = member.json("record", file, "--yes")
    assert done["transaction"]["gas_used"] > 50_000 and not done["already_recorded"]
    assert deployed.ledger.functions.is_recorded(done["report"]["id"]).call()
    status = member.json("status")
    assert (status["attestations"], status["footprint"]) == (1, done["footprint"])
    assert status["reports"] == [{"id": done["report"]["id"], "state": "recorded"}]
    again = member.json("record", file, "--yes")
    assert again["already_recorded"] and again["transaction"] is None and again["to_send"] is None
    assert again["report"]["id"] == done["report"]["id"]
    assert member.json("record", file, "--no-send")["already_recorded"]
    (id_,) = done["workloads"]
    other = member.json("submit", write("run.json", workload(name="another")))["workloads"][0]
    mixed = member.json("record", "--id", id_, "--id", other, "--yes", code=2)
    assert mixed["problem"] == "already_recorded"


def test_record__hardware_hours_and_dry_run_of_the_stated__shows_the_simulated_gas(
    member: Person, deployed: Deployed
) -> None:
    stated = member.json("submit", *L4, "--name", "hours", "--end", "2025-06-01T00:00:00Z")
    (id_,) = stated["workloads"]
    planned = member.json("record", "--id", id_, "--dry-run")
    assert planned["planned"]["gas"] > 50_000 and planned["transaction"] is None
    assert int(planned["planned"]["most_wei"]) > 0 and planned["planned"]["value"] == "0"
    assert not deployed.ledger.functions.is_recorded(planned["report"]["id"]).call()
    declined = member.run("record", "--id", id_, code=2)
    assert "not agreed to" in declined.output
    assert not deployed.ledger.functions.is_recorded(planned["report"]["id"]).call()


def test_record__no_send__leaves_the_transaction_to_a_wallet(
    member: Person, write: Write, deployed: Deployed
) -> None:
    done = member.json("record", write("run.json", workload(name="by wallet")), "--no-send")
    assert done["transaction"] is None and done["to_send"]["value"] == "0"
    deployed.chain.send(member.wallet, done["to_send"]["to"], done["to_send"]["data"])
    assert deployed.ledger.functions.is_recorded(done["report"]["id"]).call()


def test_record__by_a_stranger__is_refused_in_the_contracts_words(
    member: Person, write: Write, deployed: Deployed, home: Path
) -> None:
    operator = new_person()
    deployed.chain.fund(operator.address)
    write_keystore(home / "operator.json", bytes(operator.key))
    key = ("--keystore", str(home / "operator.json"), "--yes")
    file = write("run.json", workload(name="by operator"))
    refused = member.run("record", file, *key, code=2)
    assert "caller is not the account or its operator" in refused.output
    deployed.chain.transact(deployed.ledger, "set_operator", operator.address, True, sender=member.wallet)
    assert member.json("record", file, *key)["transaction"]["block"] > 0


def test_record__wrong_rpc__sends_nothing(member: Person, write: Write, scripted: Any) -> None:
    scripted.will("POST /", as_json({"jsonrpc": "2.0", "id": 1, "result": "0x1"}))
    file = write("run.json", workload(name="elsewhere"))
    result = member.run("record", file, "--yes", "--rpc", scripted.url, code=2)
    assert "serves chain 1" in result.output
    assert all(b"sendRaw" not in asked.body for asked in scripted.asked)


def test_status__of_an_address__needs_no_key(person: Person) -> None:
    result = person.run("status", person.wallet.address)
    assert "nothing attested" in result.stdout
    assert "which account?" in person.run("status", code=2).output
    assert person.run("status", "0x12", code=2).output


def test_badge__account_or_id__is_an_address_and_a_snippet(member: Person) -> None:
    account = member.wallet.address
    assert member.run("badge").stdout.strip() == (
        f"[![Carbon footprint and coverage]({ORIGIN}/badge/{account}.svg)]({ORIGIN}/account/{account})"
    )
    id_ = "0x" + "AB" * 32
    shown = member.json("badge", id_, "--page", "certificate")
    assert shown["link"] == f"{ORIGIN}/certificate/{id_.lower()}"
    assert member.run("badge", id_, "--as", "html").stdout.startswith('<a href="')
    assert "has no badge" in member.run("badge", "x" * 200, code=2).output


def test_export__everything__is_one_line_each_and_with_evidence_verifies(
    member: Person, write: Write, home: Path, deployed: Deployed
) -> None:
    done = member.json("record", write("run.json", workload(name="kept")), "--yes")
    file = home / "out.jsonl"
    counts = member.json("export", str(file), "--evidence")
    assert (counts["workloads"], counts["reports"]) == (1, 1)
    work, report = (json.loads(line) for line in file.read_text().splitlines())
    assert (work["what"], report["what"]) == ("workload", "report")
    bundle = write("bundle.json", report["evidence"])
    command = ["verify", bundle, "--rpc", deployed.chain.rpc_url]
    assert CliRunner().invoke(app, command).exit_code == 0
    assert done["report"]["id"] == report["id"]


def test_completion__of_hardware__offers_the_catalogue() -> None:
    assert hardware_names("H100") == ["h100-nvl-94gb", "h100-pcie-80gb", "h100-sxm-80gb"]
    env = {
        "_GREENLEDGER_COMPLETE": "complete_bash",
        "COMP_WORDS": "greenledger check --hardware l4",
        "COMP_CWORD": "3",
    }
    result = CliRunner().invoke(app, [], prog_name="greenledger", env=env)
    assert result.stdout.split() == ["l4", "l40", "l40s"]


@pytest.mark.parametrize(
    "command",
    [
        *(("check",), ("login",), ("logout",), ("submit",), ("flush",), ("record",), ("retire",)),
        *(("allocate",), ("status",), ("badge",), ("export",), ("batch", "close"), ("keys", "list")),
    ],
    ids=" ".join,
)
def test_help__of_every_command__tells_its_exit_codes(command: tuple[str, ...]) -> None:
    assert "Exit codes: 0" in " ".join(alone(*command, "--help").stdout.split())


def test_tracked_work__of_somebody_logged_in__is_sent_by_their_flush(
    member: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(measuring, "has_codecarbon", lambda: False)
    monkeypatch.setattr(handing_over, "TIMEOUT_S", 0.0001)  # too short for any answer
    monkeypatch.setenv("GREENLEDGER_ORIGIN", ORIGIN)
    with track("while it was away", hardware="l4"):
        pass
    assert member.json("status")["unsent_work"] == 1
    done = {"sent": 1, "refused": 0, "waiting": 0, "reason": None, "busy": False, "dry_run": False}
    assert member.json("flush") == done
    assert "while it was away/" in member.run("export", "-").stdout
