"""The `greenledger` command."""
