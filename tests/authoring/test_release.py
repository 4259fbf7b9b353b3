"""Building: what students receive, that it is complete, the same each time, and never half written."""
from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pytest
from nbgrader.nbgraderformat import MetadataValidator
from nbgrader.utils import compute_checksum

from autograder.authoring import Built, build, load_assignment, release_archive, solution_cells, stub_cells
from autograder.authoring import release as release_module
from autograder.model import AssignmentError, MachineryError

Altered = Callable[..., Path]
SLUG = "small-steps"
SMALL = Path(__file__).parent / "fixture" / SLUG
SECRETS = ("squares_secret_name", "HIDDEN_NUMBERS", "123456", "arccos", "2*x", "x + x", "(x+h)^2", "Cauchy", "Schwarz")


@pytest.fixture(scope="module")
def checks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The checks as they are now, so that somebody editing them does not look like a difference between builds."""
    return Path(shutil.copytree(release_module.CHECKS, tmp_path_factory.mktemp("installed") / "checks"))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, checks: Path) -> Built:
    """The small assignment, built once for the tests that only look."""
    course = tmp_path_factory.mktemp("course")
    return build(SMALL, source=course / "source", release=course / "release", checks=checks)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def notebook(folder: Path) -> nbformat.NotebookNode:
    return nbformat.read(folder / f"{SLUG}.ipynb", as_version=4)


def test_the_source_notebook_is_the_one_that_grading_uses(built: Built) -> None:
    source = notebook(built.source)
    nbformat.validate(source)
    assert solution_cells(source) == solution_cells(built.assignment.notebook)
    assert [c.source for c in source.cells] == [c["source"] for c in built.assignment.notebook["cells"]]


def test_the_release_holds_nothing_hidden_in_any_file(built: Built) -> None:
    for name, content in contents(built.release).items():
        if not name.startswith("autograder/"):
            assert [secret for secret in SECRETS if secret.encode() in content] == []
        assert b"BEGIN " + b"HIDDEN" not in content and b"BEGIN " + b"SOLUTION" not in content, name


def test_the_release_shows_stubs_visible_tests_and_hints(built: Built) -> None:
    cells = {c.metadata.nbgrader.grade_id: c.source for c in notebook(built.release).cells if "nbgrader" in c.metadata}
    assert cells["length"] == ('def length(x):\n    """Euclidean length of x (n,)."""\n    # Squares, sum, root.\n'
                               '    # YOUR CODE HERE\n    raise NotImplementedError()')
    assert cells["length-mean"] == "# length-mean, 3.5 points\n# Hidden: other numbers."
    assert "checks.close(checks.ask(length" in cells["length-by_hand"]


def test_what_we_say_students_start_from_is_what_nbgrader_makes(built: Built) -> None:
    assert stub_cells(built.assignment.notebook) == solution_cells(notebook(built.release))
    assert stub_cells(notebook(built.release)) == solution_cells(notebook(built.release))


def test_the_release_is_a_valid_nbgrader_notebook_with_right_checksums(built: Built) -> None:
    released = notebook(built.release)
    nbformat.validate(released)
    MetadataValidator().validate_nb(released)
    for cell in released.cells:
        if "nbgrader" in cell.metadata:
            assert cell.metadata.nbgrader.checksum == compute_checksum(cell)


def test_data_files_travel_with_source_and_release(built: Built) -> None:
    assert (built.source / "data" / "points.csv").read_text() == "1,2,3\n"
    assert (built.release / "data" / "points.csv").read_text() == "1,2,3\n"


def test_the_checks_travel_with_their_versions_but_not_as_a_package_of_their_own(built: Built) -> None:
    beside = built.release / "autograder"
    assert not (beside / "__init__.py").exists()
    assert (beside / "checks" / "__init__.py").exists()
    assert not list(beside.rglob("__pycache__"))
    versions = json.loads((beside / "versions.json").read_text())
    assert versions["assignment"] == built.assignment.version and len(versions["checks"]) == 64


@pytest.mark.parametrize("installed", [True, False])
def test_an_installed_autograder_wins_over_the_checks_beside_the_notebook(
        built: Built, tmp_path: Path, installed: bool) -> None:
    if installed:
        (tmp_path / "autograder" / "checks").mkdir(parents=True)
        (tmp_path / "autograder" / "__init__.py").write_text("")
        (tmp_path / "autograder" / "checks" / "__init__.py").write_text("")
    script = f"import sys; sys.path += [{str(tmp_path)!r}]; from autograder import checks; print(checks.__file__)"
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run([sys.executable, "-c", script], cwd=built.release, env=environ, capture_output=True, text=True, check=True)
    home = tmp_path if installed else built.release
    assert Path(done.stdout.strip()).is_relative_to(home.resolve())


def test_building_again_writes_the_same_bytes_and_touches_nothing(fixture: Path, built: Built, checks: Path) -> None:
    before = contents(built.source.parents[1])
    stamp = (built.release / f"{SLUG}.ipynb").stat().st_mtime_ns
    again = build(fixture, source=built.source.parent, release=built.release.parent, checks=checks)
    assert not again.changed and contents(built.source.parents[1]) == before
    assert (built.release / f"{SLUG}.ipynb").stat().st_mtime_ns == stamp


def test_a_notebook_that_was_run_in_the_release_changes_nothing(fixture: Path, built: Built, checks: Path, tmp_path: Path) -> None:
    source, release = tmp_path / "source" / SLUG, tmp_path / "release" / SLUG
    shutil.copytree(built.source, source)
    shutil.copytree(built.release, release)
    for left in ("autograder/checks/__pycache__/basic.cpython-311.pyc", f".ipynb_checkpoints/{SLUG}-checkpoint.ipynb"):
        (release / left).parent.mkdir(exist_ok=True)
        (release / left).write_text("by Python or Jupyter")
    assert release_archive(release.parent, SLUG) == release_archive(built.release.parent, SLUG)
    assert not build(fixture, source=source.parent, release=release.parent, checks=checks).changed


def test_a_changed_text_replaces_the_whole_folder(altered: Altered, built: Built, tmp_path: Path) -> None:
    shutil.copytree(built.release, tmp_path / "release" / SLUG)
    (tmp_path / "release" / SLUG / "left-over.txt").write_text("from an earlier build")
    folder = altered("notebook.py", "Lengths and angles", "Angles and lengths")
    again = build(folder, source=tmp_path / "source", release=tmp_path / "release")
    assert again.changed and "Angles and lengths" in notebook(again.release).cells[0].source
    assert not (again.release / "left-over.txt").exists()
    assert [path.name for path in (tmp_path / "release").iterdir()] == [SLUG]


def test_an_error_leaves_the_folders_as_they_were(altered: Altered, tmp_path: Path) -> None:
    (tmp_path / "release" / SLUG).mkdir(parents=True)
    (tmp_path / "release" / SLUG / "mine.txt").write_text("kept")
    folder = altered("notebook.py", "### END SOLUTION", "### END")
    with pytest.raises(AssignmentError):
        build(folder, source=tmp_path / "source", release=tmp_path / "release")
    assert contents(tmp_path / "release") == {f"{SLUG}/mine.txt": b"kept"}
    assert not (tmp_path / "source").exists()


def test_a_solution_line_in_a_data_file_stops_the_build(altered: Altered, tmp_path: Path) -> None:
    folder = altered("data/points.csv", "1,2,3", "x\n  return float(np.sqrt(squares_secret_name.sum()))\n")
    with pytest.raises(AssignmentError, match=r"also stands in data/points\.csv") as caught:
        build(folder, source=tmp_path / "source", release=tmp_path / "release")
    assert caught.value.cell == "length"
    assert not (tmp_path / "release").exists()


def test_a_hidden_line_inside_a_longer_visible_line_stops_the_build(altered: Altered, tmp_path: Path) -> None:
    folder = altered("notebook.py", "# Try things here.", "y = 1; HIDDEN_NUMBERS = [123456.0, 654321.0]")
    with pytest.raises(AssignmentError, match=r"also stands in small-steps\.ipynb"):
        build(folder, source=tmp_path / "source", release=tmp_path / "release")


@pytest.mark.parametrize("shown", ["squares_secret_name = np.asarray(x, dtype=float) ** 2", "return 1"])
def test_a_line_that_the_notebook_shows_itself_is_public(altered: Altered, shown: str) -> None:
    assignment = load_assignment(altered("notebook.py", "# Try things here.", f"def try_it(x):\n    {shown}"))
    release_module.check_regions_stay_inside(assignment, {"data/a.py": shown.encode()}, file="notebook.py")


def test_a_release_that_nbgrader_left_uncleaned_is_not_published(
        fixture: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def copies_only(course: Path, slug: str) -> None:
        (course / "release").mkdir()
        (course / "source" / slug).rename(course / "release" / slug)
        (course / "source" / slug).mkdir()

    monkeypatch.setattr(release_module, "_generate_assignment", copies_only)
    with pytest.raises(AssignmentError, match="nothing was released"):
        build(fixture, source=tmp_path / "source", release=tmp_path / "release")
    assert list((tmp_path / "release").iterdir()) == []


def test_without_checks_there_is_no_release(fixture: Path, tmp_path: Path) -> None:
    (tmp_path / "checks").mkdir()
    with pytest.raises(MachineryError, match="no checks in"):
        build(fixture, source=tmp_path / "source", release=tmp_path / "release", checks=tmp_path / "checks")


def test_a_build_elsewhere_and_with_own_nbgrader_settings_has_the_same_bytes(
        fixture: Path, built: Built, checks: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".jupyter").mkdir()
    (tmp_path / ".jupyter" / "nbgrader_config.py").write_text("c.ClearSolutions.code_stub = {'python': 'MINE'}\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("JUPYTER_CONFIG_DIR", raising=False)
    other = build(fixture, source=tmp_path / "s", release=tmp_path / "r", checks=checks)
    assert contents(other.source) == contents(built.source)
    assert contents(other.release) == contents(built.release)


def test_builds_at_the_same_time_do_not_disturb_each_other(
        fixture: Path, built: Built, checks: Path, tmp_path: Path) -> None:
    here = os.getcwd()
    with ThreadPoolExecutor(2) as pool:
        jobs = [pool.submit(build, fixture, source=tmp_path / "s", release=tmp_path / "r", checks=checks) for _ in "12"]
        assert sorted(job.result().changed for job in jobs) == [False, True]
    assert contents(tmp_path / "r" / SLUG) == contents(built.release)
    assert os.getcwd() == here


def test_an_archive_depends_on_names_and_contents_only(built: Built, tmp_path: Path) -> None:
    packed = release_archive(built.release.parent, SLUG)
    os.utime(built.release / f"{SLUG}.ipynb", (time.time() + 100, time.time() + 100))
    assert release_archive(built.release.parent, SLUG) == packed
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        names = archive.namelist()
        assert names == sorted(names) and all(name.startswith(f"{SLUG}/") for name in names)
        archive.extractall(tmp_path)
    assert contents(tmp_path / SLUG) == contents(built.release)


def test_an_archive_of_nothing_says_how_to_build(tmp_path: Path) -> None:
    with pytest.raises(AssignmentError, match="autograder build hw01"):
        release_archive(tmp_path, "hw01")


def test_the_version_of_a_build_is_the_version_that_is_loaded(fixture: Path, built: Built) -> None:
    assert load_assignment(fixture).version == built.assignment.version


@pytest.mark.long
def test_nbgrader_validate_runs_the_release_and_names_what_is_not_solved(built: Built) -> None:
    done = subprocess.run([sys.executable, "-m", "nbgrader", "validate", f"{SLUG}.ipynb"], cwd=built.release,
                          capture_output=True, text=True, timeout=120, check=False)
    assert "VALIDATION FAILED ON" in done.stdout, done.stderr
    assert "# length-by_hand, 2 points" in done.stdout and "YOUR ANSWER HERE" in done.stdout
