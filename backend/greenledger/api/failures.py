"""How each failure of the packages below becomes a problem document."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolExhausted

from greenledger.api.offset_failures import (
    market_refused,
    market_unavailable,
    order_refused,
    token_refused,
)
from greenledger.api.problems import Problem, problem_response
from greenledger.api.requests.webhook_body import bad_signature, unknown_market
from greenledger.auth.keys import TooManyKeys, UnknownKey
from greenledger.auth.nonces import TooManyNonces
from greenledger.auth.sign_in import InvalidMessage, SignInRefused, WalletUnreachable
from greenledger.badges.subject import UnknownSubject
from greenledger.chain.errors import CannotEncode, ChainUnavailable, Reverted
from greenledger.chain.fees import FeesAboveCap
from greenledger.council.collect import NotEnoughSignatures
from greenledger.council.node import CouncilRefused, NoCouncilKey
from greenledger.council.recounting import RecountFailed
from greenledger.evidence.typed_data import InvalidReport
from greenledger.footprint.fields import MOST_ERRORS, FieldError, InvalidWorkload
from greenledger.offsets.errors import MarketRefused, MarketUnavailable
from greenledger.offsets.onchain.calls import TokenRefused
from greenledger.offsets.service import OrderRefused
from greenledger.offsets.webhooks import BadSignature, UnknownMarket
from greenledger.reports.errors import ReportRefused
from greenledger.usage.api_keys import MAX_LIVING

log = structlog.get_logger(__name__)

Translation = Callable[[Any], Problem]


def _invalid_workload(error: InvalidWorkload) -> Problem:
    return Problem(
        422, "invalid_workload", "The workload has fields that are not valid.", error.errors[:MOST_ERRORS]
    )


REPORT_STATUS = {
    "invalid_request": 422,
    "too_much": 422,
    "unknown_workload": 404,
    "unknown_attestation": 404,
    "already_superseded": 409,
    "already_recorded": 409,
    "already_reported": 409,
    "event_id_used": 409,
    "unknown_batch": 404,
    "unknown_report": 404,
    "not_dissolvable": 409,
    "not_signed": 409,
    "stated_twice": 409,
    "idempotency_key_used": 422,
    "erased": 410,
}


def _report_refused(error: ReportRefused) -> Problem:
    return Problem(REPORT_STATUS[error.code], error.code, error.detail, error.errors)


def _invalid_report(error: InvalidReport) -> Problem:
    field = error.field if error.field.startswith("report") else f"report.{error.field}"
    reason = FieldError(field, error.problem, error.expected)
    return Problem(422, "invalid_report", "The report cannot be read.", [reason])


def _invalid_message(error: InvalidMessage) -> Problem:
    reason = FieldError(error.field, error.problem, error.expected)
    return Problem(422, "invalid_message", "The sign-in message cannot be read.", [reason])


def _sign_in_refused(error: SignInRefused) -> Problem:
    reason = FieldError(error.field, error.problem, error.expected)
    return Problem(401, "sign_in_refused", "The message does not prove who you are.", [reason])


def _wallet_unreachable(_error: WalletUnreachable) -> Problem:
    return Problem(
        503, "chain_unavailable", "The chain did not answer whether your wallet signed. Try again soon."
    )


def _too_many_nonces(_error: TooManyNonces) -> Problem:
    return Problem(503, "busy", "Too many sign-ins are open. Try again in a few minutes.")


def _too_many_keys(_error: TooManyKeys) -> Problem:
    reason = FieldError("account", f"has {MAX_LIVING} living keys", f"at most {MAX_LIVING}: revoke one")
    return Problem(409, "too_many_keys", "The account has as many keys as it may.", [reason])


def _unknown_key(_error: UnknownKey) -> Problem:
    reason = FieldError("key_id", "is not a key of yours", "an id from GET /v1/keys")
    return Problem(404, "unknown_key", "There is no such key of yours.", [reason])


def _chain_unavailable(error: ChainUnavailable) -> Problem:
    return Problem(503, "chain_unavailable", f"The chain cannot be read now: {error}. Nothing was changed.")


def _reverted(error: Reverted) -> Problem:
    return Problem(409, "reverted", f"The contract refuses: {error.reason}.")


def _cannot_encode(error: CannotEncode) -> Problem:
    return Problem(422, "out_of_range", f"A value does not fit the contract: {error}.")


def _council_refused(error: CouncilRefused) -> Problem:
    return Problem(422, "council_refused", "The council does not sign this.", error.errors[:MOST_ERRORS])


def _no_council_key(_error: NoCouncilKey) -> Problem:
    return Problem(503, "no_council_key", "This node serves, but has no key to sign with.")


def _fees_above_cap(error: FeesAboveCap) -> Problem:
    return Problem(503, "fees_above_cap", f"The chain is too expensive now: {error}. Try again later.")


def _recount_failed(_error: RecountFailed) -> Problem:
    return Problem(503, "recount_failed", "The workloads could not be recounted. Try again.")


def _not_enough_signatures(error: NotEnoughSignatures) -> Problem:
    errors = [FieldError(f"council {r.peer}", r.reason, "a signature") for r in error.reasons]
    detail = f"{error.found} of {error.threshold} council signatures were given. Nothing was changed."
    return Problem(503, "not_enough_signatures", detail, errors)


def _conflict(_error: IntegrityError) -> Problem:
    return Problem(409, "conflict", "The same thing is being stored by another request. Repeat this one.")


def _database_unavailable(error: DBAPIError) -> Problem:
    # Each driver has its own class for a database that is away, was never migrated, or drops the connection.
    log.error("database unavailable", kind=type(error).__name__, error=type(error.orig).__name__)
    return Problem(503, "database_unavailable", "The database did not answer. Nothing was changed.")


def _database_busy(_error: PoolExhausted) -> Problem:
    return Problem(503, "database_unavailable", "The database is busy. Nothing was changed. Try again soon.")


def _unknown_subject(error: UnknownSubject) -> Problem:
    return Problem(404, "not_found", f"{error}.")


TRANSLATIONS: dict[type[Exception], Translation] = {
    BadSignature: bad_signature,
    CannotEncode: _cannot_encode,
    ChainUnavailable: _chain_unavailable,
    CouncilRefused: _council_refused,
    DBAPIError: _database_unavailable,
    FeesAboveCap: _fees_above_cap,
    IntegrityError: _conflict,
    InvalidMessage: _invalid_message,
    InvalidReport: _invalid_report,
    InvalidWorkload: _invalid_workload,
    MarketRefused: market_refused,
    MarketUnavailable: market_unavailable,
    NoCouncilKey: _no_council_key,
    NotEnoughSignatures: _not_enough_signatures,
    OrderRefused: order_refused,
    PoolExhausted: _database_busy,
    RecountFailed: _recount_failed,
    ReportRefused: _report_refused,
    Reverted: _reverted,
    SignInRefused: _sign_in_refused,
    TokenRefused: token_refused,
    TooManyKeys: _too_many_keys,
    TooManyNonces: _too_many_nonces,
    UnknownKey: _unknown_key,
    UnknownMarket: unknown_market,
    UnknownSubject: _unknown_subject,
    WalletUnreachable: _wallet_unreachable,
}
"""The most specific class wins, as with `except` clauses."""


def _handler(translate: Translation) -> Callable[[Request, Exception], Awaitable[JSONResponse]]:
    async def handle(_request: Request, error: Exception) -> JSONResponse:
        return problem_response(translate(error))

    return handle


def install_failure_handlers(app: FastAPI) -> None:
    for kind, translate in TRANSLATIONS.items():
        app.add_exception_handler(kind, _handler(translate))
