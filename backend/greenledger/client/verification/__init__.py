"""Checking attestations against the chain and against the model, with nothing but an RPC URL."""
