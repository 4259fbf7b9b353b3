"""From a graded submission to the page that its students read.

`page` makes the HTML, `write_pages` puts pages and everything they load into a folder; both need no network, and the
pages hold no script and no style of their own, so that a strict Content-Security-Policy can serve them (`CSP`).
"""
from __future__ import annotations

from .folder import CSP, STATIC, write_pages
from .page import Marks, page

__all__ = ["CSP", "STATIC", "Marks", "page", "write_pages"]
