"""Says at the end of a run how many steps the state machines made."""

from __future__ import annotations

from typing import Any

from properties.tiers import STEPS, tier


def pytest_terminal_summary(terminalreporter: Any) -> None:
    for machine, steps in sorted(STEPS.items()):
        terminalreporter.write_line(f"{machine}: {steps:,} steps checked (tier {tier()})")
