"""The book of followed events: what stands, who has it now, and what was taken back."""

from __future__ import annotations

from typing import Any

import pytest

from greenledger.journal.ledger import BEFORE_ALL, LedgerBook
from greenledger.usage.chain_events import record_event
from greenledger.usage.cursors import move_cursor
from greenledger.usage.database import Database
from greenledger.usage.ledger_events import NOBODY, Ledger

ALICE, BOB = "0x" + "aA" * 20, "0x" + "bB" * 20
LEDGER = Ledger(31337, "mine")


def word(number: int) -> str:
    return f"0x{number:064x}"


class Chain:
    """Stores events one after the other, one in each block."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.block = 0

    async def put(
        self,
        name: str,
        subject: str,
        contracts: str = "mine",
        removed_at: int | None = None,
        **arguments: Any,
    ) -> None:
        self.block += 1
        async with self.database.transaction() as session:
            await record_event(
                session,
                chain_id=31337,
                contracts=contracts,
                block_hash=word(self.block),
                log_index=0,
                block=self.block,
                transaction_hash=word(self.block),
                contract="RetiredCredits",
                name=name,
                subject=subject,
                arguments=arguments,
                found_at=0,
                removed_at=removed_at,
            )


@pytest.fixture
def chain(database: Database) -> Chain:
    return Chain(database)


@pytest.fixture
def book(database: Database) -> LedgerBook:
    return LedgerBook(database, LEDGER)


async def held(book: LedgerBook, holder: str | None = None) -> list[tuple[int, str]]:
    page = await book.minted(BEFORE_ALL, 10, holder)
    return [(int(one.certificate, 16), one.holder) for one in page.items]


async def test_certificates__voided_moved_or_lost_to_a_reorganisation__are_told_as_they_stand(
    chain: Chain, book: LedgerBook
) -> None:
    for number in (1, 2, 3):
        await chain.put("CertificateMinted", word(number), holder=ALICE)
        await chain.put("Transfer", NOBODY, sender=ALICE, receiver=ALICE, token_id=str(number))
    await chain.put("CertificateMinted", word(4), removed_at=9, holder=ALICE)
    await chain.put("CertificateMinted", word(5), contracts="another set", holder=ALICE)
    await chain.put("CertificateVoided", word(1), reason="1")
    moved = {"sender": ALICE, "receiver": BOB, "token_id": "2"}
    await chain.put("Transfer", "0x" + "00" * 12 + "aa" * 20, **moved)
    assert await held(book) == [(2, BOB), (3, ALICE)]
    assert await held(book, ALICE) == [(3, ALICE)]
    assert await held(book, BOB) == [(2, BOB)]


async def test_pages__of_one__give_every_certificate_once(chain: Chain, book: LedgerBook) -> None:
    for number in (1, 2, 3):
        await chain.put("CertificateMinted", word(number), holder=ALICE)
    found: list[int] = []
    place: tuple[int, int] | None = BEFORE_ALL
    while place is not None:
        page = await book.minted(place, 1)
        found += [int(one.certificate, 16) for one in page.items]
        place = page.next
    assert found == [1, 2, 3]


async def test_allocations__undone_in_part__are_what_is_left_by_attestation(
    chain: Chain, book: LedgerBook
) -> None:
    for name, attestation, amount in (
        ("Allocated", 7, "5"),
        ("Allocated", 8, "4"),
        ("Allocated", 7, "2"),
        ("AllocationUndone", 7, "2"),
        ("AllocationUndone", 8, "4"),
    ):
        await chain.put(name, word(1), attestation=word(attestation), amount_ug=amount)
    assert await book.allocations(word(1)) == {word(7): 5}


async def test_attestations__of_an_account__are_its_own_up_to_the_limit(
    chain: Chain, book: LedgerBook
) -> None:
    for number, who in ((1, ALICE), (2, BOB), (3, ALICE)):
        await chain.put("FootprintRecorded", word(number), account=who)
    assert await book.attestations(ALICE, 10) == [word(1), word(3)]
    assert await book.attestations(ALICE, 1) == [word(1)]
    assert await book.own(ALICE, [word(1), word(2), word(4)]) == {word(1)}
    assert await book.own(ALICE, []) == set()


async def test_followed_to__before_and_after_the_first_block__is_the_cursor(
    database: Database, book: LedgerBook
) -> None:
    assert await book.followed_to() is None
    async with database.transaction() as session:
        assert await move_cursor(session, 31337, "mine", None, (12, word(12)))
    assert await book.followed_to() == 12
