"""The repository stands alone: it names nobody's machine, carries no private file, and its derived files are fresh."""
from __future__ import annotations

import filecmp
import json
import re
import subprocess
from pathlib import Path

import pytest

from autograder.authoring import build
from tests.house.project import ROOT, git, makefile_targets, pyproject, tracked

SOMEBODYS_MACHINE = re.compile(
    rb"/roo[t]/|/wor[k]/main|/hom[e]/\w"
    rb"|registry\.npm[j]s|pyp[i]\.org|pythonhoste[d]\.org|deb\.debia[n]\.org|download\.pytorc[h]")
PICTURES = (".png", ".woff2", ".pdf", ".zip", ".npz", ".npy")
ASSIGNMENTS = sorted(path.parent for path in (ROOT / "assignments").glob("*/assignment.toml"))


def test_no_file_names_somebodys_machine_or_a_registry() -> None:
    found = [f"{name}: {match[0].decode()}" for name in tracked() if not name.endswith(PICTURES)
             if (match := SOMEBODYS_MACHINE.search((ROOT / name).read_bytes()))]
    assert not found


def test_nothing_private_or_made_is_in_the_repository() -> None:
    assert git("ls-files", "--cached", "--ignored", "--exclude-standard") == ""


@pytest.mark.parametrize("name", ["state/ledger.db", "state/secret", "state/env/bin/python", "state/nbgrader/x.db"])
def test_what_a_running_course_writes_is_ignored(name: str) -> None:
    assert git("check-ignore", name).strip() == name


@pytest.mark.parametrize("folder", ASSIGNMENTS, ids=lambda folder: folder.name)
def test_built_notebooks_are_fresh(folder: Path, tmp_path: Path) -> None:
    built = build(folder, source=tmp_path / "source", release=tmp_path / "release")
    for made, kept in ((built.source, ROOT / "source" / folder.name), (built.release, ROOT / "release" / folder.name)):
        assert differences(made, kept) == [], f"{kept.relative_to(ROOT)} is stale. Run: make build"


def test_there_is_no_built_notebook_without_author_text() -> None:
    for root in ("source", "release"):
        assert {path.name for path in (ROOT / root).iterdir()} == {folder.name for folder in ASSIGNMENTS}


def differences(made: Path, kept: Path) -> list[str]:
    """Names of files that only one folder has, or that differ in their bytes."""
    names = {path.relative_to(root).as_posix() for root in (made, kept) for path in root.rglob("*")
             if path.is_file() and "__pycache__" not in path.parts and ".ipynb_checkpoints" not in path.parts}
    return sorted(name for name in names if not ((made / name).is_file() and (kept / name).is_file()
                                                 and filecmp.cmp(made / name, kept / name, shallow=False)))


def test_a_changed_missing_or_added_file_is_a_difference(tmp_path: Path) -> None:
    one, other = {"same": "1", "changed": "1", "missing": "1"}, {"same": "1", "changed": "2", "added": "1"}
    for root, files in (("a", one), ("b", other)):
        (tmp_path / root).mkdir()
        for name, text in files.items():
            (tmp_path / root / name).write_text(text)
    assert differences(tmp_path / "a", tmp_path / "b") == ["added", "changed", "missing"]


def test_the_licence_is_the_one_that_the_project_names() -> None:
    assert pyproject()["project"]["license"] == "BSD-3-Clause"
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("BSD 3-Clause License")


def test_constraints_pin_every_direct_dependency_exactly() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not re.fullmatch(r"[\w.-]+==\d[\w.]*", line)] == []
    pinned = {line.partition("==")[0].lower().replace("_", "-") for line in lines}
    project = pyproject()["project"]
    direct = {re.split(r"[^\w.-]", name)[0].lower().replace("_", "-")
              for names in (project["dependencies"], *project["optional-dependencies"].values()) for name in names}
    assert direct - {"autograder"} <= pinned


def test_the_proxy_is_locked_by_content_and_not_by_place() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    wanted = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    for kind in ("dependencies", "devDependencies"):
        assert lock[""][kind] == wanted[kind]
    for name, package in lock.items():
        assert not name or ("integrity" in package and "resolved" not in package), name


def test_make_help_lists_every_target() -> None:
    command = ["make", "--no-print-directory", "help"]
    said = subprocess.run(command, cwd=ROOT, check=True, text=True, capture_output=True).stdout
    phony = re.search(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert phony and set(phony[1].split()) == set(makefile_targets())
    assert [line.split()[1] for line in said.splitlines()] == list(makefile_targets())


@pytest.mark.parametrize("script", [name for name in tracked() if name.startswith("scripts/") or name == ".ci/run"])
def test_a_script_is_bash_that_stops_at_the_first_error(script: str) -> None:
    text = (ROOT / script).read_text(encoding="utf-8")
    assert text.startswith("#!/usr/bin/env bash\n") and "\nset -euo pipefail\n" in text
    subprocess.run(["bash", "-n", ROOT / script], check=True)
    assert git("ls-files", "--stage", script).startswith("100755")
