"""The whole way of a person over two gateways: what one of them was told, the other goes on with."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import httpx
from eth_account import Account
from gateways import Gateway
from person import Person, finished_work
from several_stage import Several

TONNE_UG = 10**12
WAIT_S = 90.0


def test_person__signs_in_at_one_and_records_and_orders_at_the_other__is_served_whole(
    several: Several,
) -> None:
    first, second = several.gateways
    person = Person(several.origin, several.person)
    person.sign_in(first.url)

    work = person.post(second.url, "/v1/workloads", {"workload": finished_work("over two gateways")})
    report = person.post(first.url, "/v1/reports", {"workload_ids": [work["id"]]})
    again = person.post(second.url, "/v1/reports", {"workload_ids": [work["id"]]}, expected=200)
    assert again["id"] == report["id"]
    several.chain.transact(person.account, report["transaction"]["to"], report["transaction"]["data"])
    person.post(second.url, "/v1/reports", {"workload_ids": [work["id"]]}, expected=409)

    offer = person.get(first.url, "/v1/projects")["items"][0]
    quote = person.post(
        second.url,
        "/v1/quotes",
        {
            "source_id": offer["source_id"],
            "amount_ug": str(TONNE_UG),
            "payment_token": several.chain.token.address,
            "beneficiary_name": "Two gateways",
            "reason": "A test",
        },
    )
    opening = quote["desk"]["transactions"][1]
    several.chain.transact(person.account, opening["to"], opening["data"])
    assert _minted(person, several.gateways, quote["order"])["certificate"]


def _minted(person: Person, gateways: tuple[Gateway, Gateway], order_id: str) -> dict[str, Any]:
    """The order once its certificate is there, read from both by turns."""
    deadline = time.monotonic() + WAIT_S
    while True:
        orders = [person.get(gateway.url, f"/v1/orders/{order_id}") for gateway in gateways]
        if all(order["state"] == "minted" for order in orders):
            return orders[0]
        assert time.monotonic() < deadline, orders
        time.sleep(0.3)


def test_session__ended_at_one__is_ended_at_the_other(several: Several) -> None:
    first, second = several.gateways
    person = Person(several.origin, Account.create())
    person.sign_in(first.url)
    person.get(second.url, "/v1/workloads")
    person.ask("POST", second.url, "/v1/auth/sign-out", None, 204)
    person.ask("GET", first.url, "/v1/workloads", None, 401)


def test_nonce__used_at_one__is_worth_nothing_at_the_other(several: Several) -> None:
    first, second = several.gateways
    person = Person(several.origin, Account.create())
    body = person.signed_message(first.url)
    person.post(second.url, "/v1/auth/sign-in", body, expected=200)
    person.post(first.url, "/v1/auth/sign-in", body, expected=401)


async def test_report__asked_for_at_both_at_once_over_the_same_work__is_one(several: Several) -> None:
    person = Person(several.origin, Account.create())
    person.sign_in(several.gateways[0].url)
    answers: list[tuple[int, str]] = []
    for round_ in range(4):
        work = finished_work(f"the same work, round {round_}")
        # The same work under two ids: each gateway is asked for a report over another of them.
        ids = [person.post(one.url, "/v1/workloads", {"workload": work})["id"] for one in several.gateways]
        bodies = [{"workload_ids": [each]} for each in ids for _ in range(3)]
        urls = [gateway.url for gateway in several.gateways for _ in range(3)]
        answers = await _at_once(person, urls, "/v1/reports", bodies)
        reports = {report for status, report in answers if status in (200, 201)}
        assert len(reports) == 1, answers
        assert sorted(status for status, _ in answers)[3:] == [409] * 3, answers
        assert [status for status, _ in answers].count(201) == 1, answers


async def test_upload__of_one_file_to_both_at_once__stores_each_workload_once(several: Several) -> None:
    person = Person(several.origin, Account.create())
    person.sign_in(several.gateways[0].url)
    lines = [finished_work(f"row {row}") for row in range(700)]
    urls = [gateway.url for gateway in several.gateways for _ in range(2)]
    summaries = await asyncio.gather(*(person.upload(url, lines) for url in urls))
    assert [one["accepted"] for one in summaries] == [700] * 4
    assert sum(700 - one["duplicates"] for one in summaries) == 700
    assert len({tuple(one["ids"]) for one in summaries}) == 1


async def _at_once(
    person: Person, urls: list[str], path: str, bodies: list[dict[str, Any]]
) -> list[tuple[int, str]]:
    async with httpx.AsyncClient(timeout=60, trust_env=False, headers=person.headers()) as http:
        found = await asyncio.gather(
            *(http.post(f"{url}{path}", json=body) for url, body in zip(urls, bodies, strict=True))
        )
    return [(answer.status_code, answer.json().get("id", "")) for answer in found]
