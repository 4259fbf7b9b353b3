"""The API in its own words: an OpenAPI 3.1 document made from the table of calls, so that it says what the service does.

It is served at api/openapi.json to members of the course.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from autograder.hub.section import Call

KINDS: Mapping[str, Mapping[str, Any]] = {
    "text": {"type": "string"},
    "number": {"type": "number"},
    "whole": {"type": "integer"},
    "flag": {"type": "boolean"},
    "instant": {"type": "string", "format": "date-time", "description": "ISO 8601 with its offset"},
    "texts": {"type": "array", "items": {"type": "string"}},
    "object": {"type": "object"},
}
"""How JSON Schema says the TYPES of `section`."""
NUMBERS = r"\d{1,9}"
REFUSALS = {
    "400": "not understood",
    "401": "not logged in",
    "403": "not for this role",
    "404": "no such thing, as far as you are concerned",
    "409": "against the rules now",
    "413": "too large",
    "415": "not JSON",
    "422": "cannot be taken as it is",
}
_GROUP = re.compile(r"\(\?P<(\w+)>((?:[^()]|\([^()]*\))*)\)")


def document(title: str, version: str, server: str, calls: Iterable[Call]) -> dict[str, Any]:
    """The description of these calls. `server` is the address that their paths follow."""
    paths: dict[str, dict[str, Any]] = {}
    for call in calls:
        paths.setdefault("/" + _GROUP.sub(r"{\1}", call.path), {})[call.method.lower()] = _operation(call)
    error = {"type": "object", "required": ["error", "code"], "properties": {"error": {"type": "string"}, "code": {"type": "string"}}}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": title,
            "version": version,
            "description": "Instants are ISO 8601 in UTC; those that are sent must say their offset.",
        },
        "servers": [{"url": server}],
        "security": [{"hub": []}],
        "paths": paths,
        "components": {
            "schemas": {"Error": error},
            "securitySchemes": {
                "hub": {"type": "apiKey", "in": "header", "name": "Authorization", "description": "token …, a token of the hub"}
            },
        },
    }


def _operation(call: Call) -> dict[str, Any]:
    parameters = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string", "pattern": f"^{pattern}$"}}
        for name, pattern in _GROUP.findall(call.path)
    ]
    parameters += [
        {"name": name, "in": "query", "required": not kind.endswith("?"), "schema": _kind(kind)} for name, kind in call.query.items()
    ]
    refused = {
        status: {"description": meaning, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}}
        for status, meaning in REFUSALS.items()
    }
    operation: dict[str, Any] = {
        "summary": call.about,
        "parameters": parameters,
        "responses": {"200": {"description": "done", "content": {call.gives: {}}}, **refused},
    }
    if call.method == "POST":
        needed = [name for name, kind in call.body.items() if not kind.endswith("?")]
        schema = {"type": "object", "required": needed, "properties": {name: _kind(kind) for name, kind in call.body.items()}}
        operation["requestBody"] = {"required": bool(needed), "content": {"application/json": {"schema": schema}}}
    return operation


def _kind(kind: str) -> dict[str, Any]:
    return dict(KINDS[kind.removesuffix("?")])
