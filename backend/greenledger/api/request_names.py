"""Names in a refusal as the request has them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from greenledger.evidence.disclosure import InvalidDisclosure
from greenledger.footprint.fields import FieldError, InvalidWorkload

_DISCLOSED = re.compile(r"\bworkloads(?=\[|$)")


def _renamed(text: str) -> str:
    return _DISCLOSED.sub("workload_ids", text)


@contextmanager
def workloads_named_by_id() -> Iterator[None]:
    """A report's request names workloads by `workload_ids`, in the order of the evidence's `workloads`.

    Raises InvalidWorkload in place of InvalidDisclosure.
    """
    try:
        yield
    except InvalidDisclosure as error:
        errors = (FieldError(_renamed(e.field), _renamed(e.problem), e.expected) for e in error.errors)
        raise InvalidWorkload(tuple(errors)) from error
