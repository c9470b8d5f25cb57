"""Inference rows in columns: a million estimates a second, each the same integers as `footprint.estimate`.

The one package that needs NumPy, and only for speed: whoever has few rows uses the model itself.
"""

from __future__ import annotations

try:
    import numpy as _numpy  # noqa: F401  # asked for here, so that every module below may simply import it
except ImportError as error:
    raise ImportError(
        "greenledger.columns needs NumPy 1.26 or newer: install greenledger[columns], or estimate each"
        " workload with greenledger.footprint.estimate, which gives the same integers"
    ) from error
