"""nbgrader's formgrader as a service of the hub, where staff mark written answers.

It shows what students wrote and all staff share it, so it runs confined: it sees the course as nbgrader knows it (the
gradebook and the collected work, writable; source and release, read-only), and neither the ledger nor the secret nor a
home. Batches are graded by the platform: nbgrader's own autograder would run students' code beside the gradebook.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from nbconvert.preprocessors import Preprocessor
from traitlets import Bool

from autograder.course import Folders
from autograder.hub.apart import told
from autograder.hub.confinement import confined
from autograder.hub.site import Site

SETTINGS = Path(__file__).parent / "formgrader_settings"
INSIDE = "/course"


def command(folders: Folders) -> list[str]:
    """The command of the service. Its folders are made when they are not there."""
    for name in ("source", "release"):  # where the two read-only folders appear
        (folders.nbgrader / name).mkdir(mode=0o700, parents=True, exist_ok=True)
    package = Path(__file__).resolve().parents[1]
    read = {SETTINGS: "/etc/jupyter-formgrader", package: f"/opt/autograder/{package.name}"}
    read |= {folder: f"{INSIDE}/{folder.name}" for folder in (folders.source, folders.release) if folder.exists()}
    prefix = confined(read=read, write={folders.nbgrader: INSIDE}, hidden=[folders.root, folders.state], start_in=INSIDE)
    path = f"{Path(sys.prefix, 'bin')}:/usr/bin:/bin"  # nbgrader starts alembic from PATH
    inside = [
        "HOME=/tmp/home",
        f"PATH={path}",
        "PYTHONPATH=/opt/autograder",
        "JUPYTER_CONFIG_PATH=/etc/jupyter-formgrader",
        "JUPYTER_RUNTIME_DIR=/tmp/jupyter",
    ]
    return [*prefix, *inside, os.path.join(sys.prefix, "bin", "jupyterhub-singleuser")]


def main() -> None:
    """Become the service of the course that the environment names, as somebody other than the hub starts it: as a user who is not root."""
    site = Site.of()
    site.prepare()
    start = command(site.folders)
    os.execvpe(start[0], start, {"JUPYTERHUB_DEFAULT_URL": "/formgrader", **told(os.environ, site.course().id)})


class GradedByThePlatform(Preprocessor):
    """Stands in place of nbgrader's autograder and says where grading happens."""

    enabled = Bool(True)

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Refuses; formgrader shows the sentence in its log."""
        slug = resources.get("nbgrader", {}).get("assignment", "SLUG")
        raise RuntimeError(f"Work is graded apart from the gradebook, not here. Run: autograder grade {slug}")


if __name__ == "__main__":
    main()
