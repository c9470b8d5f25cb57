"""What a council node refuses to sign, decided from the report, its evidence and the time alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from greenledger.evidence.disclosure import DisclosedWorkload, Mismatch, beside, recompute
from greenledger.evidence.methodology import methodology_id
from greenledger.evidence.typed_data import NO_ACCOUNT, ZERO, Footprint, FootprintReport, RetirementReport
from greenledger.evidence.words import as_hex
from greenledger.footprint.factors import FactorSet
from greenledger.footprint.fields import FieldError

MAX_VALIDITY_S = 7 * 24 * 3600  # the ledger's own limit, IFootprintLedger.Footprint.valid_until
MAX_WORKLOADS = 1_000


def _validity_errors(field: str, valid_until: int, now: int) -> Iterator[FieldError]:
    if not now < valid_until <= now + MAX_VALIDITY_S:
        expected = f"a time in ({now}, {now + MAX_VALIDITY_S}], at most 7 days ahead"
        yield FieldError(field, f"is {valid_until}", expected)


def footprint_errors(
    report: FootprintReport, disclosed: Sequence[DisclosedWorkload], factors: FactorSet, now: int
) -> tuple[FieldError, ...]:
    """Every reason not to sign a footprint report; `now` in Unix seconds. Empty means: equal and timely.

    Raises InvalidWorkload if a disclosed workload cannot be read.
    """
    if not 1 <= len(disclosed) <= MAX_WORKLOADS:
        return (FieldError("workloads", f"has {len(disclosed)} items", f"1 to {MAX_WORKLOADS}"),)
    return _with_differences(_stated_errors(report, factors, now), recompute(report, disclosed, factors))


def batch_errors(
    report: FootprintReport, recounted: Footprint, factors: FactorSet, now: int
) -> tuple[FieldError, ...]:
    """As `footprint_errors`, for a report whose workloads were recounted before."""
    mismatches = [one for one in beside(report.footprint, recounted) if one.stated != one.recomputed]
    return _with_differences(_stated_errors(report, factors, now), mismatches)


def _stated_errors(report: FootprintReport, factors: FactorSet, now: int) -> list[FieldError]:
    footprint = report.footprint
    path = "report.footprint"
    errors: list[FieldError] = []
    if report.account == NO_ACCOUNT:
        errors.append(FieldError("report.account", "is the zero address", "the account whose work it was"))
    methodology = methodology_id(factors)
    if footprint.methodology != methodology:
        stated = as_hex(footprint.methodology)
        errors.append(
            FieldError(f"{path}.methodology", f"is {stated}", f"{as_hex(methodology)}, this node's")
        )
    errors.extend(_validity_errors(f"{path}.valid_until", footprint.valid_until, now))
    if footprint.period_end > now:
        errors.append(FieldError(f"{path}.period_end", f"is {footprint.period_end}", f"at most now, {now}"))
    if footprint.period_start >= footprint.period_end:
        expected = f"less than period_end, {footprint.period_end}"
        errors.append(FieldError(f"{path}.period_start", f"is {footprint.period_start}", expected))
    return errors


def _with_differences(errors: list[FieldError], mismatches: Sequence[Mismatch]) -> tuple[FieldError, ...]:
    seen = {error.field for error in errors}
    for mismatch in mismatches:
        field = f"report.footprint.{mismatch.field.removeprefix('footprint.')}"
        if field not in seen:
            errors.append(FieldError(field, f"is {mismatch.stated}", f"{mismatch.recomputed}, as recomputed"))
    return tuple(errors)


def _desk_errors(report: RetirementReport, desk: str | None) -> Iterator[FieldError]:
    """Who names a minter or an order speaks of a desk: of this deployment's, or of none."""
    if (report.minter, report.order) == (NO_ACCOUNT, ZERO):
        return
    if desk is not None:
        if report.minter != desk:
            yield FieldError("report.minter", f"is {report.minter}", f"{desk}, the desk, or {NO_ACCOUNT}")
        if report.order == ZERO:
            yield FieldError("report.order", f"is {as_hex(ZERO)}", "the id of an order of the desk")
        return
    if report.minter != NO_ACCOUNT:
        expected = f"{NO_ACCOUNT}: this node checks no orders of a desk, so anyone may mint"
        yield FieldError("report.minter", f"is {report.minter}", expected)
    if report.order != ZERO:
        expected = f"{as_hex(ZERO)}: this node checks no orders of a desk"
        yield FieldError("report.order", f"is {as_hex(report.order)}", expected)


def retirement_errors(report: RetirementReport, now: int, desk: str | None = None) -> tuple[FieldError, ...]:
    """The reasons not to sign a retirement report that need no look at its proof; `now` in Unix seconds.

    `desk` is the deployment's, None if it has none.
    """
    retirement = report.retirement
    path = "report.retirement"
    errors: list[FieldError] = []
    if report.holder == NO_ACCOUNT:
        errors.append(
            FieldError("report.holder", "is the zero address", "the wallet that gets the certificate")
        )
    errors.extend(_desk_errors(report, desk))
    if retirement.amount_ug < 1:
        errors.append(FieldError(f"{path}.amount_ug", f"is {retirement.amount_ug}", "at least 1"))
    if retirement.retired_at > now:
        errors.append(FieldError(f"{path}.retired_at", f"is {retirement.retired_at}", f"at most now, {now}"))
    errors.extend(_validity_errors(f"{path}.valid_until", retirement.valid_until, now))
    return tuple(errors)
