"""How long the state machines run: seconds at home, minutes in CI, as long as wanted by hand.

`GREENLEDGER_PROPERTIES` names the tier (home, ci or long; home unless told). Home and CI draw the same
examples in every run; the long run draws by the seed that pytest is given (`--hypothesis-seed`), for so many
times the examples of home as `GREENLEDGER_PROPERTIES_TIMES` says (40, about half an hour, unless told).
"""

from __future__ import annotations

import os
from collections import Counter

from hypothesis import HealthCheck, Phase, settings

EXAMPLES = {"home": 1, "ci": 4, "long": int(os.environ.get("GREENLEDGER_PROPERTIES_TIMES", "40"))}
STEPS: Counter[str] = Counter()

# Shrinking a failure takes longer than all the rest, so only the long run does it.
QUICK_PHASES = [Phase.explicit, Phase.reuse, Phase.generate]


def tier() -> str:
    """The tier of this run."""
    name = os.environ.get("GREENLEDGER_PROPERTIES", "home")
    if name not in EXAMPLES:
        raise ValueError(f"GREENLEDGER_PROPERTIES is {name!r}: home, ci or long would be right")
    return name


def counted(home: int, ci: int, long: int) -> settings:
    """Settings of a test over single inputs: so many examples in each tier. `long` is for 40 times home."""
    examples = {"home": home, "ci": ci, "long": long * EXAMPLES["long"] // 40}
    return settings(tiered(1, 1), max_examples=max(examples[tier()], 1))


def tiered(examples: int, steps: int) -> settings:
    """Settings of a machine that needs so many examples of so many steps at home."""
    return settings(
        max_examples=examples * EXAMPLES[tier()],
        stateful_step_count=steps,
        derandomize=tier() != "long",
        phases=QUICK_PHASES if tier() != "long" else list(Phase),
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
