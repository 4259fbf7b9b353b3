"""The cluster's files: that they agree with each other, and that what the chart will run in its hub sets what matters."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from traitlets.config import Config

from autograder.hub.apart import told
from tests.deploy.conftest import DEPLOY

HERE = DEPLOY / "kubernetes"
VALUES: dict[str, Any] = yaml.safe_load((HERE / "values.yaml").read_text())
OBJECTS: dict[str, Any] = {one["kind"]: one for one in yaml.safe_load_all((HERE / "course.yaml").read_text())}
POD: dict[str, Any] = OBJECTS["Deployment"]["spec"]["template"]
CONTAINER: dict[str, Any] = POD["spec"]["containers"][0]


def filled(said: Any) -> str:
    """A variable as the pod gets it."""
    return said if isinstance(said, str) else "from {name} {key}".format(**said["valueFrom"]["secretKeyRef"])


HUB = {name: filled(said) for name, said in VALUES["hub"]["extraEnv"].items()}
COURSE = {one["name"]: filled(one.get("value") or one) for one in CONTAINER["env"]}


@pytest.fixture
def c(monkeypatch: pytest.MonkeyPatch) -> Config:
    """The hub's configuration after the chart has run our part of it; what the chart sets itself stands before."""
    for name, value in HUB.items():
        monkeypatch.setenv(name, value)
    c = Config()
    c.JupyterHub.services = [{"name": "jupyterhub-idle-culler"}]
    c.JupyterHub.load_roles = [{"name": "jupyterhub-idle-culler"}]
    c.KubeSpawner.environment = {"THEIRS": "kept"}
    for _, code in sorted(VALUES["hub"]["extraConfig"].items()):
        exec(code.replace("/opt/autograder/deploy", str(DEPLOY)), {"c": c})
    return c


def test_the_hub_gets_the_courses_service_beside_the_charts_own(c: Config) -> None:
    assert [one["name"] for one in c.JupyterHub.services] == ["jupyterhub-idle-culler", "course"]
    assert [one["name"] for one in c.JupyterHub.load_roles] == ["jupyterhub-idle-culler", "members-calc-1", "staff-calc-1", "server"]
    assert c.KubeSpawner.environment == {"THEIRS": "kept", "AUTOGRADER_COURSES": "calc-1=http://course:8003/services/course/"}
    assert c.JupyterHub.authenticator_class.__name__ == "RosterOIDC" and c.RosterOIDC.client_secret == "from oidc secret"


def test_hub_and_course_share_one_secret_and_find_each_other(c: Config) -> None:
    course = told(COURSE, "course")
    (service,) = (one for one in c.JupyterHub.services if one["name"] == "course")
    assert service["api_token"] == course["JUPYTERHUB_API_TOKEN"] == "from course token"
    (port,) = OBJECTS["Service"]["spec"]["ports"]
    assert service["url"] == f"http://{OBJECTS['Service']['metadata']['name']}:{port['port']}"
    assert course["JUPYTERHUB_SERVICE_URL"].endswith(f":{port['port']}")
    assert course["AUTOGRADER_LEDGER"] == "from course ledger" and course["AUTOGRADER_PASSWORDS"] == "none"
    assert CONTAINER["readinessProbe"]["httpGet"]["path"] == f"{course['JUPYTERHUB_SERVICE_PREFIX']}health"


def test_the_course_is_one_process_on_a_volume_of_its_own() -> None:
    spec = OBJECTS["Deployment"]["spec"]
    assert spec["replicas"] == 1 and spec["strategy"]["type"] == "Recreate"
    claims = [one["persistentVolumeClaim"]["claimName"] for one in POD["spec"]["volumes"] if "persistentVolumeClaim" in one]
    assert claims == [OBJECTS["PersistentVolumeClaim"]["metadata"]["name"]]
    assert set(VALUES["singleuser"]["storage"]) == {"homeMountPath", "capacity"}  # students mount nothing but their homes


def test_nothing_has_more_rights_than_it_needs() -> None:
    assert CONTAINER["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert POD["spec"]["securityContext"]["runAsNonRoot"] and not POD["spec"]["automountServiceAccountToken"]
    user = VALUES["singleuser"]
    assert user["uid"] == 1000 and not user["allowPrivilegeEscalation"] and not user["extraPodConfig"]["automountServiceAccountToken"]
    assert user["memory"]["limit"] and user["cpu"]["limit"]


def test_who_may_talk_to_the_course_is_allowed_on_both_sides() -> None:
    labels, port = POD["metadata"]["labels"], OBJECTS["Service"]["spec"]["ports"][0]["port"]
    policy = OBJECTS["NetworkPolicy"]["spec"]
    for selector in (OBJECTS["Service"]["spec"]["selector"], policy["podSelector"]["matchLabels"]):
        assert selector.items() <= labels.items()
    (rule,) = policy["ingress"]
    assert {one["podSelector"]["matchLabels"]["component"] for one in rule["from"]} == {"hub", "proxy", "singleuser-server"}
    (leaves,) = VALUES["singleuser"]["networkPolicy"]["egress"]
    assert leaves["to"][0]["podSelector"]["matchLabels"].items() <= labels.items()
    assert [one["port"] for one in rule["ports"]] == [one["port"] for one in leaves["ports"]] == [port]
    assert labels["hub.jupyter.org/network-access-hub"] == "true"


def test_no_secret_stands_in_the_files() -> None:
    for file in HERE.iterdir():
        assert not re.search(r"(token|secret|password)\w*: *[0-9a-zA-Z]{12,}", file.read_text(), re.IGNORECASE), file


@pytest.mark.parametrize(
    "path", ["deploy/kubernetes/hub.Dockerfile", "deploy/docker/single-user.Dockerfile", "deploy/docker/course.Dockerfile"]
)
def test_the_images_are_those_of_files_that_exist(path: str) -> None:
    assert Path(DEPLOY.parent, path).is_file()
    assert any(path in file.read_text() for file in HERE.iterdir())
