"""The runtime, for routes that need the settings or transactions of their own."""

from typing import Annotated

from fastapi import Depends, Request

from shared.service import Runtime


async def runtime_of(request: Request) -> Runtime:
    """Return the runtime of this service."""
    runtime: Runtime = request.app.state.runtime
    return runtime


RuntimeDep = Annotated[Runtime, Depends(runtime_of)]
