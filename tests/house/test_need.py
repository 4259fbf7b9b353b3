"""A test whose component is missing says so aloud."""
from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import COMPONENTS, find_component


@pytest.fixture
def _nothing_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(COMPONENTS, "chromium", (lambda: None, "apt-get install chromium"))


@pytest.mark.usefixtures("_nothing_installed")
@pytest.mark.parametrize("environ", [{}, {"CI": "true"}, {"CI": "true", "AUTOGRADER_SKIP_MISSING": "1"}],
                         ids=["at home", "in CI", "in CI even when asked to skip"])
def test_a_missing_component_fails_with_the_line_that_installs_it(environ: dict[str, str]) -> None:
    with pytest.raises(pytest.fail.Exception, match=r"chromium is not installed .* Run: apt-get install chromium"):
        find_component("chromium", environ)


@pytest.mark.usefixtures("_nothing_installed")
def test_a_missing_component_is_skipped_when_asked_for_at_home() -> None:
    with pytest.raises(pytest.skip.Exception, match="chromium is not installed"):
        find_component("chromium", {"AUTOGRADER_SKIP_MISSING": "1"})


def test_a_component_that_is_there_is_a_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(COMPONENTS, "proxy", (lambda: tmp_path, ""))
    assert find_component("proxy", {}) == tmp_path
