"""The application factory."""

from __future__ import annotations

from fastapi import FastAPI
from starlette.middleware import Middleware

from greenledger import __version__
from greenledger.api.account_data import ACCOUNT_TIMES
from greenledger.api.batch_limits import BATCH_SIZES, BATCH_TIMES
from greenledger.api.failures import install_failure_handlers
from greenledger.api.health_checks import HealthBook
from greenledger.api.lifespan import lifespan
from greenledger.api.logs import configure_logs
from greenledger.api.measurements import Measurements
from greenledger.api.middleware.body_limit import BodyLimit
from greenledger.api.middleware.last_resort import LastResort
from greenledger.api.middleware.measure import Measure
from greenledger.api.middleware.rate_limit import RateLimit
from greenledger.api.middleware.request_id import RequestId
from greenledger.api.middleware.security_headers import SecurityHeaders
from greenledger.api.middleware.time_limit import TimeLimit
from greenledger.api.page import PageCompression, serve_page
from greenledger.api.problems import install_problem_handlers
from greenledger.api.requests.telemetry_body import TELEMETRY_SIZES
from greenledger.api.requests.uploads import UPLOAD_PATH, UPLOAD_SECONDS
from greenledger.api.routers import ROUTERS
from greenledger.api.schemas.problem import PROBLEM_RESPONSES
from greenledger.api.settings import Settings
from greenledger.api.telemetry_errors import TelemetryErrors
from greenledger.offsets.parts import Boundary, unmarked


def create_app(settings: Settings, boundary: Boundary = unmarked) -> FastAPI:
    """The gateway. A council node is the same application started with another key and database.

    `boundary` is told each step of an order by name: a rehearsal ends the process there.
    """
    measurements = Measurements()
    app = FastAPI(
        title="GPTX Green AI Ledger",
        version=__version__,
        lifespan=lifespan,
        openapi_url="/v1/openapi.json",
        # The built-in documentation pages load scripts from elsewhere, which the page's policy forbids.
        docs_url=None,
        redoc_url=None,
        responses=PROBLEM_RESPONSES,
        # From the outside in: everything gets an id and headers, then costs are bounded, then it is measured.
        middleware=[
            Middleware(RequestId),
            Middleware(
                SecurityHeaders,
                rpc_url=settings.browser_rpc_url,
                is_https=settings.secure_cookies,
                relayed_wallets=settings.relayed_wallets,
            ),
            Middleware(Measure, measurements=measurements),
            Middleware(TelemetryErrors),
            Middleware(RateLimit),
            Middleware(LastResort),
            Middleware(TimeLimit, longer={UPLOAD_PATH: UPLOAD_SECONDS} | ACCOUNT_TIMES | BATCH_TIMES),
            Middleware(
                BodyLimit,
                larger={UPLOAD_PATH: settings.upload_max_bytes} | BATCH_SIZES | TELEMETRY_SIZES,
            ),
            Middleware(PageCompression),
        ],
    )
    app.state.settings = settings
    app.state.measurements = measurements
    app.state.health = HealthBook()
    app.state.boundary = boundary
    install_problem_handlers(app)
    install_failure_handlers(app)
    for router in ROUTERS:
        app.include_router(router)
    if settings.page_dir is not None:
        serve_page(app, settings.page_dir)
    return app


def create_app_from_env() -> FastAPI:
    """For `uvicorn --factory`: settings from the environment, logs to standard output."""
    settings = Settings()
    configure_logs(as_json=settings.log_json)
    return create_app(settings)
