"""One file per command; `greenledger.cli.main` assembles them."""
