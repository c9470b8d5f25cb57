"""What can go wrong when the chain is asked."""


class ChainUnavailable(Exception):
    """The chain gave no usable answer: RPC down, too slow, garbage, wrong chain, or no contract there."""


class Reverted(Exception):
    """A contract refused the call; `reason` is its revert text, such as "ledger: unknown methodology"."""

    def __init__(self, reason: str) -> None:
        """Keep the contract's own words."""
        super().__init__(reason)
        self.reason = reason


class InvalidDeployment(ValueError):
    """A deployment file is missing or wrong; the text names the field and what is expected."""


class CannotEncode(ValueError):
    """A value does not fit the contract's type; the text names the function."""
