"""The registry's books: credit batches that split as they are retired, and the retirements."""

import secrets
import sqlite3
from dataclasses import dataclass

from marketplace_sandbox.isometric.fixtures import BENEFICIARIES, ISSUED
from marketplace_sandbox.outcome import Outcome
from marketplace_sandbox.store import Store
from marketplace_sandbox.wire import MarketError

SCHEMA = """
CREATE TABLE IF NOT EXISTS isometric_batches (
  id TEXT PRIMARY KEY, parent TEXT, left_child TEXT, right_child TEXT, issued INTEGER NOT NULL,
  first INTEGER NOT NULL, last INTEGER NOT NULL, status TEXT NOT NULL, retirement TEXT);
CREATE TABLE IF NOT EXISTS isometric_retirements (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, beneficiary TEXT NOT NULL, kg INTEGER NOT NULL,
  purposes TEXT NOT NULL, notes TEXT, outcome TEXT NOT NULL, retired_at REAL NOT NULL,
  shown_first INTEGER, shown_last INTEGER);
"""


@dataclass(frozen=True)
class BatchRow:
    """A credit batch; `issued` is the index of the issuance it comes from, serials count kilograms."""

    id: str
    parent: str | None
    left_child: str | None
    right_child: str | None
    issued: int
    first: int
    last: int
    status: str
    retirement: str | None

    @property
    def kg(self) -> int:
        """Its size."""
        return self.last - self.first + 1


@dataclass(frozen=True)
class RetirementRow:
    """A retirement in kilograms; `shown` are the serials that a fault shows instead of the real ones."""

    id: str
    number: int
    beneficiary: str
    kg: int
    purposes: tuple[str, ...]
    notes: str | None
    outcome: Outcome
    retired_at: float
    shown: tuple[int, int] | None


class IsometricStore:
    """The registry's part of a sandbox: shares the file and the clock."""

    def __init__(self, store: Store) -> None:
        """Open or create the tables, with the issued credits in them."""
        self._store = store
        self._database = store.database
        self._database.add_tables(SCHEMA)
        with self._database.transaction() as connection:
            for index, issued in enumerate(ISSUED):
                connection.execute(
                    "INSERT OR IGNORE INTO isometric_batches "
                    "VALUES (?, NULL, NULL, NULL, ?, ?, ?, 'active', NULL)",
                    (issued.id, index, issued.first, issued.first + issued.kg - 1),
                )

    def now(self) -> float:
        """Unix seconds."""
        return self._store.now()

    def batches(self) -> list[BatchRow]:
        """The owner's batches in the order they were issued, without those that were split."""
        return self._batches("WHERE status <> 'split'", ())

    def batch(self, identity: str) -> BatchRow | None:
        """One batch by its id."""
        found = self._batches("WHERE id = ?", (identity,))
        return found[0] if found else None

    def batches_of(self, retirement: str) -> list[BatchRow]:
        """What a retirement retired."""
        return self._batches("WHERE retirement = ?", (retirement,))

    def retire(
        self,
        quantities: dict[str, int],
        beneficiary: str,
        purposes: tuple[str, ...],
        notes: str | None,
        outcome: Outcome,
    ) -> RetirementRow:
        """Retires kilograms of batches, splitting those that are larger. Raises MarketError 422."""
        if beneficiary not in BENEFICIARIES:
            raise MarketError(422, "Unprocessable Content", "beneficiary_organisation_id: not known")
        identity = f"ret_{secrets.token_hex(8).upper()}"
        now = self.now()
        with self._database.transaction() as connection:
            rows = [self._take(connection, batch, kg, identity, outcome) for batch, kg in quantities.items()]
            connection.execute(
                "INSERT INTO isometric_retirements (id, beneficiary, kg, purposes, notes, outcome, "
                "retired_at, shown_first, shown_last) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *(identity, beneficiary, sum(last - first + 1 for first, last in rows)),
                    *(" ".join(purposes), notes, outcome.text(), now),
                    *_shown(connection, rows[0], outcome),
                ),
            )
        retired = self.retirement(identity)
        assert retired is not None  # inserted above
        return retired

    def retirement(self, identity: str) -> RetirementRow | None:
        """One retirement by its id."""
        found = self._retirements("WHERE id = ?", (identity,))
        return found[0] if found else None

    def retirements(self) -> list[RetirementRow]:
        """All of them, newest first."""
        return self._retirements("", ())

    def is_reverted(self, row: RetirementRow) -> bool:
        """Whether the registry has taken the retirement back."""
        return row.outcome.is_reverted(row.retired_at, self.now())

    def _take(
        self, connection: sqlite3.Connection, identity: str, kg: int, retirement: str, outcome: Outcome
    ) -> tuple[int, int]:
        """Retires the first kilograms of a batch and gives their serials."""
        row = connection.execute("SELECT * FROM isometric_batches WHERE id = ?", (identity,)).fetchone()
        if row is None or row["status"] != "active":
            raise MarketError(
                422, "Unprocessable Content", f"credit_batch_quantities: {identity} is not active"
            )
        batch = _batch(row)
        taken = -(-kg // 2) if outcome.partial else kg
        if not 1 <= kg <= batch.kg:
            raise MarketError(
                422,
                "Unprocessable Content",
                f"credit_batch_quantities: expected 1 to {batch.kg} kg of {identity}",
            )
        if taken == batch.kg:
            connection.execute(
                "UPDATE isometric_batches SET status = 'retired', retirement = ? WHERE id = ?",
                (retirement, identity),
            )
            return batch.first, batch.last
        left, right = (f"ctb_{secrets.token_hex(8).upper()}" for _ in range(2))
        middle = batch.first + taken - 1
        connection.execute(
            "UPDATE isometric_batches SET status = 'split', left_child = ?, right_child = ? WHERE id = ?",
            (left, right, identity),
        )
        parts = (
            (left, batch.first, middle, "retired", retirement),
            (right, middle + 1, batch.last, "active", None),
        )
        for child, first, last, status, of in parts:
            connection.execute(
                "INSERT INTO isometric_batches VALUES (?, ?, NULL, NULL, ?, ?, ?, ?, ?)",
                (child, identity, batch.issued, first, last, status, of),
            )
        return batch.first, middle

    def _batches(self, where: str, values: tuple[object, ...]) -> list[BatchRow]:
        with self._database.connection() as connection:
            rows = connection.execute(
                f"SELECT * FROM isometric_batches {where} ORDER BY issued, first", values
            ).fetchall()
        return [_batch(row) for row in rows]

    def _retirements(self, where: str, values: tuple[object, ...]) -> list[RetirementRow]:
        with self._database.connection() as connection:
            rows = connection.execute(
                f"SELECT * FROM isometric_retirements {where} ORDER BY number DESC", values
            ).fetchall()
        return [_retirement(row) for row in rows]


def _shown(
    connection: sqlite3.Connection, real: tuple[int, int], outcome: Outcome
) -> tuple[int | None, int | None]:
    """Serials that a fault shows: one kilogram too many, or those of the retirement before."""
    if outcome.wrong_serials:
        return real[0], real[1] + 1
    if outcome.used_serials:
        row = connection.execute(
            "SELECT first, last FROM isometric_batches WHERE status = 'retired' AND last < ? "
            "ORDER BY last DESC",
            (real[0],),
        ).fetchone()
        return (row["first"], row["last"]) if row is not None else (None, None)
    return None, None


def _batch(row: sqlite3.Row) -> BatchRow:
    names = ("id", "parent", "left_child", "right_child", "issued", "first", "last", "status", "retirement")
    return BatchRow(*(row[name] for name in names))


def _retirement(row: sqlite3.Row) -> RetirementRow:
    return RetirementRow(
        id=row["id"],
        number=row["number"],
        beneficiary=row["beneficiary"],
        kg=row["kg"],
        purposes=tuple(row["purposes"].split()),
        notes=row["notes"],
        outcome=Outcome.read(row["outcome"]),
        retired_at=row["retired_at"],
        shown=(row["shown_first"], row["shown_last"]) if row["shown_first"] is not None else None,
    )
