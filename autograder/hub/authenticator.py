"""Who may log in: everybody in the ledger's roster who has a password here, in the hub groups of his role.

Passwords are made by us (80 random bits), never chosen, so that guessing is hopeless and nobody reuses one; only their
scrypt hashes are kept, in a file that nobody else may read. A university would rather use its own log-in: any other
Authenticator of JupyterHub fits as well, if its groups follow `site.groups_of`.
"""

from __future__ import annotations

import asyncio
import base64
import fcntl
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from jupyterhub.auth import Authenticator  # type: ignore[import-untyped]
from traitlets import Any as AnyTrait
from traitlets import Unicode

from autograder.model import MachineryError

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look alike; 31 letters, 4.95 bits each
_COST = {"n": 2**14, "r": 8, "p": 1}  # 16 MB and some 40 ms for each try
_NOBODY = "scrypt$" + base64.b64encode(bytes(16)).decode() + "$" + base64.b64encode(bytes(32)).decode()


class RosterAuthenticator(Authenticator):  # type: ignore[misc]  # jupyterhub has no types
    """Passwords from a file, groups from the roster."""

    passwords = Unicode(help="The file of password hashes.").tag(config=True)
    groups_of: Any = AnyTrait(help="Called with a user name: his hub groups as the roster says; empty for somebody who is not in it.").tag(
        config=True
    )
    # Two at a time: many wrong guesses at once cannot take the machine's memory.
    _pool = ThreadPoolExecutor(2, thread_name_prefix="password")

    async def authenticate(self, handler: Any, data: dict[str, str]) -> dict[str, Any] | None:
        """The user with his groups; None refuses, whether the name or the password is wrong."""
        run = asyncio.get_running_loop().run_in_executor
        username = data.get("username", "")
        if not await run(self._pool, matches, Path(self.passwords), username, data.get("password", "")):
            return None
        groups = await run(None, self.groups_of, username)
        return {"name": username, "groups": groups} if groups else None

    async def refresh_user(self, user: Any, handler: Any = None) -> bool | dict[str, Any]:
        """The roster may have changed: the groups as they are now; False logs out whoever has left the course."""
        groups = await asyncio.get_running_loop().run_in_executor(None, self.groups_of, user.name)
        return {"name": user.name, "groups": groups} if groups else False

    def normalize_username(self, username: str) -> str:
        """As in the ledger, where Ann and ann are two people."""
        return username


def add_passwords(path: Path, usernames: Iterable[str]) -> dict[str, str]:
    """Make a password for each of these who has none; answers the new ones, which are stored nowhere."""
    with _held(path) as known:
        made = {name: new_password() for name in usernames if name not in known}
        known |= {name: _hash(password, secrets.token_bytes(16)) for name, password in made.items()}
    return made


def reset_password(path: Path, username: str) -> str:
    """A new password in place of a lost one."""
    password = new_password()
    with _held(path) as known:
        known[username] = _hash(password, secrets.token_bytes(16))
    return password


def matches(path: Path, username: str, password: str) -> bool:
    """Whether this is his password. Takes equally long for a name that does not exist."""
    stored = _read(path).get(username, _NOBODY)
    salt = base64.b64decode(stored.split("$")[1])
    return hmac.compare_digest(_hash(password, salt), stored) and stored != _NOBODY


def new_password() -> str:
    """Four groups of four letters, some 79 bits, easy to type."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


def _hash(password: str, salt: bytes) -> str:
    # Digested first: scrypt alone takes a password and the same with zero bytes after it for one, and a long one costs no more.
    digest = hashlib.sha256(password.encode("utf-8", "surrogatepass")).digest()
    key = hashlib.scrypt(digest, salt=salt, dklen=32, **_COST)
    return f"scrypt${base64.b64encode(salt).decode()}${base64.b64encode(key).decode()}"


def _read(path: Path) -> dict[str, str]:
    try:
        with open(path, encoding="utf-8") as file:
            if os.fstat(file.fileno()).st_mode & 0o077:
                raise MachineryError(f"{path} can be read by others: run chmod 600 on it. Nobody can log in until then.")
            return dict(json.load(file))
    except FileNotFoundError:
        return {}


@contextmanager
def _held(path: Path) -> Iterator[dict[str, str]]:
    """The file's content, to be changed; one writer at a time, and readers see the old or the new file."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(os.open(path.with_suffix(".lock"), os.O_WRONLY | os.O_CREAT, 0o600), "wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        before = _read(path)
        known = dict(before)
        yield known
        if known == before:
            return
        draft = path.with_suffix(".new")
        draft.unlink(missing_ok=True)
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            json.dump(known, file, indent=0, sort_keys=True)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
