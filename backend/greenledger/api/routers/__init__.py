"""Every router of the API, one per noun."""

from fastapi import APIRouter

from greenledger.api.routers.account_data import router as account_data
from greenledger.api.routers.audit import router as audit
from greenledger.api.routers.auth import router as auth
from greenledger.api.routers.badges import router as badges
from greenledger.api.routers.batches import router as batches
from greenledger.api.routers.cards import router as cards
from greenledger.api.routers.catalogue import router as catalogue
from greenledger.api.routers.config import router as config
from greenledger.api.routers.consents import router as consents
from greenledger.api.routers.council import router as council
from greenledger.api.routers.events import router as events
from greenledger.api.routers.footprints import router as footprints
from greenledger.api.routers.health import router as health
from greenledger.api.routers.keys import router as keys
from greenledger.api.routers.metrics import router as metrics
from greenledger.api.routers.orders import router as orders
from greenledger.api.routers.portfolio import router as portfolio
from greenledger.api.routers.projects import router as projects
from greenledger.api.routers.proofs import router as proofs
from greenledger.api.routers.quotes import router as quotes
from greenledger.api.routers.receipts import router as receipts
from greenledger.api.routers.reports import router as reports
from greenledger.api.routers.retirements import router as retirements
from greenledger.api.routers.sourcify import router as sourcify
from greenledger.api.routers.telemetry import router as telemetry
from greenledger.api.routers.tokens import router as tokens
from greenledger.api.routers.uploads import router as uploads
from greenledger.api.routers.webhooks import router as webhooks
from greenledger.api.routers.workload_schema import router as workload_schema
from greenledger.api.routers.workloads import router as workloads

ROUTERS: tuple[APIRouter, ...] = (
    account_data,
    audit,
    auth,
    badges,
    batches,
    cards,
    catalogue,
    config,
    consents,
    council,
    events,
    footprints,
    health,
    keys,
    metrics,
    orders,
    portfolio,
    projects,
    proofs,
    quotes,
    receipts,
    reports,
    retirements,
    sourcify,
    telemetry,
    tokens,
    uploads,
    webhooks,
    workload_schema,
    workloads,
)
