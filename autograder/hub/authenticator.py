"""Who may log in: everybody in the ledger's roster who has a password here, in the hub groups of his role.

Passwords are made by us (80 random bits), never chosen, so that guessing is hopeless and nobody reuses one; only their
scrypt hashes are kept, in a file that nobody else may read. A university would rather use its own log-in: `RosterRoles`
beside any other Authenticator of JupyterHub lets that one say who somebody is, and the roster what he may do (`deploy/login`).
"""

from __future__ import annotations

import asyncio
import base64
import fcntl
import hashlib
import hmac
import json
import os
import re
import secrets
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from jupyterhub.auth import Authenticator  # type: ignore[import-untyped]
from jupyterhub.utils import maybe_future  # type: ignore[import-untyped]
from tornado import web
from traitlets import Any as AnyTrait
from traitlets import Unicode

from autograder.model import MachineryError, RuleError
from autograder.words import text

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look alike; 31 letters, 4.95 bits each
_COST = {"n": 2**14, "r": 8, "p": 1}  # 16 MB and some 40 ms for each try
_STORED = re.compile(r"scrypt\$[A-Za-z0-9+/=]+\$[A-Za-z0-9+/=]+")
_NOBODY = "scrypt$" + base64.b64encode(bytes(16)).decode() + "$" + base64.b64encode(bytes(32)).decode()


class RosterRoles(Authenticator):  # type: ignore[misc]  # jupyterhub has no types
    """Before another Authenticator: only people of the roster get in, in the groups of their roles.

    `class Ours(RosterRoles, GenericOAuthenticator)`; every configuration of a hub sets `c.RosterRoles.groups_of`. Names are those
    of the roster; where the log-in calls somebody otherwise, `username_map` says how. A `normalize_username` of a subclass must
    leave alone what it has made.
    """

    groups_of: Any = AnyTrait(help="Called with a user name: his hub groups as the roster says; empty for somebody who is not in it.").tag(
        config=True
    )
    log: Any

    async def authenticate(self, handler: Any, data: Any = None) -> dict[str, Any] | None:
        """As the log-in says, with the roster's groups. A name that the roster does not know is refused with a sentence."""
        said = await maybe_future(super().authenticate(handler, data))
        if not said:
            return None
        user: dict[str, Any] = {"name": said} if isinstance(said, str) else said
        called = self.normalize_username(user["name"])
        name = self.normalize_username(self.username_map.get(called, called))  # as the hub will, so that groups and name agree
        return {**user, "name": name, "groups": await self._groups(name)}

    async def refresh_user(self, user: Any, handler: Any = None) -> bool | dict[str, Any]:
        """The roster may have changed: the groups as they are now; False logs out whoever has left the course."""
        try:
            groups = await asyncio.get_running_loop().run_in_executor(None, self.groups_of, user.name)
        except MachineryError as trouble:  # the course's own pages ask the ledger at each request, so nobody gains by this
            self.log.warning("%s He keeps his groups.", trouble)
            return True
        return {"name": user.name, "groups": groups} if groups else False

    def normalize_username(self, username: str) -> str:
        """As in the ledger, where Ann and ann are two people."""
        return username

    async def _groups(self, name: str) -> list[str]:
        try:
            groups: list[str] = await asyncio.get_running_loop().run_in_executor(None, self.groups_of, name)
        except MachineryError as trouble:
            self.log.error("%s", trouble)
            raise web.HTTPError(503, "The course does not answer, so nobody can be let in. Try again in a minute.") from None
        if not groups:
            self.log.warning("%s logged in, but is in no course here", name)
            raise web.HTTPError(403, f"{name} is in no course of this hub. Ask the course staff to enrol you under this name.")
        return groups


class _Passwords(Authenticator):  # type: ignore[misc]
    """Passwords from a file."""

    passwords = Unicode(help="The file of password hashes.").tag(config=True)
    # Two at a time: many wrong guesses at once cannot take the machine's memory.
    _pool = ThreadPoolExecutor(2, thread_name_prefix="password")

    async def authenticate(self, handler: Any, data: dict[str, str]) -> dict[str, Any] | None:
        """The user; None refuses, whether the name or the password is wrong."""
        username = data.get("username", "")
        run = asyncio.get_running_loop().run_in_executor
        right = await run(self._pool, matches, Path(self.passwords), username, data.get("password", ""))
        return {"name": username} if right else None


class RosterAuthenticator(RosterRoles, _Passwords):
    """Passwords from a file, groups from the roster. A new password ends the sessions that began with the one before."""

    async def authenticate(self, handler: Any, data: Any = None) -> dict[str, Any] | None:
        """None refuses, whether the name or the password is wrong or somebody has left: the form says the same to all."""
        try:
            said = await super().authenticate(handler, data)
        except web.HTTPError as refused:
            if refused.status_code != 403:
                raise
            return None
        known = handler.find_user(said["name"]) if said else None
        if known is not None:
            self._bind(known)
        return said

    def add_user(self, user: Any) -> None:
        """Somebody who logs in for the first time, or is known when the hub starts; then he is looked at when he comes."""
        super().add_user(user)
        if hasattr(user, "orm_user"):
            self._bind(user)

    async def refresh_user(self, user: Any, handler: Any = None) -> bool | dict[str, Any]:
        """As the roster says; False logs out whoever has got a new password since he logged in."""
        said = await super().refresh_user(user, handler)
        try:
            return False if said and self._bind(user) else said
        except MachineryError as trouble:  # nobody logs in by such a file, and whoever is there need not lose his work
            self.log.error("%s", trouble)
            return said

    def _bind(self, user: Any) -> bool:
        """Let sessions be of the present password alone; answers whether that ended any.

        The cookie of a session names this value and nothing else, and the tokens of pages and servers know their session. Tokens that
        somebody made for his programs on the hub's page stay.
        """
        stored = _read(Path(self.passwords)).get(user.name, "")
        mark = hashlib.sha256(f"{user.name} {stored}".encode()).hexdigest()  # with the name: no two users may ever have the same
        if user.orm_user.cookie_id == mark:
            return False
        user.orm_user.cookie_id = mark
        for token in [token for token in user.orm_user.api_tokens if token.session_id]:
            user.db.delete(token)
        user.db.commit()
        return True


def add_passwords(path: Path | None, usernames: Iterable[str]) -> dict[str, str]:
    """Make a password for each of these who has none; answers the new ones, which are stored nowhere. Without a file none is needed."""
    if path is None:
        return {}
    with _held(path) as known:
        made = {name: new_password() for name in usernames if name not in known}
        known |= {name: _hash(password, secrets.token_bytes(16)) for name, password in made.items()}
    return made


def reset_password(path: Path | None, username: str) -> str:
    """A new password in place of a lost one."""
    if path is None:
        raise MachineryError("People of this hub log in elsewhere (AUTOGRADER_PASSWORDS is none), so there is no password to renew here.")
    password = new_password()
    with _held(path) as known:
        known[username] = _hash(password, secrets.token_bytes(16))
    return password


def change_password(path: Path, username: str, old: str) -> str:
    """A new password for somebody who has the old one. RuleError when that is not it."""
    password = new_password()
    with _held(path) as known:  # looked at again in here, so that one old password buys one new one
        if not _fits(known.get(username, _NOBODY), old):
            raise RuleError(text("This is not your present password. Nothing was changed."), code="wrong-password")
        known[username] = _hash(password, secrets.token_bytes(16))
    return password


def matches(path: Path, username: str, password: str) -> bool:
    """Whether this is his password. Takes equally long for a name that does not exist."""
    return _fits(_read(path).get(username, _NOBODY), password)


def _fits(stored: str, password: str) -> bool:
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
            known = json.load(file)
    except FileNotFoundError:
        return {}
    except ValueError:
        known = None
    if not isinstance(known, dict) or not all(isinstance(stored, str) and _STORED.fullmatch(stored) for stored in known.values()):
        raise MachineryError(f"{path} is damaged: bring it back from a backup, or give new passwords with autograder enrol --new-password "
                             "once it is out of the way. Nobody can log in until then.")  # fmt: skip
    return known


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
        folder = os.open(path.parent, os.O_RDONLY)  # so that what was shown to somebody holds after a power cut too
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
