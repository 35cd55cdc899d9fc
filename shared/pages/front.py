"""What stands before the routes: a page that is kept, and sure to be true still, is answered without waking them.

Pages are most of what the public asks for, and ten times as cheap this way.
"""

from starlette.datastructures import State
from starlette.types import ASGIApp, Receive, Scope, Send

from shared.pages.answers import Made, Renderer


class Front:
    """An application that answers from what is kept, and hands everything else on to `app`, whose `state` has the pages."""

    def __init__(self, state: State, app: ASGIApp) -> None:
        self.state = state
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or hand on."""
        if scope["type"] == "http" and scope["method"] == "GET":
            renderer: Renderer | None = getattr(self.state, "public_pages", None)
            made = renderer.at_once(scope["path"], scope["query_string"]) if renderer else None
            if made is not None:
                asked = next((value for name, value in scope["headers"] if name == b"if-none-match"), None)
                await _answer(made, made.held(asked.decode("latin-1") if asked else None), send)
                return
        await self.app(scope, receive, send)


async def _answer(made: Made, held: bool, send: Send) -> None:
    head = made.head_304 if held else made.head
    await send({"type": "http.response.start", "status": 304 if held else 200, "headers": head})
    await send({"type": "http.response.body", "body": b"" if held else made.content})
