"""The chain: where the contracts are, what they say, and calldata for a wallet to send."""
