"""Receipts: what a buyer keeps on paper about a retirement, from what the ledger and the market state."""
