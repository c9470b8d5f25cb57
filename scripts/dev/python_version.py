"""Stops the set-up early, with a sentence, on a Python that the locked packages cannot use."""

import sys

if not (3, 11) <= sys.version_info[:2] <= (3, 13):
    found = ".".join(map(str, sys.version_info[:3]))
    sys.exit(
        f"Python 3.11 to 3.13 is needed, {found} was found. Name another one: make run PYTHON=python3.12"
    )
