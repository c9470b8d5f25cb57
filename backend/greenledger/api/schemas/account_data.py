"""Deleting an account's data over the wire."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

from greenledger.api.schemas.words import VISIBLE_PATTERN, Body, View


class DeletionBody(Body):
    confirm: Annotated[
        str, StringConstraints(max_length=42, pattern=VISIBLE_PATTERN)
    ]  # the account's address


class DeletionView(View):
    deleted: int  # workloads that are gone
    erased: int  # workloads in reports or batches, of which only the salted hash is left
