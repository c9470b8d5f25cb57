"""Which of several processes states a piece of work: exactly one for each machine, the outermost block."""

from __future__ import annotations

import os

TRACKING = "GREENLEDGER_TRACKING"  # set for what a tracked block starts: its children are a part of it
_LOCAL_RANKS = ("LOCAL_RANK", "SLURM_LOCALID", "OMPI_COMM_WORLD_LOCAL_RANK", "MV2_COMM_WORLD_LOCAL_RANK")
_NODE_RANKS = ("GROUP_RANK", "NODE_RANK", "SLURM_NODEID")


def _number(names: tuple[str, ...]) -> int:
    for name in names:
        text = os.environ.get(name, "")
        if text.isascii() and text.isdigit() and len(text) < 10:
            return int(text)
    return 0


def local_rank() -> int:
    """Number of this process among those of one launch on this machine; 0 for a process alone."""
    return _number(_LOCAL_RANKS)


def node_rank() -> int:
    """Number of this machine among those of one launch; 0 for a machine alone."""
    return _number(_NODE_RANKS)


def why_not_here() -> str | None:
    """Why this process leaves a block to another one; None if it is the one to state it."""
    holder = os.environ.get(TRACKING)
    if holder is not None:
        where = "this process" if holder == str(os.getpid()) else "the process that started this one"
        return f"a block of {where} is tracked already, and this one is a part of it"
    rank = local_rank()
    if rank:
        return f"this is local rank {rank}: rank 0 states what the machine does"
    return None


def claim() -> None:
    os.environ[TRACKING] = str(os.getpid())


def release() -> None:
    os.environ.pop(TRACKING, None)
