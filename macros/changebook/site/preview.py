"""The preview says in the browser what is wrong: a build that fails would leave every tab waiting."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import Any

from markupsafe import escape
from mkdocs import plugins
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError
from mkdocs.livereload import LiveReloadServer

from changebook.printing.visible import visible
from changebook.site.again import NotAloneError, SavedSite
from changebook.site.loading import PREVIEWED

# Under ProperDocs this module has another name, and only what is logged below it is shown.
_LOG = logging.getLogger(f"{plugins.__name__}.changebook")
_Head = list[tuple[str, str]]
_App = Callable[..., Iterable[bytes]]
# Seconds; a page that is not there has no script that waits for the next build.
_AGAIN = "2"


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: Callable[[], None]) -> LiveReloadServer:
    """Have the preview go on with the last pages when a build fails, below what is wrong with it."""
    preview = Preview(builder)
    server.builder = preview.build
    built = PREVIEWED.get()
    preview.site = SavedSite(built) if built else None
    app = server.get_app()
    assert app
    server.set_app(lambda environ, start: preview.answer(app, environ, start))
    return server


class Preview:
    """The builds of a preview and what was wrong with the last one, "" when nothing was."""

    def __init__(self, builder: Callable[[], None]) -> None:
        self._builder = builder
        self.site: SavedSite | None = None
        self.wrong = ""

    def build(self) -> None:
        """Build the site; keep, and print, what is wrong."""
        try:
            self._save()
        except (Exception, Abort) as error:
            # MkDocs ends a build by an error of its own, which does not say what was wrong.
            cause = (isinstance(error, Abort) and error.__context__) or error
            named = str(cause) if isinstance(cause, (BuildError, Abort)) else f"{type(cause).__name__}: {cause}"
            self.wrong = "\n".join(map(visible, named.split("\n")))
            if cause is error:
                _LOG.error("%s", self.wrong, exc_info=None if isinstance(error, BuildError) else error)
            _LOG.error("The browser says so above the last pages, until it is fixed.")
        else:
            self.wrong = ""

    def _save(self) -> None:
        """Make again what differs, or else the whole site."""
        if self.site:
            try:
                self.site.save()
            except NotAloneError:
                self.site = None
            else:
                return
        self._builder()
        if built := PREVIEWED.get():
            self.site = SavedSite(built)

    def answer(self, app: _App, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        """Return what `app` answers; above a page, what is wrong."""
        if not self.wrong:
            return app(environ, start)
        told: list[tuple[str, _Head]] = []
        body = app(environ, lambda status, head, *_: told.append((status, head)))
        status, head = told[0]
        if ("Content-Type", "text/html") not in [(name, kind.partition(";")[0]) for name, kind in head]:
            start(status, head)
            return body
        page = self._above(b"".join(body))
        again = [("Refresh", _AGAIN)] if status.startswith("404") else []
        start(status, [*((name, text) for name, text in head if name != "Content-Length"), *again])
        return [page]

    def _above(self, page: bytes) -> bytes:
        """Return `page` with what is wrong at its top."""
        said = f'<div class="cb-wrong" role="alert"><pre>{escape(self.wrong)}</pre></div>'.encode()
        begin = page.find(b">", page.find(b"<body")) + 1 if b"<body" in page else 0
        return page[:begin] + said + page[begin:]
