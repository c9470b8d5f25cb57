"""Texts that many schemas share."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

WORD_PATTERN = r"^0x[0-9a-fA-F]{64}$"
HEX_PATTERN = r"^0x([0-9a-fA-F]{2})*$"
ID_PATTERN = r"^[0-9a-f]{32}$"
KEY_ID_PATTERN = r"^[0-9a-f]{16}$"
AMOUNT_PATTERN = r"^[1-9][0-9]{0,21}$"
PRICE_PATTERN = r"^[0-9]{1,9}(\.[0-9]{1,6})?$"
PLACE_PATTERN = r"^[0-9]{1,15}-[0-9]{1,9}$"
VISIBLE_PATTERN = r"^[\x21-\x7e]+$"

IN_WORDS = {
    WORD_PATTERN: "0x and 64 hex digits",
    HEX_PATTERN: "0x and an even number of hex digits",
    ID_PATTERN: "32 hex digits in lower case, as this API gave them",
    KEY_ID_PATTERN: "16 hex digits in lower case, as this API gave them",
    AMOUNT_PATTERN: "a whole number of micrograms above 0, as a decimal string of at most 22 digits",
    PRICE_PATTERN: "a decimal string such as 40 or 12.50",
    PLACE_PATTERN: "the `next` of the page before",
    VISIBLE_PATTERN: "visible ASCII characters without spaces",
}
"""What each pattern asks for, for people."""

Word = Annotated[str, StringConstraints(pattern=WORD_PATTERN)]
"""32 bytes, as 0x and 64 hex digits."""

Hex = Annotated[str, StringConstraints(pattern=HEX_PATTERN, max_length=16_384)]
"""Bytes, as 0x and an even number of hex digits."""


class Body(BaseModel):
    """A request body: a member that is not known is an error, never ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class View(BaseModel):
    """A response body."""

    model_config = ConfigDict(frozen=True)
