"""GET /v1/retirements: every certificate of the ledger in the Trust's fields, as JSON and CSV, by page."""

from __future__ import annotations

import csv
import io
from dataclasses import astuple
from typing import Any

import pytest
import retirements
from buyers import answer
from deployed import OWNER_ACCOUNT, Deployed, account
from nodes import Running, new_person, problem


def mint(deployed: Deployed, holder: str, **changes: Any) -> str:
    """Mints a certificate and gives its id."""
    signed = retirements.report(holder, **changes)
    arguments = (astuple(signed), retirements.signatures(signed, deployed), 0)
    deployed.chain.transact(deployed.credits, "mint", *arguments, sender=account(OWNER_ACCOUNT))
    return f"0x{retirements.certificate_id(signed, deployed):064x}"


def certificates(rows: list[dict[str, str]]) -> list[str]:
    return [row["unitRetirementDetail"].rpartition(" ")[2] for row in rows]


async def listed(node: Running, count: int, **query: Any) -> dict[str, Any]:
    fits = lambda found: len(found["items"]) == count  # noqa: E731
    return await answer(node.client, "/v1/retirements", fits, params=query)


async def test_retirements__of_an_account__are_its_certificates_in_the_trusts_fields(
    node: Running, deployed: Deployed
) -> None:
    holder = new_person().address
    identity = mint(deployed, holder)
    mint(deployed, new_person().address)
    found = await listed(node, 1, account=holder.lower())
    (row,) = found["items"]
    assert certificates([row]) == [identity]
    assert (row["unitCount"], row["unitVintageYear"], row["unitStatus"]) == ("2", "2022", "Retired")
    assert row["unitRetirementBeneficiary"] == "Société Générique & fils"
    assert row["unitRetirementBeneficiaryId"] == holder
    assert (found["model"], found["next"]) == ("2.0", None)
    older = await listed(node, 1, account=holder, model="1.0")
    assert older["items"][0]["vintageYear"] == "2022"


async def test_retirements__more_than_a_page__are_read_on_and_each_once(
    node: Running, deployed: Deployed
) -> None:
    holder = new_person().address
    minted = [mint(deployed, holder, vintage=2018 + number) for number in range(3)]
    await listed(node, 3, account=holder)
    found: list[str] = []
    query = {"account": holder, "limit": 2}
    response = await node.client.get("/v1/retirements", params=query)
    found += certificates(response.json()["items"])
    assert response.headers["link"].endswith('>; rel="next"')
    link = response.headers["link"][1:].partition(">")[0]
    assert link.startswith("/v1/retirements?") and f"after={response.json()['next']}" in link
    last = await node.client.get(link)
    found += certificates(last.json()["items"])
    assert sorted(found) == sorted(minted)
    assert last.json()["next"] is None and "link" not in last.headers


async def test_retirements__as_csv__are_harmless_to_a_spreadsheet(node: Running, deployed: Deployed) -> None:
    holder = new_person().address
    mint(deployed, holder, beneficiary='=HYPERLINK("http://x")')
    await listed(node, 1, account=holder)
    by_name = await node.client.get("/v1/retirements", params={"account": holder, "format": "csv"})
    by_header = await node.client.get(
        "/v1/retirements", params={"account": holder}, headers={"accept": "text/csv"}
    )
    assert by_name.content == by_header.content
    assert by_name.headers["content-type"] == "text/csv; charset=utf-8"
    (row,) = csv.DictReader(io.StringIO(by_name.text))
    assert row["unitRetirementBeneficiary"] == '\'=HYPERLINK("http://x")'


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"account": "me"}, "account"),
        ({"format": "xlsx"}, "format"),
        ({"limit": 5001}, "limit"),
        ({"limit": 0}, "limit"),
        ({"after": "1"}, "after"),
        ({"model": "3.0"}, "model"),
        ({"holder": "0x"}, "holder"),
    ],
    ids=str,
)
async def test_retirements__bad_query__is_named(node: Running, query: dict[str, Any], field: str) -> None:
    assert problem(await node.client.get("/v1/retirements", params=query)) == (
        422,
        "invalid_request",
        [field],
    )
