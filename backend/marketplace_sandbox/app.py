"""The sandbox marketplace as an ASGI application."""

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.requests import Request
from starlette.responses import Response

from marketplace_sandbox import control, routes
from marketplace_sandbox.faults import FaultBox, FaultMiddleware
from marketplace_sandbox.settings import SandboxSettings
from marketplace_sandbox.store import Store
from marketplace_sandbox.wire import MarketError, error_response


def create_app(settings: SandboxSettings) -> FastAPI:
    """Build the server on its own SQLite file."""
    app = FastAPI(
        title="Sandbox marketplace", description="Invented projects, no real credits.", version="20"
    )
    app.state.store = Store(settings.database, settings.completion_s, settings.quote_lifetime_s)
    app.state.key = settings.key
    app.state.faults = FaultBox()
    app.include_router(routes.router)
    app.include_router(control.router)
    app.add_exception_handler(MarketError, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_middleware(FaultMiddleware, box=app.state.faults)
    return app


def create_app_from_env() -> FastAPI:
    """Build the server from the environment, for `uvicorn --factory`; see SandboxSettings.from_env."""
    return create_app(SandboxSettings.from_env())


async def _refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, MarketError)
    return error_response(error)


async def _invalid(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    wrong = "; ".join(f"{'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors())
    return error_response(MarketError(400, "Bad Request", wrong))
