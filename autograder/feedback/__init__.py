"""From a graded submission to the page that its students read.

`kept` is what the ledger keeps, `shown` makes the HTML of it for a reader, and `page` does both. `write_pages` puts pages
and everything they load into a folder. Nothing needs a network, and the pages hold no script and no style of their own,
so that a strict Content-Security-Policy can serve them (`CSP`).
"""
from __future__ import annotations

from .folder import CSP, STATIC, write_pages
from .page import Marks, kept, page, shown

__all__ = ["CSP", "STATIC", "Marks", "kept", "page", "shown", "write_pages"]
