"""The sandbox marketplaces as one ASGI application: Carbonmark at the root, the others under their names."""

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.requests import Request
from starlette.responses import Response

from marketplace_sandbox import control, routes
from marketplace_sandbox.cnaught import routes as cnaught
from marketplace_sandbox.cnaught.store import CnaughtStore
from marketplace_sandbox.faults import FaultBox, FaultMiddleware
from marketplace_sandbox.isometric import routes as isometric
from marketplace_sandbox.settings import SandboxSettings
from marketplace_sandbox.store import Store
from marketplace_sandbox.webhooks import Courier
from marketplace_sandbox.wire import MarketError, refusal


def create_app(settings: SandboxSettings) -> FastAPI:
    """Build the server on its own SQLite file."""
    app = FastAPI(
        title="Sandbox marketplace", description="Invented projects, no real credits.", version="20"
    )
    app.state.store = Store(settings.database, settings.completion_s, settings.quote_lifetime_s)
    app.state.key = settings.key
    app.state.faults = FaultBox()
    app.state.courier = Courier(
        lambda: CnaughtStore(app.state.store), app.state.faults, settings.webhook_secret
    )
    if settings.webhook_every_s > 0:
        app.state.courier.run(settings.webhook_every_s)
    app.include_router(routes.router)
    app.include_router(cnaught.router)
    app.include_router(isometric.router)
    app.include_router(control.router)
    app.add_exception_handler(MarketError, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_middleware(FaultMiddleware, box=app.state.faults)
    return app


def create_app_from_env() -> FastAPI:
    """Build the server from the environment, for `uvicorn --factory`; see SandboxSettings.from_env."""
    return create_app(SandboxSettings.from_env())


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, MarketError)
    return refusal(request.url.path, error)


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    wrong = "; ".join(f"{'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors())
    return refusal(request.url.path, MarketError(400, "Bad Request", wrong))
