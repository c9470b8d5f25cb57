"""Texts that many schemas share."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

Word = Annotated[str, StringConstraints(pattern=r"^0x[0-9a-fA-F]{64}$")]
"""32 bytes, as 0x and 64 hex digits."""

Hex = Annotated[str, StringConstraints(pattern=r"^0x([0-9a-fA-F]{2})*$", max_length=16_384)]
"""Bytes, as 0x and an even number of hex digits."""


class Body(BaseModel):
    """A request body: a member that is not known is an error, never ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class View(BaseModel):
    """A response body."""

    model_config = ConfigDict(frozen=True)
