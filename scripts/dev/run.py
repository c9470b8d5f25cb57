"""`make run`: start the local stack, say where it is and what to click, stop it on Ctrl-C."""

from __future__ import annotations

import signal
import sys
import time
from types import FrameType

from rich.console import Console
from rich.panel import Panel

from scripts.dev.processes import StackError
from scripts.dev.stack import STATE, Ports, Stack

WHAT_TO_CLICK = """[bold]{origin}[/bold]

1. Connect: choose [bold]Development wallet[/bold] (it exists on this local chain only), then Sign in.
2. Record: press [bold]BLOOM-176B example[/bold], look at the bounds, then Record on chain.
3. Retire: choose credits, get a quote, pay it with test dollars, watch the certificate come, allocate it.
4. My ledger shows the coverage; Verify recomputes it from the evidence file.

Chain {rpc_url}   state and logs {state}   stop with Ctrl-C"""


def main() -> int:
    console = Console()
    started = time.monotonic()
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        with Stack(STATE, Ports.usual(), console.print) as stack:
            seconds = time.monotonic() - started
            text = WHAT_TO_CLICK.format(
                origin=stack.origin, rpc_url=stack.rpc_url, state=STATE.relative_to(STATE.parents[1])
            )
            console.print(Panel(text, title=f"GPTX Green AI Ledger, ready in {seconds:.1f} s", expand=False))
            while True:
                stack.processes.require_alive()
                time.sleep(1)
    except KeyboardInterrupt:
        console.print("Stopped. The records are kept; make run continues with them.")
        return 0
    except StackError as error:
        console.print(f"[red]{error}[/red]", highlight=False)
        return 1


def _interrupt(_signum: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
