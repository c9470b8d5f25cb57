"""The market's own state in SQLite: quotes and orders. Amounts are decimal text, in tonnes."""

import secrets
import sqlite3
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from pathlib import Path

from marketplace_sandbox import serials
from marketplace_sandbox.database import Database
from marketplace_sandbox.fixtures import LISTINGS, Listing, listing_of
from marketplace_sandbox.outcome import Outcome
from marketplace_sandbox.wire import MarketError

SCHEMA = """
CREATE TABLE IF NOT EXISTS quotes (
  uuid TEXT PRIMARY KEY, source_id TEXT NOT NULL, tonnes TEXT NOT NULL, cost_usdc TEXT NOT NULL,
  created_at REAL NOT NULL, consumed INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS orders (
  id INTEGER PRIMARY KEY, quote_uuid TEXT NOT NULL UNIQUE REFERENCES quotes(uuid),
  beneficiary_name TEXT NOT NULL, beneficiary_address TEXT NOT NULL, message TEXT NOT NULL,
  tx_hash TEXT NOT NULL UNIQUE,
  first_kg INTEGER NOT NULL, last_kg INTEGER NOT NULL,
  submitted_at REAL NOT NULL, complete_at REAL NOT NULL, fails INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS outcomes (quote_uuid TEXT PRIMARY KEY, outcome TEXT NOT NULL);
"""
CENT_OF_A_CENT = Decimal("0.000001")  # USDC has six decimals
MICROGRAM = Decimal("0.000000000001")  # of a tonne
DEARER = Decimal("1.25")


@dataclass(frozen=True)
class QuoteRow:
    """A quote as stored: tonnes and USDC as exact decimals, times in Unix seconds."""

    uuid: str
    listing: Listing
    tonnes: Decimal
    cost_usdc: Decimal
    created_at: float
    consumed: bool


@dataclass(frozen=True)
class OrderRow:
    """An order as stored; its status follows from the time it is read at."""

    quote: QuoteRow
    beneficiary_name: str
    beneficiary_address: str
    message: str
    tx_hash: str
    first_kg: int
    last_kg: int
    submitted_at: float
    complete_at: float
    outcome: Outcome

    def status(self, now: float) -> str:
        """SUBMITTED until the market is done, then COMPLETED or FAILED; CANCELLED if it was taken back."""
        if now < self.complete_at:
            return "SUBMITTED"
        if self.outcome.fails:
            return "FAILED"
        return "CANCELLED" if self.outcome.is_reverted(self.complete_at, now) else "COMPLETED"

    @property
    def retired_tonnes(self) -> Decimal:
        """What was really retired: half of a partial retirement."""
        if not self.outcome.partial:
            return self.quote.tonnes
        return (self.quote.tonnes / 2).quantize(MICROGRAM, ROUND_CEILING)


class Store:
    """Carbonmark's quotes and orders, and the clock and file that the other markets share."""

    def __init__(
        self, path: Path, completion_s: float, quote_lifetime_s: float, clock: Callable[[], float] = time.time
    ) -> None:
        """Open or create the file; `clock` gives Unix seconds."""
        self.completion_s = completion_s
        self._quote_lifetime_s = quote_lifetime_s
        self.now = clock
        self.database = Database(path, SCHEMA + serials.SCHEMA)
        self._count_on()

    def _count_on(self) -> None:
        """Files from before there were books have their last serial in the orders only."""
        with self.database.transaction() as connection:
            for listing in LISTINGS:
                (last,) = connection.execute(
                    "SELECT max(last_kg) FROM orders JOIN quotes ON quotes.uuid = quote_uuid "
                    "WHERE source_id = ?",
                    (listing.source_id,),
                ).fetchone()
                if last is not None:
                    connection.execute(
                        "INSERT OR IGNORE INTO serial_books VALUES (?, ?, ?)", (listing.project, last, last)
                    )

    def supply(self, listing: Listing) -> Decimal:
        """Tonnes of a listing that are left."""
        with self.database.connection() as connection:
            return listing.supply_tonnes - _sold(connection, listing)

    def create_quote(self, listing: Listing, tonnes: Decimal, dearer: bool = False) -> QuoteRow:
        """Store a quote, by a quarter `dearer` than listed if asked; raises MarketError out of bounds."""
        if tonnes < listing.minimum_tonnes:
            raise MarketError(
                400, "Bad Request", f"quantity_tonnes: below the minimum of {listing.minimum_tonnes}"
            )
        if tonnes > self.supply(listing):
            raise MarketError(400, "Bad Request", "quantity_tonnes: exceeds the available supply")
        price = listing.price_usdc * (DEARER if dearer else 1)
        cost = (tonnes * price).quantize(CENT_OF_A_CENT, ROUND_CEILING)
        quote = QuoteRow(str(uuid.uuid4()), listing, tonnes, cost, self.now(), False)
        with self.database.transaction() as connection:
            connection.execute(
                "INSERT INTO quotes VALUES (?, ?, ?, ?, ?, 0)",
                (quote.uuid, listing.source_id, str(tonnes), str(cost), quote.created_at),
            )
        return quote

    def place(self, quote_uuid: str, name: str, address: str, message: str, outcome: Outcome) -> OrderRow:
        """Consume a quote and retire, all or nothing; raises MarketError if it cannot be consumed."""
        now = self.now()
        with self.database.transaction() as connection:
            row = connection.execute("SELECT * FROM quotes WHERE uuid = ?", (quote_uuid,)).fetchone()
            if row is None:
                raise MarketError(400, "Bad Request", "quote_uuid: no such quote")
            quote = _quote(row)
            if quote.consumed:
                raise MarketError(400, "Bad Request", "quote_uuid: quote already consumed")
            if now > quote.created_at + self._quote_lifetime_s:
                raise MarketError(400, "Bad Request", "quote_uuid: quote expired")
            if quote.tonnes > quote.listing.supply_tonnes - _sold(connection, quote.listing):
                raise MarketError(400, "Bad Request", "quote_uuid: exceeds the available supply")
            kg = int((quote.tonnes * 1000).to_integral_value(ROUND_CEILING))
            first, last = serials.take_range(connection, quote.listing.project, kg, outcome)
            connection.execute("INSERT INTO outcomes VALUES (?, ?)", (quote_uuid, outcome.text()))
            connection.execute("UPDATE quotes SET consumed = 1 WHERE uuid = ?", (quote_uuid,))
            connection.execute(
                "INSERT INTO orders VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    quote_uuid,
                    name,
                    address,
                    message,
                    "0x" + secrets.token_hex(32),
                    first,
                    last,
                    now,
                    now + self.completion_s,
                    int(outcome.fails),
                ),
            )
        order = self.order_of(quote_uuid)
        assert order is not None  # inserted above
        return order

    def order_of(self, quote_uuid: str) -> OrderRow | None:
        """The order that consumed a quote."""
        found = self._read_orders("WHERE orders.quote_uuid = ?", (quote_uuid,))
        return found[0] if found else None

    def order_number(self, number: int) -> OrderRow | None:
        """The order with a numeric id."""
        found = self._read_orders("WHERE orders.id = ?", (number,))
        return found[0] if found else None

    def retirements(self, tx_hash: str | None = None) -> list[OrderRow]:
        """Orders that were completed, oldest first; one transaction each."""
        where, values = ("WHERE tx_hash = ?", (tx_hash,)) if tx_hash else ("", ())
        return [
            order for order in self._read_orders(where, values) if order.status(self.now()) == "COMPLETED"
        ]

    def _read_orders(self, where: str, values: tuple[object, ...]) -> list[OrderRow]:
        with self.database.connection() as connection:
            rows = connection.execute(
                "SELECT orders.*, source_id, tonnes, cost_usdc, created_at, consumed, outcome FROM orders "
                "JOIN quotes ON quotes.uuid = orders.quote_uuid "
                "LEFT JOIN outcomes ON outcomes.quote_uuid = orders.quote_uuid "
                f"{where} ORDER BY orders.id",
                values,
            ).fetchall()
        return [_order(row) for row in rows]


def _orders(connection: sqlite3.Connection, listing: Listing) -> list[sqlite3.Row]:
    return connection.execute(
        "SELECT tonnes FROM orders JOIN quotes ON quotes.uuid = quote_uuid WHERE source_id = ? AND fails = 0",
        (listing.source_id,),
    ).fetchall()


def _sold(connection: sqlite3.Connection, listing: Listing) -> Decimal:
    return sum((Decimal(row["tonnes"]) for row in _orders(connection, listing)), Decimal(0))


def _quote(row: sqlite3.Row) -> QuoteRow:
    listing = listing_of(row["source_id"])
    if listing is None:
        known = ", ".join(item.project for item in LISTINGS)
        raise MarketError(500, "Internal Server Error", f"stored listing is not one of the fixtures {known}")
    keys = row.keys()
    identity = row["uuid"] if "uuid" in keys else row["quote_uuid"]
    return QuoteRow(
        identity,
        listing,
        Decimal(row["tonnes"]),
        Decimal(row["cost_usdc"]),
        row["created_at"],
        bool(row["consumed"]),
    )


def _order(row: sqlite3.Row) -> OrderRow:
    return OrderRow(
        _quote(row),
        row["beneficiary_name"],
        row["beneficiary_address"],
        row["message"],
        row["tx_hash"],
        row["first_kg"],
        row["last_kg"],
        row["submitted_at"],
        row["complete_at"],
        Outcome.read(row["outcome"]),
    )
