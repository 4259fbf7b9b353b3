"""Requests at instants that were fixed before, sent by a process of its own: `python -m benchmarks.open_loop plan.json answers.json`.

An answer's time counts from the instant at which its request should have been sent, so that waiting behind a slow one counts as well.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from tornado.httpclient import AsyncHTTPClient, HTTPError, HTTPRequest

TIMEOUT = 60.0
AHEAD = 1.0  # seconds until the first request, so that all are prepared


@dataclass(frozen=True)
class Shot:
    """One request of a plan."""

    at: float  # seconds after the start
    name: str
    url: str
    token: str
    body: str = ""  # a file that is sent as JSON; "" asks with GET


@dataclass(frozen=True)
class Answer:
    """What came of it."""

    name: str
    status: int  # 599: nothing came within `TIMEOUT`
    seconds: float  # from the instant of the plan
    said: str  # the body of an answer to what was sent; of pages nothing


def fire(plan: Sequence[Shot], folder: Path) -> list[Answer]:
    """Send a plan from another process."""
    (folder / "plan.json").write_text(json.dumps([asdict(shot) for shot in plan]), encoding="utf-8")
    command = [sys.executable, "-m", "benchmarks.open_loop", str(folder / "plan.json"), str(folder / "answers.json")]
    subprocess.run(command, check=True, cwd=Path(__file__).resolve().parent.parent)
    return [Answer(**one) for one in json.loads((folder / "answers.json").read_text(encoding="utf-8"))]


async def _all(plan: Sequence[Shot]) -> list[Answer]:
    client = AsyncHTTPClient(force_instance=True, max_clients=len(plan) + 1)
    bodies = {shot.body: Path(shot.body).read_bytes() for shot in plan if shot.body}
    begin = time.perf_counter() + AHEAD

    async def one(shot: Shot) -> Answer:
        await asyncio.sleep(begin + shot.at - time.perf_counter())
        headers = {"Authorization": f"token {shot.token}", **({"Content-Type": "application/json"} if shot.body else {})}
        request = HTTPRequest(shot.url, "POST" if shot.body else "GET", headers, body=bodies.get(shot.body), follow_redirects=False,
                              connect_timeout=TIMEOUT, request_timeout=TIMEOUT)  # fmt: skip
        try:
            reply = await client.fetch(request, raise_error=False)
            status, said = reply.code, reply.body.decode("utf-8", "replace") if shot.body and reply.body else ""
        except (HTTPError, OSError):  # nothing came: the client raises this whatever it was asked
            status, said = 599, ""
        return Answer(shot.name, status, time.perf_counter() - begin - shot.at, said)

    return list(await asyncio.gather(*map(one, plan)))


def main(plan: Path, answers: Path) -> None:
    """Read the plan, send it, write what came."""
    found = asyncio.run(_all([Shot(**one) for one in json.loads(plan.read_text(encoding="utf-8"))]))
    answers.write_text(json.dumps([asdict(one) for one in found]), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
