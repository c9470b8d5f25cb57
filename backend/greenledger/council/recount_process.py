"""Recounts a batch in a process of its own: `python -m greenledger.council.recount_process ID [FILE]`.

ID names the methodology. Standard input holds a JSON object {"salt", "workload"} in each line. Standard
output gets one line: the footprint, or what is wrong. FILE gets the nodes of the Merkle tree.

A process of its own, so that minutes of arithmetic hold up no request, and memory is given back in the end.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

from greenledger.evidence.disclosure import DisclosedWorkload, FootprintSum, InvalidDisclosure, compute
from greenledger.evidence.methodology import factor_set_of
from greenledger.evidence.structs import struct_as_json
from greenledger.evidence.words import as_hex, word_bytes
from greenledger.footprint.factors import FactorSet
from greenledger.footprint.fields import FieldError

MOST_WORKLOADS = 1 << 20  # in one batch
MAX_LINE_BYTES = 1_048_576 + 128  # a workload of at most 1 MiB and its salt
NICENESS = 5  # requests come first


def disclosed_line(canonical: str, salt: str) -> bytes:
    """A workload's line, from its canonical JSON and its salt (0x, 64 hex digits)."""
    return f'{{"salt":"{salt}","workload":{canonical}}}\n'.encode()


def recount(lines: BinaryIO, factors: FactorSet, tree_file: Path | None) -> dict[str, Any]:
    """The footprint as JSON, `valid_until` and `supersedes` 0; or the `errors`, as a problem has them."""
    summed = FootprintSum(factors)
    try:
        for at, disclosed in enumerate(_read(lines)):
            summed.add(compute(disclosed, factors, f"workloads[{at}]"))
        if not summed.leaves:
            raise _wrong("workloads", "is empty", "at least one workload")
        tree = summed.tree()
        footprint = summed.footprint(tree.root, valid_until=0)
    except InvalidDisclosure as invalid:
        return {"errors": [asdict(error) for error in invalid.errors]}
    if tree_file is not None:
        tree_file.write_bytes(tree.nodes)
    return {"footprint": struct_as_json(footprint)}


def _read(lines: BinaryIO) -> Iterator[DisclosedWorkload]:
    # What JSON readers could take differently is harmless: the hash is made from the workload as it was read.
    for at in range(MOST_WORKLOADS + 1):
        line = lines.readline(MAX_LINE_BYTES)
        if not line:
            return
        if at == MOST_WORKLOADS:
            raise _wrong("workloads", f"has more than {MOST_WORKLOADS} lines", f"1 to {MOST_WORKLOADS}")
        path = f"workloads[{at}]"
        if not line.endswith(b"\n"):
            raise _wrong(path, "has no end", f"a line of at most {MAX_LINE_BYTES} bytes")
        try:
            item = json.loads(line)
            workload, salt = item["workload"], word_bytes(item["salt"])
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise _wrong(path, "cannot be read", 'an object {"salt", "workload"}') from None
        yield DisclosedWorkload(workload, salt)


def _wrong(field: str, problem: str, expected: str) -> InvalidDisclosure:
    return InvalidDisclosure((FieldError(field, problem, expected),))


def main() -> int:
    os.nice(NICENESS)
    factors = factor_set_of(word_bytes(sys.argv[1]))
    tree_file = Path(sys.argv[2]) if len(sys.argv) > 2 else None
    result = recount(sys.stdin.buffer, factors, tree_file)
    sys.stdout.write(json.dumps(result) + "\n")
    return 0


def command(methodology: bytes, tree_file: Path | None) -> list[str]:
    """How this process is started."""
    files = [str(tree_file)] if tree_file else []
    return [sys.executable, "-m", "greenledger.council.recount_process", as_hex(methodology), *files]


if __name__ == "__main__":
    sys.exit(main())
