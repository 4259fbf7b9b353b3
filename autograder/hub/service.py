"""The web service `course`: started by the hub as `python -m autograder.hub.service`, behind its proxy.

The hub gives address, prefix and token by the environment; see `site` for the rest. What cannot work is said in one
sentence before the hub gives up waiting.
"""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
import signal
import sys
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from urllib.parse import urlparse

from jupyterhub.services.auth import HubOAuth, HubOAuthCallbackHandler  # type: ignore[import-untyped]
from tornado import httpserver, web

from autograder.hub import api, arrangements, insight, marking, pages, partners, people, policies, projects, regrades, requests, tables
from autograder.hub.desk import Desk
from autograder.hub.handlers import Handler
from autograder.hub.section import Section
from autograder.hub.site import Site
from autograder.model import AutograderError

SECTIONS: tuple[Section, ...] = (
    marking.SECTION,
    requests.SECTION,
    regrades.SECTION,
    projects.SECTION,
    partners.SECTION,
    people.SECTION,
    tables.SECTION,
    arrangements.SECTION,
    policies.SECTION,
    insight.SECTION,
)
"""What each feature adds; their links stand in this order."""
SMALL_BODY = 2**20  # bytes of any request that is not an upload


class Health(web.RequestHandler):
    """Whether the service answers; for whoever watches it."""

    def get(self) -> None:
        """Yes."""
        self.finish("ok\n")


def application(desk: Desk, prefix: str, links: Mapping[str, str]) -> web.Application:
    """The service below this prefix."""
    shared = [(rf"{prefix}health", Health), (rf"{prefix}oauth_callback", HubOAuthCallbackHandler)]
    return web.Application(
        [*shared, *api.routes(prefix, desk, SECTIONS), *pages.routes(prefix, desk, links, SECTIONS)],
        # Only for the cookies of this service: a new one at each start means one more silent log-in through the hub.
        cookie_secret=secrets.token_bytes(32),
        log_function=_log_request,
    )


def _log_request(handler: web.RequestHandler) -> None:
    """Without the query, which can hold a form's token."""
    visitor = getattr(handler, "visitor", None) if isinstance(handler, Handler) else None
    status = handler.get_status()
    level = logging.ERROR if status >= 500 else logging.INFO
    logging.getLogger("autograder.hub").log(
        level,
        "%s %s %s %s %.0f ms",
        status,
        handler.request.method,
        handler.request.path,
        visitor.username if visitor else "-",
        1000 * handler.request.request_time(),
    )


async def serve(site: Site, environ: Mapping[str, str]) -> None:
    """Answer requests until SIGTERM."""
    address = urlparse(environ["JUPYTERHUB_SERVICE_URL"])
    HubOAuth.instance().cache_max_age = 30  # seconds that a revoked token still works
    ledger = site.ledger()
    desk = Desk(site.course(), site.folders, ledger, lambda: datetime.now(UTC), site.passwords)
    base = environ["JUPYTERHUB_BASE_URL"]
    hub = environ.get("JUPYTERHUB_PUBLIC_HUB_URL", f"{base}hub").rstrip("/") + "/"
    links = {"hub": hub, "formgrader": f"{base}services/{desk.course.id}/formgrader"}
    server = httpserver.HTTPServer(application(desk, environ["JUPYTERHUB_SERVICE_PREFIX"], links), xheaders=True, max_body_size=SMALL_BODY)
    server.listen(address.port or 80, address.hostname or "127.0.0.1")
    ended = asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sign, ended.set)
    await ended.wait()
    server.stop()
    with suppress(TimeoutError):
        await asyncio.wait_for(server.close_all_connections(), 3)
    ledger.close()


def main() -> None:
    """Run until told to stop; what is wrong with the set-up is one sentence and status 2."""
    logging.basicConfig(level=logging.INFO, format="course service: %(levelname)s %(message)s", stream=sys.stderr)
    os.umask(0o077)
    try:
        asyncio.run(serve(Site.of(), os.environ))
    except AutograderError as problem:
        print(f"course service: cannot start: {problem}", file=sys.stderr)
        sys.exit(2)
    except OSError as problem:
        print(f"course service: cannot start: {problem}. Is another one running?", file=sys.stderr)
        sys.exit(2)
    except KeyError as missing:
        print(f"course service: cannot start: {missing} is not set. It is started by the hub: autograder serve", file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()
