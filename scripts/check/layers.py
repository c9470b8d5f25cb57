"""How the packages of the product stand to one another: the house rules read it."""

from __future__ import annotations

# Which package may import which: arrows point from the gateway down to the pure model.
LAYERS: dict[str, set[str]] = {
    "footprint": set(),
    "columns": {"footprint"},
    "intake": {"footprint"},
    "lettering": set(),
    "receipts": {"lettering"},
    "badges": {"chain", "lettering"},
    "verified": {"evidence"},
    "evidence": {"footprint"},
    "validation": {"evidence", "footprint"},
    "chain": {"evidence"},
    "usage": set(),
    "journal": {"chain", "usage"},
    "offsets": {"chain", "evidence", "journal", "usage"},
    "council": {"chain", "columns", "evidence", "footprint", "offsets"},
    "reports": {"chain", "council", "evidence", "footprint", "intake", "usage"},
    "batches": {"chain", "council", "evidence", "footprint", "journal", "reports", "usage"},
    "telemetry": {"footprint", "reports", "usage"},
    "auth": {"usage"},
    "client": {"chain", "evidence", "footprint", "intake"},
    "mcp": {"client", "evidence", "footprint"},
    "cli": {"chain", "client", "evidence", "footprint", "intake", "mcp", "validation"},
    "api": {
        *("auth", "badges", "batches", "chain", "council", "evidence", "footprint", "intake", "journal"),
        *("offsets", "receipts", "reports", "telemetry", "usage", "verified"),
    },
}

# Where an outside library may be used: one place for each noun of the outside world.
HOMES: dict[str, set[str]] = {
    "fastapi": {"api"},
    "sqlalchemy": {"usage", "api", "auth", "batches", "journal", "offsets", "reports", "telemetry"},
    "alembic": {"usage"},
    "web3": {"chain", "auth", "cli", "client"},
    "siwe": {"auth"},
    "httpx": {"offsets", "council", "api", "cli", "client"},
    "mcp": {"mcp"},
    "opentelemetry": {"telemetry"},
    "google": {"telemetry"},
    "codecarbon": {"client"},
    "litellm": {"client"},
    "transformers": {"client"},
    "typer": {"cli"},
    "rich": {"cli"},
    "fpdf": {"receipts", "lettering"},
    "PIL": {"badges"},
    "segno": {"receipts"},
    "numpy": {"columns"},
}
