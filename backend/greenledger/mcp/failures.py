"""Failures as a model reads them: what was wrong, where, and what would be right."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from mcp.server.mcpserver.exceptions import ToolError

from greenledger.client.errors import ClientError
from greenledger.evidence.structs import InvalidReport
from greenledger.footprint.fields import InvalidWorkload
from greenledger.mcp.texts import shown

MOST_LINES = 12
MOST_CHARACTERS = 400  # of one line


class Failed(ClientError):
    """What was asked for cannot be prepared. The message says why, and what would be right."""


@contextmanager
def told() -> Iterator[None]:
    """Turns every failure that a tool expects into a ToolError, a line for each reason."""
    try:
        yield
    except ClientError as error:
        raise _tool_error(str(error).splitlines()) from error
    except InvalidReport as error:
        raise _tool_error([f"bundle: {error}"]) from error
    except InvalidWorkload as error:
        reasons = [f"bundle.{e.field}: {e.problem}, expected {e.expected}" for e in error.errors]
        raise _tool_error(reasons) from error


def _tool_error(lines: list[str]) -> ToolError:
    kept = [shown(line, MOST_CHARACTERS) for line in lines[:MOST_LINES]]
    left = [f"and {len(lines) - MOST_LINES} more"] if len(lines) > MOST_LINES else []
    return ToolError("\n".join([*kept, *left]))
