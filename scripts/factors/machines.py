"""Rows of machines: hardware, serving, models, other functional units, and the constants that hold anywhere.

How the serving rows are calibrated. Energy per output token of the accelerators alone, at batch B, is
fixed + (m / B + c) per 10^9 parameters, because the weights are read once per step for the whole batch (m)
while the arithmetic is done for every sequence (c). Of a mixture of experts the active parameters count, and
a share of the inactive ones, whose weights a batch reads as well (`inactive-experts/share`).

- Central: fixed 0.06 J, m = 0.349 J, c = 0.00575 J meet 2.63 J (7.25B, H100, batch 1) and 0.15 J (8B, batch
  64). At batch 32, host 1.5 and PUE 1.12 an answer of 400 tokens of a dense model of 100B costs 0.32 Wh, amid
  five disclosures: Google 0.24, Epoch AI 0.30, Microsoft 0.31 [0.16, 0.60], OpenAI 0.34, Jegham et al. 0.42.
- High: 1.80 times, with half of the batch filled. At batches 1 and 2 the software of 2023 took far more than
  the card needs: up to 11.4 J (13B) and 10.1 J (7B) on A100 in ML.ENERGY's chat table, so the bound is there.
- Low: 0.40 times. ML.ENERGY v3.0 (December 2025; chat and problem solving on H100 and B200, 8B to 671B, 515
  configurations) lies within these bounds in 502 cases, above in none, and below in 13, all at batches over
  500, beyond the table. With the 0.75 of gal-factors-2026-1, 93 cases lay below.
- Share of inactive experts: with the 0.05 of gal-factors-2026-1 the median mixture measured 1.86 times the
  central value; with 0.20 it is 1.06 (dense models: 0.64, as both cards are newer than the average fleet).
- Prefill: 2 FLOP per parameter and token at 989 TFLOP/s and 700 W (H100): 40 % use, bounds 60 % and 20 %.

Closed models publish no size: their two rows are ranges of estimates (low below central below high, which is
how the model code knows them). Active parameters span the range of EcoLogits where it has one, widened where
other estimates, prices or disclosures differ. Central values are about 1.3 times the lower end of that range,
chosen so that 400 tokens of GPT-4o (57B of 240B) cost 0.31 Wh at the central batch, host and a PUE of 1.15.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from scripts.factors.rows import Bounds, Row, row, rows_of, triple

BATCHES = (1, 2, 4, 8, 16, 32, 64, 128, 256)
JOULE = Decimal(10**9) / 3600  # nWh
FIXED_J, WEIGHTS_J, ARITHMETIC_J = Decimal("0.06"), Decimal("0.349"), Decimal("0.00575")
DECODE_LOW, DECODE_HIGH = Decimal("0.40"), Decimal("1.80")
SMALL_BATCHES, SMALL_BATCH_HIGH_J = (1, 2), Decimal("1.476")  # J per 10^9 parameters, see above
FLOP_PER_S, WATT = Decimal("989e12"), 700  # dense BF16 rate and rated power of an H100 SXM
MILLI = Decimal(1000)  # W to mW
KILOGRAM = Decimal(1_000_000)  # in mg


def machine_rows(labels: dict[str, str]) -> Iterator[Row]:
    """Every row that names no place. Adds the names of cards and models to `labels`."""
    yield from hardware(labels)
    yield from serving()
    yield from models(labels)
    yield from tasks()
    yield from constants()


def bounds_of(entry: dict[str, str], prefix: str, factor: Decimal = Decimal(1)) -> Bounds:
    """The columns `prefix`low, `prefix`central and `prefix`high times `factor`."""
    low, central, high = (Decimal(entry[f"{prefix}{bound}"]) * factor for bound in ("low", "central", "high"))
    return low, central, high


def exactly(value: str, factor: Decimal = Decimal(1)) -> Bounds:
    """A figure without a spread, such as a nameplate."""
    figure = Decimal(value) * factor
    return figure, figure, figure


def hardware(labels: dict[str, str]) -> Iterator[Row]:
    """Cards by rated power, or machines by mean power with their share of a host.

    A row of accelerators says that the figures hold the server as well: the device is the whole machine.
    """
    for entry in rows_of("hardware"):
        key = f"hardware/{entry['id']}"
        labels[key] = entry["name"]
        embodied = bounds_of(entry, "embodied_kg_", KILOGRAM)
        yield row(
            f"{key}/embodied", "mg", embodied, "2025", entry["embodied_source"], entry["embodied_evidence"]
        )
        power = ("2025", entry["power_source"], entry["power_evidence"])
        if entry["rated_w"]:
            yield row(f"{key}/rated-power", "mW", exactly(entry["rated_w"], MILLI), *power)
        else:
            yield row(f"{key}/system-power", "mW", bounds_of(entry, "system_w_", MILLI), *power)
        if entry["peak_gflops"]:
            peak = exactly(entry["peak_gflops"])
            yield row(
                f"{key}/peak-flops", "GFLOP/s", peak, "2025", entry["peak_source"], entry["peak_evidence"]
            )
        if entry["accelerators"]:
            count = exactly(entry["accelerators"])
            note = "accelerators in the machine, whose other figures hold all of them and the server"
            yield row(f"{key}/accelerators", "devices", count, "2025", entry["power_source"], note)


def serving() -> Iterator[Row]:
    """Energy per token of the accelerators alone, in nWh: see the docstring of the module."""
    fit = ("2025", "gal-calibration")
    for batch in BATCHES:
        full, half = (
            (WEIGHTS_J / slots + ARITHMETIC_J) * JOULE
            for slots in (Decimal(batch), max(Decimal(batch) / 2, Decimal(1)))
        )
        bounds = (full * DECODE_LOW, full, half * DECODE_HIGH)
        note = "fit to the anchors, accelerators alone; high bound with half of the batch filled"
        if batch in SMALL_BATCHES:
            bounds = (full * DECODE_LOW, full, SMALL_BATCH_HIGH_J * JOULE)
            note = "fit to the anchors, accelerators alone; high: software of 2023 on A100 (ML.ENERGY chat)"
        yield row(f"decode/per-billion/batch-{batch:03}", "nWh/token", bounds, *fit, note)
    fixed = triple(FIXED_J * JOULE, DECODE_LOW, DECODE_HIGH)
    yield row("decode/fixed", "nWh/token", fixed, *fit, "fit to the anchors, accelerators alone")
    full_use = Decimal(2 * 10**9) / FLOP_PER_S * WATT * JOULE
    prefill = (full_use / Decimal("0.6"), full_use / Decimal("0.4"), full_use / Decimal("0.2"))
    yield row(
        "prefill/per-billion", "nWh/token", prefill, *fit, "arithmetic of an H100 at 60, 40 and 20 % use"
    )


def models(labels: dict[str, str]) -> Iterator[Row]:
    """Active and total parameters: exact of published weights, a range of estimates of closed models."""
    for entry in rows_of("models"):
        key = f"model/{entry['id']}"
        labels[key] = entry["name"]
        for name in ("active", "total"):
            bounds = bounds_of(entry, f"{name}_")
            yield row(
                f"{key}/{name}-params", "parameters", bounds, "2025", entry["source"], entry["evidence"]
            )


def tasks() -> Iterator[Row]:
    """Energy of the node per unit of work other than text: published measurements, in nWh, without PUE."""
    for entry in rows_of("tasks"):
        key = f"task/{entry['name']}"
        yield row(
            key, entry["unit"], bounds_of(entry, ""), entry["year"], entry["source_id"], entry["evidence"]
        )


def constants() -> Iterator[Row]:
    for entry in rows_of("constants"):
        bounds = bounds_of(entry, "")
        yield row(entry["key"], entry["unit"], bounds, entry["year"], entry["source_id"], entry["evidence"])
