"""The whole way of a program: state, have it signed, record with its own key, read the position, verify."""

from __future__ import annotations

import asyncio
import inspect
from pathlib import Path

import pytest
from client_owners import Owner, new_client_owner
from nodes import ORIGIN, workload

from greenledger.client import (
    AsyncClient,
    Client,
    Connection,
    Invalid,
    NotAllowed,
    NotAuthenticated,
    NotConfigured,
    Refused,
)
from greenledger.intake import CodeCarbonOptions


def test_program__states_and_records__is_on_the_chain_and_verifies(owner: Owner, client: Client) -> None:
    stated = client.submit(workload(name="a run"))
    again = client.submit(workload(name="a run"))
    assert (stated.is_new, again.is_new, again.id) == (True, False, stated.id)

    report = client.issue([stated.id])
    assert (report.account, report.footprint) == (owner.wallet.address, stated.estimate.total)
    planned = client.record(report, owner.wallet, dry_run=True)
    assert planned.transaction is None and planned.planned is not None and planned.planned.gas
    assert client.position(owner.wallet.address).attestations == 0

    recorded = client.record(report, owner.wallet)
    assert recorded.transaction is not None and recorded.transaction.gas_used > 50_000
    assert client.record(report, owner.wallet).already
    position = client.position(owner.wallet.address)
    assert (position.attestations, position.footprint, position.coverage_ppm) == (1, report.footprint, 0)

    result = client.verify(client.evidence(report.id))
    assert result.equal is True and result.whole


async def test_async_client__same_steps__gives_the_same(owner: Owner, client: Client) -> None:
    async with AsyncClient(connection=owner.connection()) as waiting:
        runs = [workload(name=f"run {index}") for index in range(4)]
        stated = await asyncio.gather(*(waiting.submit(run) for run in runs))
        assert all(one.is_new for one in stated) and len({one.id for one in stated}) == 4
        report = await waiting.issue([one.id for one in stated])
        recorded = await waiting.record(report, owner.wallet)
        assert recorded.transaction is not None
        result = await waiting.verify(await waiting.evidence(report.id))
        assert result.equal is True
        assert (await waiting.position(owner.wallet.address)).attestations == 1
    assert [one.id for one in client.reports()] == [report.id]


def test_estimate__of_the_client__is_what_is_stated_later(client: Client) -> None:
    estimated = client.estimate(workload(name="later"))
    assert client.submit(workload(name="later")).estimate.total == estimated.total
    assert estimated.total.low_ug < estimated.total.central_ug < estimated.total.high_ug


def test_file__good_and_bad_rows__are_stated_and_named(client: Client, tmp_path: Path) -> None:
    file = tmp_path / "work.csv"
    good = [f"inference,1700000000,1700003600,10,row {index}" for index in range(700)]
    file.write_text("\n".join(["kind,start,end,requests,name", *good, "inference,1700000000,1600000000,5,x"]))
    seen: list[int] = []
    done = client.submit_file(file, on_rows=seen.append)
    assert (done.rows, done.accepted, done.rejected, done.complete) == (701, 700, 1, True)
    assert [(row.line, row.field) for row in done.rejections] == [(702, "end")]
    assert len(done.ids) == 700 and seen[-1] == 701 and len(seen) > 2
    again = client.submit_file(file)
    assert (again.duplicates, set(again.ids)) == (700, set(done.ids))


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (CodeCarbonOptions(scope="node"), "options.scope"),
        (CodeCarbonOptions(place={"country": "FR"}), "options.place"),
    ],
)
def test_file__options_that_the_gateway_cannot_be_told__are_refused_before_it_is_sent(
    tmp_path: Path, options: CodeCarbonOptions, named: str
) -> None:
    file = tmp_path / "emissions.csv"
    file.write_text("timestamp,run_id,duration,energy_consumed\n")
    nobody_listens = Connection("http://127.0.0.1:9", api_key="gl_x")
    with Client(connection=nobody_listens) as client, pytest.raises(Invalid, match=named):
        client.submit_file(file, options=options)


def test_refusal__wrong_field__is_typed_and_names_the_field(client: Client) -> None:
    with pytest.raises(Invalid) as raised:
        client.submit(workload(place={"country": "ZZ"}))
    assert raised.value.code == "invalid_workload"
    assert [error.field for error in raised.value.errors] == ["workload.place.country"]
    assert "workload.place.country" in str(raised.value) and "expected" in str(raised.value)


@pytest.mark.parametrize("event_id", ["", "with space", "x" * 129, "ü"])
def test_submit__event_id_that_no_gateway_takes__is_refused_before_it_is_sent(event_id: str) -> None:
    nobody_listens = Connection("http://127.0.0.1:9", api_key="gl_x")
    with Client(connection=nobody_listens) as client, pytest.raises(Invalid, match="event_id"):
        client.submit(workload(), event_id)


def test_key__without_the_scope__is_not_allowed_and_says_which(owner: Owner) -> None:
    with Client(connection=Connection(owner.url, origin=ORIGIN)) as signed_in:
        signed_in.sign_in(owner.wallet)
        made, submit_only = signed_in.create_key("submit only", ["submit"], 7)
        assert made.expires_at is not None and "submit only" in {key.name for key in signed_in.keys()}  # noqa: SIM118  # no dict
        with Client(connection=owner.connection(api_key=submit_only)) as client:
            stated = client.submit(workload(name="mine"))
            with pytest.raises(NotAllowed) as raised:
                client.issue([stated.id])
            assert raised.value.code == "wrong_scope" and "record" in str(raised.value)
            signed_in.revoke_key(made.id)
            with pytest.raises(NotAuthenticated):
                client.submit(workload(name="mine"))
        signed_in.sign_out()
        with pytest.raises(NotConfigured, match="signed-in wallet"):
            signed_in.keys()


def test_key__of_another_account__sees_none_of_its_rows(owner: Owner, gateway_url: str) -> None:
    other = new_client_owner(owner.chain, gateway_url)
    with Client(connection=owner.connection()) as mine, Client(connection=other.connection()) as theirs:
        stated = mine.submit(workload(name="mine alone"))
        with pytest.raises(Refused) as raised:
            theirs.issue([stated.id])
        assert raised.value.code == "unknown_workload"
        assert theirs.workloads() == []


def test_client__without_url_or_key__says_what_is_missing(
    gateway_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(NotConfigured, match="GREENLEDGER_URL"):
        Client()
    monkeypatch.setenv("GREENLEDGER_URL", gateway_url)
    with Client() as client, pytest.raises(NotConfigured, match="GREENLEDGER_API_KEY"):
        client.submit(workload())
    with Client(api_key="gl_nobody_made_this_one") as client, pytest.raises(NotAuthenticated):
        client.submit(workload())
    with pytest.raises(NotConfigured, match="one line"):
        Client(api_key="gl_x\r\nx-evil: 1")
    assert "gl_secret" not in repr(Connection(gateway_url, api_key="gl_secret"))


def test_async_client__has_the_methods_of_the_other__with_the_same_parameters() -> None:
    def methods(kind: type) -> dict[str, inspect.Signature]:
        public = inspect.getmembers(kind, inspect.isfunction)
        return {name: inspect.signature(found) for name, found in public if not name.startswith("_")}

    assert methods(AsyncClient) == methods(Client)
