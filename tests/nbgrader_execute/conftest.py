"""A course that nbgrader keeps, with the engine in the place of nbgrader's Execute."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from nbgrader.api import Gradebook
from nbgrader.apps.api import NbGraderAPI
from nbgrader.validator import Validator
from traitlets.config import Config

from autograder.gradebook import course_folder, released
from autograder.nbgrader_execute import end_engine, use_engine

PYTHON = {"display_name": "Python 3", "language": "python", "name": "python3"}


def cell(source: str, grade_id: str = "", kind: str = "code", **told: Any) -> dict[str, Any]:
    """A cell; with a grade_id it carries nbgrader's metadata."""
    flags = {"grade": False, "locked": False, "solution": False, "task": False, "schema_version": 3, "grade_id": grade_id}
    made: dict[str, Any] = {"cell_type": kind, "metadata": {"nbgrader": flags | told} if grade_id else {}, "source": source}
    return made | {"outputs": [], "execution_count": None} if kind == "code" else made


def scored(source: str, grade_id: str, points: float = 1) -> dict[str, Any]:
    return cell(source, grade_id, grade=True, locked=True, points=points)


def notebook(*cells: dict[str, Any], kernel: Mapping[str, str] = PYTHON) -> dict[str, Any]:
    return {"nbformat": 4, "nbformat_minor": 4, "metadata": {"kernelspec": dict(kernel)}, "cells": list(cells)}


class Course:
    """A course folder, and nbgrader's own API on it, which formgrader's button calls as well."""

    def __init__(self, root: Path, config: Config) -> None:
        self.root, self.config = root, config
        config.CourseDirectory.root = str(root)
        self.url = config.CourseDirectory.db_url = f"sqlite:///{root / 'gradebook.db'}"

    def release(self, slug: str, made: Mapping[str, Any], **files: bytes) -> None:
        self._write(self.root / "source" / slug, slug, made, files)
        released(course_folder(self.root), slug)  # makes the database, faster than the program that nbgrader starts for it
        done = NbGraderAPI(config=self.config).generate_assignment(slug)
        assert done["success"], done["log"]

    def hand_in(self, student: str, slug: str, made: Mapping[str, Any], **files: bytes) -> None:
        self._write(self.root / "submitted" / student / slug, slug, made, files)

    @staticmethod
    def _write(folder: Path, slug: str, made: Mapping[str, Any], files: Mapping[str, bytes]) -> None:
        folder.mkdir(parents=True)
        (folder / f"{slug}.ipynb").write_text(json.dumps(made))
        for name, content in files.items():
            (folder / name).write_bytes(content)

    def autograde(self, slug: str, student: str = "ann") -> str:
        """The log; fails when nbgrader says that it failed."""
        done = NbGraderAPI(config=self.config).autograde(slug, student)
        assert done["success"], done["log"]
        return str(done["log"])

    def autograde_fails(self, slug: str, student: str = "ann") -> str:
        done = NbGraderAPI(config=self.config).autograde(slug, student)
        assert not done["success"]
        return str(done["log"])

    def scores(self, slug: str, student: str = "ann") -> dict[str, float | None]:
        """What the gradebook has; None for what waits for a person."""
        with Gradebook(self.url) as book:
            grades = book.find_submission_notebook(slug, slug, student).grades
            assert all(grade.needs_manual_grade is (grade.auto_score is None) for grade in grades)
            return {grade.name: grade.auto_score for grade in grades}

    def graded(self, slug: str, student: str = "ann") -> dict[str, Any]:
        """The notebook for staff."""
        return dict(json.loads((self.root / "autograded" / student / slug / f"{slug}.ipynb").read_text()))


@pytest.fixture
def config() -> Iterator[Config]:
    """With `use_engine`; what it tells nbgrader's validator is taken back."""
    before = Validator.__dict__["preprocessors"]
    made = Config()
    use_engine(made)
    yield made
    Validator.preprocessors = before


@pytest.fixture
def course(tmp_path: Path, config: Config) -> Course:
    return Course(tmp_path / "course", config)


@pytest.fixture(scope="session", autouse=True)
def _engine_of_this_process() -> Iterator[None]:
    yield
    end_engine()
