"""Retirement of carbon tokens on chain, without any marketplace: the chain is asked and keeps the record."""
