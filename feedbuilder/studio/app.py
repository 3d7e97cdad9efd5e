"""The studio as a web application: which address leads to which screen, and what is shown when something is wrong.

Routes of a screen stand beside it, in a list called ROUTES, and find the `Studio` in `request.app.state.studio`.
"""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from feedbuilder.masking import mask_text
from feedbuilder.model import ConfigError, FeedbuilderError
from feedbuilder.studio import feed_screens, login_screen, page_answers, page_screens, source_screens, start_screen
from feedbuilder.studio.doorkeeper import Access, Doorkeeper
from feedbuilder.studio.screens import page, screen
from feedbuilder.studio.static_files import static_file
from feedbuilder.studio.studio_state import Studio

_SAID = {
    404: "There is no such page in the studio.",
    405: "This address answers another kind of request.",
}


def studio_app(studio: Studio) -> Starlette:
    """Return the application that shows `studio` to those whom its access lets in."""
    app = Starlette(
        routes=[
            Route("/static/{name}", static_file),
            *start_screen.ROUTES,
            *login_screen.ROUTES,
            *page_screens.ROUTES,
            *page_answers.ROUTES,
            *source_screens.ROUTES,
            *feed_screens.ROUTES,
        ],
        middleware=[Middleware(Doorkeeper, access=studio.access, refused=_refused)],
        exception_handlers={HTTPException: _told, FeedbuilderError: _told_wrong},
    )
    app.router.redirect_slashes = False
    app.state.studio = studio
    return app


def _refused(access: Access) -> str:
    return page("refused.html", access.addresses.path, has_password=access.password is not None)


async def _told(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    texts = [_SAID.get(error.status_code, error.detail)]
    return screen(request, "wrong.html", error.status_code, title="Not here", texts=texts)


async def _told_wrong(request: Request, error: Exception) -> Response:
    """Show what somebody has to put right: nothing was changed."""
    assert isinstance(error, FeedbuilderError)
    texts = error.problems if isinstance(error, ConfigError) else (str(error),)
    texts = tuple(map(mask_text, texts))
    return screen(request, "wrong.html", 409, title="That did not work", texts=texts)
