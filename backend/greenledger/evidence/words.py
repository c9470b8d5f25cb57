"""32-byte words and other bytes as 0x text, the form in which JSON and SQL carry them."""


def word_bytes(word: str) -> bytes:
    """The bytes of 0x and an even number of hex digits; raises ValueError on anything else."""
    return bytes.fromhex(word.removeprefix("0x"))


def as_hex(value: bytes) -> str:
    """0x and lower-case hex digits."""
    return f"0x{value.hex()}"
