"""What the page for administrators says of `deploy/` is there."""

from __future__ import annotations

import re

from tests.deploy.conftest import DEPLOY

PAGE = (DEPLOY.parent / "docs" / "administrators.md").read_text(encoding="utf-8")


def test_every_folder_has_a_row_and_every_row_a_folder() -> None:
    table = PAGE.partition("| where you are |")[2].partition("\n\n")[0]
    assert sorted(re.findall(r"^\|[^|]*\| `([\w-]+)` \|", table, re.MULTILINE)) == sorted(one.name for one in DEPLOY.iterdir())


def test_every_variable_that_a_configuration_reads_is_explained() -> None:
    read = {name for file in DEPLOY.rglob("*.py") for name in re.findall(r'environ(?:\.get\(|\[)"(\w+)"', file.read_text())}
    explained = PAGE + "".join(file.read_text().split('"""')[1] for file in DEPLOY.rglob("*.py"))
    assert read and {name for name in read if name not in explained} == set()
