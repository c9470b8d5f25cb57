"""Stating workloads and issuing reports over them: what the gateway decides before the council signs."""
