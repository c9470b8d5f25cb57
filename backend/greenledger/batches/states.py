"""What becomes of a batch.

open -> closed -> built -> signed -> recorded, or expired -> (on request) built -> signed again, over the same
tree. A batch in which no work was found ends `empty`. One that the model refuses is `refused`, and like an
expired one it can be dissolved, which lets its work go into another batch.
"""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Each is written with what it says, in one transaction."""

    OPEN = "open"  # its workloads are being taken, a slice at a time
    CLOSED = "closed"  # its workloads are fixed; they are being recounted
    BUILT = "built"  # root and sums are stored; the council is being asked
    SIGNED = "signed"  # its report can be recorded until `valid_until`
    RECORDED = "recorded"  # found on chain when nothing could change that any more
    EXPIRED = "expired"  # not recorded in time
    EMPTY = "empty"  # no work in the period that is in no report yet
    REFUSED = "refused"  # a workload of it cannot be counted; the error names it
    DISSOLVED = "dissolved"  # given up; its work is free


UNDER_WAY = (State.OPEN, State.CLOSED, State.BUILT)
DISSOLVABLE = (*UNDER_WAY, State.EXPIRED, State.REFUSED)
