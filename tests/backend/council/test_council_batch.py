"""The bulk protocol between council nodes: a peer recounts everything, and refuses what is not so."""

from __future__ import annotations

import gzip
import json
import secrets
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from typing import Any

import httpx
import pytest
from deployed import Deployed
from nodes import PEER_TOKEN, problem, workload

from greenledger.council.batch_wire import BATCH_PATH, packed, unpacked
from greenledger.council.recount_process import disclosed_line
from greenledger.council.recounting import recount
from greenledger.council.signer import recover
from greenledger.evidence.canonical import canonical_bytes
from greenledger.evidence.disclosure import DisclosedWorkload, InvalidDisclosure, build_footprint
from greenledger.evidence.methodology import methodology_id
from greenledger.evidence.typed_data import (
    FootprintReport,
    InvalidReport,
    footprint_domain,
    footprint_report_id,
    report_as_json,
)
from greenledger.evidence.words import as_hex, word_bytes
from greenledger.footprint.factors import load_factor_set
from greenledger.footprint.parsing import parse_workload

ACCOUNT = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8"
FACTORS = load_factor_set()
HEADERS = {
    "authorization": f"Bearer {PEER_TOKEN}",
    "content-encoding": "gzip",
    "content-type": "application/x-ndjson",
}


def some_work(count: int) -> list[DisclosedWorkload]:
    stated = [parse_workload(workload(name=f"run {at}"), FACTORS).canonical() for at in range(count)]
    return [DisclosedWorkload(work, secrets.token_bytes(32)) for work in stated]


def lines(disclosed: Sequence[DisclosedWorkload]) -> bytes:
    return b"".join(
        disclosed_line(canonical_bytes(one.workload).decode(), as_hex(one.salt)) for one in disclosed
    )


def report_over(disclosed: Sequence[DisclosedWorkload], **changes: Any) -> FootprintReport:
    footprint = build_footprint(disclosed, FACTORS, int(time.time()) + 3600)
    return FootprintReport(ACCOUNT, replace(footprint, **changes))


def body(report: FootprintReport, rest: bytes) -> bytes:
    return gzip.compress(json.dumps({"report": report_as_json(report)}).encode() + b"\n" + rest)


async def ask(url: str, content: bytes, headers: dict[str, str] | None = None) -> httpx.Response:
    async with httpx.AsyncClient(timeout=60, trust_env=False) as client:
        return await client.post(f"{url}{BATCH_PATH}", content=content, headers=headers or HEADERS)


async def pieces(*parts: bytes) -> AsyncIterator[bytes]:
    for part in parts:
        yield part


async def test_batch__that_follows_from_its_workloads__is_signed_by_the_peers_key(
    peer_urls: tuple[str, ...], deployed: Deployed
) -> None:
    disclosed = some_work(5)
    report = report_over(disclosed)
    response = await ask(peer_urls[0], body(report, lines(disclosed)))
    assert response.status_code == 200, response.text
    answer = response.json()
    deployment = deployed.deployment
    digest = footprint_report_id(report, footprint_domain(deployment.chain_id, deployment.ledger))
    assert recover(digest, word_bytes(answer["signature"])) == answer["signer"]
    assert deployed.council.functions.is_signer(answer["signer"]).call()


@pytest.mark.parametrize("field", ["root", "count", "low_ug", "energy_uwh", "water_ul", "tier", "period_end"])
async def test_batch__with_one_field_that_is_not_so__is_refused_by_name(
    peer_urls: tuple[str, ...], field: str
) -> None:
    disclosed = some_work(3)
    honest = getattr(report_over(disclosed).footprint, field)
    wrong = report_over(disclosed, **{field: bytes(32) if field == "root" else honest + 1})
    refused = problem(await ask(peer_urls[0], body(wrong, lines(disclosed))))
    assert refused == (422, "council_refused", [f"report.footprint.{field}"])


async def test_batch__with_a_workload_left_out_or_twice__is_refused(peer_urls: tuple[str, ...]) -> None:
    disclosed = some_work(3)
    report = report_over(disclosed)
    fewer = await ask(peer_urls[0], body(report, lines(disclosed[:2])))
    assert "report.footprint.count" in problem(fewer)[2]
    twice = await ask(peer_urls[0], body(report, lines([*disclosed, disclosed[0]])))
    assert problem(twice)[2] == ["workloads[3]"]


async def test_batch__expired_report__is_refused_before_anything_is_counted(
    peer_urls: tuple[str, ...],
) -> None:
    disclosed = some_work(1)
    old = report_over(disclosed, valid_until=int(time.time()) - 1)
    refused = await ask(peer_urls[0], body(old, b"not even a workload\n" * 1000))
    assert problem(refused)[2] == ["report.footprint.valid_until"]


@pytest.mark.parametrize(
    ("rest", "field"),
    [
        (b"", "workloads"),
        (b"{}\n", "workloads[0]"),
        (b"[" * 100_000 + b"\n", "workloads[0]"),
        (b'{"salt":"0x00","workload":{}}\n', "workloads[0].salt"),
        (b'{"salt":"0x' + b"11" * 32 + b'","workload":{"kind":"nothing"}}\n', "workloads[0].workload.kind"),
        (b'{"salt":"0x', "workloads[0]"),
    ],
)
async def test_batch__with_a_line_that_cannot_be_read__names_the_line(
    peer_urls: tuple[str, ...], rest: bytes, field: str
) -> None:
    response = await ask(peer_urls[0], body(report_over(some_work(1)), rest))
    assert response.status_code == 422 and field in problem(response)[2]


@pytest.mark.parametrize("cut", [20, 200, -4, -1])
async def test_batch__cut_off__is_refused(peer_urls: tuple[str, ...], cut: int) -> None:
    disclosed = some_work(40)
    content = body(report_over(disclosed), lines(disclosed))
    response = await ask(peer_urls[0], content[:cut])
    assert response.status_code == 422
    assert response.json()["errors"][0]["problem"] in ("was cut off", "does not begin with a report")


async def test_batch__without_gzip_or_going_on_after_it__is_refused(peer_urls: tuple[str, ...]) -> None:
    disclosed = some_work(1)
    content = body(report_over(disclosed), lines(disclosed))
    assert problem(await ask(peer_urls[0], b"plain text"))[1] == "invalid_report"
    more = await ask(peer_urls[0], content + b"more")
    assert more.json()["errors"][0]["problem"] == "goes on after the end of its gzip"


async def test_batch__from_a_stranger__is_refused_before_its_body_is_read(peer_urls: tuple[str, ...]) -> None:
    headers = HEADERS | {"authorization": "Bearer somebody else's token"}
    assert problem(await ask(peer_urls[0], b"x" * 100, headers))[:2] == (401, "not_a_peer")


async def test_recount__many_lines_in_odd_pieces__is_what_the_model_gives(tmp_path: Any) -> None:
    disclosed = some_work(30)
    text, file = lines(disclosed), tmp_path / "tree"
    odd = [text[at : at + 37] for at in range(0, len(text), 37)]
    found = await recount(pieces(*odd), methodology_id(FACTORS), file)
    assert found == build_footprint(disclosed, FACTORS, valid_until=0)
    assert file.read_bytes()[:32] == found.root and file.stat().st_size == 32 * 59


async def test_recount__invalid_line__ends_without_the_rest(tmp_path: Any) -> None:
    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield b"{}\n"

    with pytest.raises(InvalidDisclosure) as refused:
        await recount(endless(), methodology_id(FACTORS))
    assert refused.value.errors[0].field == "workloads[0]"


async def test_packed__highly_repetitive_lines__come_out_in_bounded_pieces() -> None:
    text = b"x" * 5_000_000 + b"\n"
    sent = b"".join([piece async for piece in packed({"a": 1}, pieces(text))])
    found = [piece async for piece in unpacked(pieces(sent))]
    assert b"".join(found) == b'{"a": 1}\n' + text
    assert max(map(len, found)) <= 262_144 and len(sent) < 100_000


async def test_unpacked__body_that_ends_early__is_told_from_a_whole_one() -> None:
    sent = gzip.compress(b"y" * 262_144)
    assert b"".join([piece async for piece in unpacked(pieces(sent))]) == b"y" * 262_144
    with pytest.raises(InvalidReport, match="cut off"):
        [piece async for piece in unpacked(pieces(sent[:-1]))]
