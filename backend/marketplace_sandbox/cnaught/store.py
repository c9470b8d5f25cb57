"""CNaught's orders in the sandbox's file. Amounts in grams, money in US cents, times in Unix seconds."""

import json
import secrets
import sqlite3
from dataclasses import dataclass
from typing import Any

from marketplace_sandbox.cnaught.fixtures import PORTFOLIOS, CreditProject, PortfolioFixture
from marketplace_sandbox.outcome import Outcome
from marketplace_sandbox.serials import take_range
from marketplace_sandbox.store import Store
from marketplace_sandbox.wire import MarketError

SCHEMA = """
CREATE TABLE IF NOT EXISTS cnaught_orders (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, idempotency_key TEXT UNIQUE, body TEXT NOT NULL,
  portfolio TEXT NOT NULL, grams INTEGER NOT NULL, cents INTEGER NOT NULL, parts TEXT NOT NULL,
  outcome TEXT NOT NULL, submitted_at REAL NOT NULL, complete_at REAL NOT NULL,
  told TEXT NOT NULL DEFAULT 'placed', cancelled_at REAL);
"""
GRAMS_PER_TONNE = 1_000_000


@dataclass(frozen=True)
class CnaughtOrder:
    """An order as stored; `parts` are the shares by project, `told` the last state that a call told."""

    id: str
    number: int
    body: dict[str, Any]
    portfolio: PortfolioFixture
    grams: int
    cents: int
    parts: tuple[dict[str, Any], ...]
    outcome: Outcome
    submitted_at: float
    complete_at: float
    told: str
    cancelled_at: float | None

    def state(self, now: float) -> str:
        """placed until CNaught is done, then fulfilled or cancelled; cancelled later if it was taken back."""
        if self.cancelled_at is not None and now >= self.cancelled_at:
            return "cancelled"
        if now < self.complete_at:
            return "placed"
        if self.outcome.fails or self.outcome.is_reverted(self.complete_at, now):
            return "cancelled"
        return "fulfilled"

    def is_retired(self, now: float) -> bool:
        """Whether the order has led to a retirement, taken back later or not."""
        undone = self.cancelled_at is not None and self.cancelled_at < self.complete_at
        return now >= self.complete_at and not self.outcome.fails and not undone


class CnaughtStore:
    """CNaught's part of a sandbox: shares the file, the clock and the time an order takes."""

    def __init__(self, store: Store) -> None:
        """Open or create the tables."""
        self._store = store
        self._database = store.database
        self._database.add_tables(SCHEMA)

    def now(self) -> float:
        """Unix seconds."""
        return self._store.now()

    def place(
        self, body: dict[str, Any], portfolio: PortfolioFixture, grams: int, key: str | None, outcome: Outcome
    ) -> tuple[CnaughtOrder, bool]:
        """The order of a body, and whether it is a replay by its idempotency key. Raises MarketError."""
        text, now = json.dumps(body, sort_keys=True, default=str), self.now()
        with self._database.transaction() as connection:
            earlier = connection.execute(
                "SELECT * FROM cnaught_orders WHERE idempotency_key = ?", (key,)
            ).fetchone()
            if earlier is not None:
                if earlier["body"] != text:
                    raise MarketError(422, "idempotency-changed-payload", "same key with another body")
                return _order(earlier), True
            if grams > self.left_g(connection, portfolio):
                raise MarketError(400, "invalid-parameters", "amount_kg: more than the portfolio has")
            identity = secrets.token_hex(6)
            connection.execute(
                "INSERT INTO cnaught_orders (id, idempotency_key, body, portfolio, grams, cents, parts, "
                "outcome, submitted_at, complete_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *(identity, key, text, portfolio.id, grams, price_cents(portfolio, grams)),
                    json.dumps(_parts(connection, portfolio, grams, outcome)),
                    *(outcome.text(), now, now + self._store.completion_s),
                ),
            )
        order = self.order(identity)
        assert order is not None  # inserted above
        return order, False

    def order(self, identity: str) -> CnaughtOrder | None:
        """One order by its id."""
        found = self._read("WHERE id = ?", (identity,))
        return found[0] if found else None

    def orders(self, limit: int | None = None, after: str | None = None) -> list[CnaughtOrder]:
        """Newest first, all or `limit` of them, from the one before `after`."""
        where = "WHERE number < (SELECT number FROM cnaught_orders WHERE id = ?)" if after else ""
        return self._read(where, (after,) if after else ())[:limit]

    def cancel(self, identity: str) -> CnaughtOrder | None:
        """Cancels an order that is still placed; raises MarketError for one that is done."""
        order = self.order(identity)
        if order is not None and order.state(self.now()) != "placed":
            raise MarketError(400, "invalid-parameters", f"the order is {order.state(self.now())}")
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE cnaught_orders SET cancelled_at = ? WHERE id = ?", (self.now(), identity)
            )
        return self.order(identity)

    def untold(self) -> list[CnaughtOrder]:
        """Orders that wait for a call about their present state."""
        asked = (order for order in self._read("", ()) if order.body.get("notification_config"))
        return [order for order in asked if order.state(self.now()) != order.told]

    def mark_told(self, order: CnaughtOrder, state: str) -> None:
        """A call about this state was taken."""
        with self._database.transaction() as connection:
            connection.execute("UPDATE cnaught_orders SET told = ? WHERE id = ?", (state, order.id))

    def left_g(self, connection: sqlite3.Connection, portfolio: PortfolioFixture) -> int:
        """Grams of a portfolio that are left."""
        (sold,) = connection.execute(
            "SELECT coalesce(sum(grams), 0) FROM cnaught_orders WHERE portfolio = ?", (portfolio.id,)
        ).fetchone()
        return portfolio.supply_kg * 1000 - int(sold)

    def _read(self, where: str, values: tuple[object, ...]) -> list[CnaughtOrder]:
        with self._database.connection() as connection:
            rows = connection.execute(
                f"SELECT * FROM cnaught_orders {where} ORDER BY number DESC", values
            ).fetchall()
        return [_order(row) for row in rows]


def price_cents(portfolio: PortfolioFixture, grams: int, dearer: bool = False) -> int:
    """What an amount costs, at least one cent and rounded up; by a quarter `dearer` if asked."""
    cents = portfolio.cents_per_tonne * 5 // 4 if dearer else portfolio.cents_per_tonne
    return max(1, -(-grams * cents // GRAMS_PER_TONNE))


def _parts(
    connection: sqlite3.Connection, portfolio: PortfolioFixture, grams: int, outcome: Outcome
) -> list[dict[str, Any]]:
    """Equal shares by project, each with serials of its own for every tonne begun."""
    count = len(portfolio.projects)
    shares = [grams // count + (index < grams % count) for index in range(count)]
    return [
        _part(connection, project, -(-share // 2) if outcome.partial else share, outcome)
        for project, share in zip(portfolio.projects, shares, strict=True)
    ]


def _part(
    connection: sqlite3.Connection, project: CreditProject, grams: int, outcome: Outcome
) -> dict[str, Any]:
    first, last = take_range(connection, project.registry_id, -(-grams // GRAMS_PER_TONNE), outcome)
    return {"grams": grams, "serials": project.serials.format(first=first, last=last)}


def _order(row: sqlite3.Row) -> CnaughtOrder:
    return CnaughtOrder(
        id=row["id"],
        number=row["number"],
        body=json.loads(row["body"]),
        portfolio=PORTFOLIOS[row["portfolio"]],
        grams=row["grams"],
        cents=row["cents"],
        parts=tuple(json.loads(row["parts"])),
        outcome=Outcome.read(row["outcome"]),
        submitted_at=row["submitted_at"],
        complete_at=row["complete_at"],
        told=row["told"],
        cancelled_at=row["cancelled_at"],
    )
