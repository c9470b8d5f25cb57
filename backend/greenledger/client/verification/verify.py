"""Checks an attestation against the chain and against the model, field by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from greenledger.client.verification.chain_reader import ChainAttestation, ChainReader
from greenledger.client.verification.checks import Check, Verification
from greenledger.client.verification.disclosures import Disclosure
from greenledger.client.verification.ledger_at import LedgerAt, bundle_ledger
from greenledger.client.verification.recorded_report import Told, recorded_report
from greenledger.client.verification.rpc import CannotRead, Rpc
from greenledger.evidence.bundle import EvidenceBundle
from greenledger.evidence.disclosure import Computed, compare, compute, refuse_repeated, shown
from greenledger.evidence.leaf import BOUNDS, DisclosedLeaf, is_under
from greenledger.evidence.methodology import UnknownMethodology, factor_set_of
from greenledger.evidence.structs import TYPES, Footprint, FootprintReport
from greenledger.evidence.typed_data import footprint_domain, footprint_report_id
from greenledger.evidence.words import as_hex
from greenledger.footprint.factors import FactorSet

STORED = ("low_ug", "central_ug", "high_ug", "tier")


@dataclass(frozen=True, slots=True)
class _Found:
    """What is known of an attestation before anything is recomputed."""

    id: bytes
    chain_id: int
    ledger: LedgerAt
    attestation: ChainAttestation
    coverage_bps: int


def _look_up(id_: bytes, reader: ChainReader, ledger: LedgerAt) -> _Found:
    chain_id = reader.check_place(ledger.chain_id)
    return _Found(id_, chain_id, ledger, reader.attestation(id_), reader.coverage_bps(id_))


def _field_checks(
    stated: Footprint, stored: ChainAttestation, recomputed: Mapping[str, str]
) -> Iterator[Check]:
    """Each field as stated, as stored if the ledger stores it, and as recomputed if it was."""
    for name in TYPES[Footprint]:
        yield Check(
            f"footprint.{name}",
            shown(getattr(stated, name)),
            shown(getattr(stored, name)) if name in STORED and stored.recorded_at else None,
            recomputed.get(f"footprint.{name}"),
        )


def _leaves_checks(root: bytes, leaves: Sequence[DisclosedLeaf], factors: FactorSet) -> Iterator[Check]:
    """Each leaf under the root. Raises InvalidDisclosure for work shown twice: it would count twice."""
    seen: dict[bytes, int] = {}
    for index, leaf in enumerate(leaves):
        path = f"workloads[{index}]"
        computed = compute(leaf.disclosed, factors, path)
        refuse_repeated(seen, computed, index)
        yield from _leaf_checks(root, leaf, computed, path)


def _leaf_checks(root: bytes, leaf: DisclosedLeaf, computed: Computed, path: str) -> Iterator[Check]:
    total = computed.estimate.total_ug
    under = "yes" if is_under(root, leaf, computed) else "no"
    yield Check(f"{path}.under_root", stated="yes", recomputed=under)
    stated = leaf.stated_ug or (None, None, None)
    for name, value, fresh in zip(BOUNDS, stated, (total.low, total.central, total.high), strict=True):
        yield Check(f"{path}.{name}", None if value is None else str(value), recomputed=str(fresh))


def _factors(report: FootprintReport) -> FactorSet:
    try:
        return factor_set_of(report.footprint.methodology)
    except UnknownMethodology as error:
        raise CannotRead(f"report.footprint.methodology: {error}") from error


def _judge(
    found: _Found, report: FootprintReport, checks: list[Check], disclosure: Disclosure
) -> Verification:
    """Recomputes what is disclosed and puts it beside the report and the chain."""
    stated, stored = report.footprint, found.attestation
    bare = Verification(
        as_hex(found.id), found.chain_id, found.ledger, stored, found.coverage_bps, report, tuple(checks)
    )
    # A report that is not the one of the id proves nothing, so nothing of it is recomputed.
    known = not bare.different or bare.different == ("recorded",)
    if disclosure.count == 0 or not known:
        return replace(bare, checks=(*checks, *_field_checks(stated, stored, {})))
    factors = _factors(report)
    compared = compare(report, disclosure.workloads, factors) if disclosure.workloads else ()
    checks += _field_checks(stated, stored, {field.field: field.recomputed for field in compared})
    checks += _leaves_checks(stated.root, disclosure.leaves, factors)
    return replace(
        bare,
        checks=tuple(checks),
        recomputed=disclosure.count,
        whole=bool(compared),
        factor_set=factors.set_id,
    )


def _recorded(found: _Found) -> Check:
    return Check("recorded", stated="yes", chain="yes" if found.attestation.recorded_at else "no")


def verify_bundle(bundle: EvidenceBundle, rpc: Rpc, named: LedgerAt | None) -> Verification:
    """Checks a bundle by itself. `named` is the ledger that the auditor expects, None to take the bundle's.

    A bundle whose id is not the digest of its own report is judged by that alone. Raises CannotRead when the
    chain or the methodology is out of reach, InvalidDisclosure when the workloads cannot be read.
    """
    ledger = bundle_ledger(bundle)
    found = _look_up(bundle.id, ChainReader(rpc, ledger.address), ledger)
    checks = [Check("id", stated=as_hex(bundle.id), recomputed=as_hex(bundle.digest())), _recorded(found)]
    if named is not None:
        checks.append(Check(f"ledger ({named.source})", stated=bundle.ledger, chain=named.address))
    return _judge(found, bundle.report, checks, Disclosure(bundle.workloads))


def verify_id(id_: bytes, rpc: Rpc, ledger: LedgerAt, disclosure: Disclosure, told: Told) -> Verification:
    """Checks an attestation by its id: the report is the one that was recorded, read from the ledger's event.

    Raises as `verify_bundle`.
    """
    reader = ChainReader(rpc, ledger.address)
    found = _look_up(id_, reader, ledger)
    checks = [_recorded(found)]
    if not found.attestation.recorded_at:
        nothing = (as_hex(id_), found.chain_id, ledger, found.attestation, found.coverage_bps)
        return Verification(*nothing, report=None, checks=tuple(checks))
    report = recorded_report(reader, id_, found.attestation.recorded_at, ledger.first_block, told)
    digest = footprint_report_id(report, footprint_domain(found.chain_id, ledger.address))
    checks.insert(0, Check("id", stated=as_hex(id_), recomputed=as_hex(digest)))
    if disclosure.bundle is not None:
        checks.append(Check("bundle.id", stated=as_hex(id_), recomputed=as_hex(disclosure.bundle.digest())))
    count = report.footprint.count
    if disclosure.bundle is None and disclosure.workloads and len(disclosure.workloads) != count:
        raise CannotRead(
            f"workloads: {len(disclosure.workloads)} without proofs, expected all {count} of the report, or a"
            " proof for each that is given"
        )
    return _judge(found, report, checks, disclosure)
