"""The web service `course`: `python -m autograder.hub.service`, behind the hub's proxy.

The hub that starts it gives address, prefix and token by the environment; somebody else who does (systemd, a cluster)
gives JUPYTERHUB_API_URL, JUPYTERHUB_API_TOKEN and JUPYTERHUB_SERVICE_URL. See `site` for the rest. What cannot work is
said in one sentence before the hub gives up waiting.
"""

from __future__ import annotations

import asyncio
import gc
import json
import logging
import os
import secrets
import signal
import sys
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlparse

from jupyterhub.services.auth import HubOAuth, HubOAuthCallbackHandler  # type: ignore[import-untyped]
from jupyterhub.utils import subdomain_hook_idna  # type: ignore[import-untyped]
from tornado import httpserver, ioloop, web

from autograder.hub import (
    api,
    arrangements,
    disclosure,
    exports,
    grading,
    insight,
    letters,
    marking,
    pages,
    partners,
    past,
    people,
    policies,
    projects,
    regrades,
    requests,
    tables,
    timeline,
    verification,
)
from autograder.hub.apart import told
from autograder.hub.desk import Desk
from autograder.hub.handlers import Handler
from autograder.hub.section import Section
from autograder.hub.site import MORE_COURSES, SERVICE, Site, groups_of
from autograder.model import AutograderError

SECTIONS: tuple[Section, ...] = (
    timeline.SECTION,
    verification.SECTION,
    grading.SECTION,
    marking.SECTION,
    requests.SECTION,
    disclosure.SECTION,
    regrades.SECTION,
    projects.SECTION,
    partners.SECTION,
    people.SECTION,
    letters.SECTION,
    tables.SECTION,
    arrangements.SECTION,
    policies.SECTION,
    past.SECTION,
    exports.SECTION,
    insight.SECTION,
    people.LAST,
)
"""What each feature adds; their links stand in this order."""
TIDIED_AGAIN = 3600
"""Seconds between two looks through all of the memory for what only holds itself."""
SMALL_BODY = 2**20  # bytes of any request that is not an upload


class Health(web.RequestHandler):
    """Whether the service answers; for whoever watches it."""

    def get(self) -> None:
        """Yes."""
        self.finish("ok\n")


class Groups(web.RequestHandler):
    """The hub groups of somebody, for a hub that keeps no course itself: it shows the token that it gave us."""

    def initialize(self, desk: Desk, token: str) -> None:
        """`token` is ours."""
        self.desk, self.token = desk, token

    async def get(self) -> None:
        """As the ledger says now; empty for somebody who is not in the course."""
        shown = self.request.headers.get("Authorization", "")
        if not self.token or not secrets.compare_digest(shown.encode(), f"token {self.token}".encode()):
            raise web.HTTPError(403, "Only the hub may ask this, with the token of this service.")
        course, name = self.desk.course.id, self.get_query_argument("user", strip=False)
        role = await asyncio.get_running_loop().run_in_executor(None, self.desk.ledger.role_of, course, name)
        self.finish(json.dumps(groups_of(course, role)))


def application(desk: Desk, prefix: str, links: Mapping[str, str], token: str = "") -> web.Application:
    """The service below this prefix; `token` is the one that the hub gave it."""
    shared: list[tuple[Any, ...]] = [
        (rf"{prefix}health", Health),
        (rf"{prefix}groups", Groups, {"desk": desk, "token": token}),
        (rf"{prefix}oauth_callback", HubOAuthCallbackHandler),
    ]
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


def origin_of(service: str, environ: Mapping[str, str]) -> str:
    """Where another service of the hub has a domain of its own (subdomain_host), its origin; otherwise nothing."""
    own, hub = (urlparse(environ.get(name, "")) for name in ("JUPYTERHUB_PUBLIC_URL", "JUPYTERHUB_PUBLIC_HUB_URL"))
    return f"{hub.scheme}://{subdomain_hook_idna(service, hub.netloc, 'service')}" if hub.netloc and own.netloc != hub.netloc else ""


async def serve(site: Site, environ: Mapping[str, str]) -> None:
    """Answer requests until SIGTERM."""
    os.environ.update(environ)  # where JupyterHub's own part looks
    address = urlparse(environ["JUPYTERHUB_SERVICE_URL"])
    HubOAuth.instance().cache_max_age = 30  # seconds that a revoked token still works
    ledger = site.ledger()
    desk = Desk(site.course(), site.folders, ledger, lambda: datetime.now(UTC), site.passwords, several=bool(environ.get(MORE_COURSES)))
    base = environ["JUPYTERHUB_BASE_URL"]
    hub = environ.get("JUPYTERHUB_PUBLIC_HUB_URL", f"{base}hub").rstrip("/") + "/"
    links = {"hub": hub, "formgrader": f"{origin_of(desk.course.id, environ)}{base}services/{desk.course.id}/formgrader"}
    answers = application(desk, environ["JUPYTERHUB_SERVICE_PREFIX"], links, environ["JUPYTERHUB_API_TOKEN"])
    server = httpserver.HTTPServer(answers, xheaders=True, max_body_size=SMALL_BODY)
    server.listen(address.port or 80, address.hostname or "127.0.0.1")
    tidying = ioloop.PeriodicCallback(_tidy, 1000 * TIDIED_AGAIN)
    tidying.start()
    ended = asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sign, ended.set)
    await ended.wait()
    tidying.stop()
    server.stop()
    with suppress(TimeoutError):
        await asyncio.wait_for(server.close_all_connections(), 3)
    ledger.close()


def _tidy() -> None:
    gc.collect()


def main() -> None:
    """Run until told to stop; what is wrong with the set-up is one sentence and status 2."""
    logging.basicConfig(level=logging.INFO, format="course service: %(levelname)s %(message)s", stream=sys.stderr)
    os.umask(0o077)
    # While one thread works out the grades of a thousand students, others wait that long for their turn, several times in each request.
    sys.setswitchinterval(0.0005)
    # What is kept in memory is a million objects. To look through all of them for circles takes most of a second in which nobody is
    # answered; so that is done once in an hour, and the circles that requests leave are found among the young objects.
    gc.set_threshold(10_000, 20, 1_000_000)
    try:
        asyncio.run(serve(Site.of(), told(os.environ, SERVICE)))
    except AutograderError as problem:
        print(f"course service: cannot start: {problem}", file=sys.stderr)
        sys.exit(2)
    except OSError as problem:
        print(f"course service: cannot start: {problem}. Is another one running?", file=sys.stderr)
        sys.exit(2)
    except KeyError as missing:
        print(
            f"course service: cannot start: {missing} is not set. The hub starts it (autograder serve); who starts it by himself gives it "
            "JUPYTERHUB_API_URL, JUPYTERHUB_API_TOKEN and JUPYTERHUB_SERVICE_URL.",
            file=sys.stderr,
        )
        sys.exit(2)


if __name__ == "__main__":
    main()
