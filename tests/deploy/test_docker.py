"""The containers: what a student's one sees and may, what the images hold, and that the files agree with each other."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from jupyterhub.app import JupyterHub
from jupyterhub.proxy import ConfigurableHTTPProxy
from traitlets.config import Config

from autograder.hub.apart import told
from tests.deploy.conftest import DEPLOY, loaded

HERE = DEPLOY / "docker"
ROOT = DEPLOY.parent
DOCKERFILES = sorted(HERE.glob("*.Dockerfile"))
COMPOSE: dict[str, Any] = yaml.safe_load((HERE / "compose.yaml").read_text())
GIVEN = {"AUTOGRADER_COURSE_ID": "algebra", "AUTOGRADER_COURSE_TOKEN": "token", "POSTGRES_PASSWORD": "password"}


def environment(service: str) -> dict[str, str]:
    """As compose gives it, the variables of .env filled in."""
    said = COMPOSE["services"][service]["environment"]
    return {name: re.sub(r"\$\{(\w+)[^}]*\}", lambda found: GIVEN[found[1]], value) for name, value in said.items()}


@pytest.fixture
def c(monkeypatch: pytest.MonkeyPatch) -> Config:
    for name, value in environment("hub").items():
        monkeypatch.setenv(name, value)
    return loaded(HERE / "jupyterhub_config.py")


def test_a_students_container_has_his_home_and_the_courses_address_and_nothing_else(c: Config) -> None:
    spawner = c.JupyterHub.spawner_class(config=c, user=SimpleNamespace(name="ann"))
    assert spawner.volumes == {"home-{username}": "/srv/home"} and not spawner.read_only_volumes
    assert spawner.environment == {"AUTOGRADER_COURSES": "algebra=http://course:8003/services/course/"}
    assert not any("TOKEN" in name or "LEDGER" in name or "POSTGRES" in name for name in spawner.env_keep)
    assert spawner.network_name == "course_servers" and spawner.use_internal_ip and spawner.remove
    assert spawner.image == "course-single-user" and spawner.allowed_images == {}


def test_a_students_container_is_bounded_and_has_no_rights(c: Config) -> None:
    spawner = c.JupyterHub.spawner_class(config=c, user=SimpleNamespace(name="ann"))
    host = spawner.extra_host_config
    assert spawner.mem_limit == 2 * 2**30 and spawner.cpu_limit == 1
    assert host["cap_drop"] == ["ALL"] and "no-new-privileges" in host["security_opt"] and host["read_only"] and host["pids_limit"] <= 2000
    assert not host.get("privileged") and "network_mode" not in host


def test_every_setting_is_one_that_its_class_has(c: Config) -> None:
    classes: dict[str, type] = {}
    for start in (c.JupyterHub.spawner_class, c.JupyterHub.authenticator_class):
        classes |= {one.__name__: one for one in start.__mro__}
    classes |= {"JupyterHub": JupyterHub, "ConfigurableHTTPProxy": ConfigurableHTTPProxy}
    unknown = [f"{name}.{trait}" for name, said in c.items() for trait in said if not classes[name].class_traits(config=True).get(trait)]
    assert unknown == []


def test_the_hub_and_the_course_know_each_other(c: Config) -> None:
    course = told(environment("course"), "course")
    (service,) = (one for one in c.JupyterHub.services if one["name"] == "course")
    assert service["api_token"] == course["JUPYTERHUB_API_TOKEN"] == "token"
    assert service["url"].rpartition(":")[2] == course["JUPYTERHUB_SERVICE_URL"].rpartition(":")[2]
    assert course["JUPYTERHUB_API_URL"] == f"{c.JupyterHub.hub_connect_url}/hub/api"


def test_compose_keeps_course_and_ledger_from_students() -> None:
    services = COMPOSE["services"]
    mounted = {name: [volume.split(":")[0] for volume in one.get("volumes", [])] for name, one in services.items()}
    assert [name for name, volumes in mounted.items() if "course" in volumes] == ["course"]
    assert [name for name, volumes in mounted.items() if "/var/run/docker.sock" in volumes] == ["hub"]
    assert services["ledger"]["networks"] == ["ledger"] and COMPOSE["networks"]["ledger"]["internal"]
    assert [name for name, one in services.items() if "ports" in one] == ["hub"]
    assert all(port.startswith("127.0.0.1:") for port in services["hub"]["ports"])
    assert COMPOSE["networks"]["servers"]["name"] == environment("hub")["AUTOGRADER_NETWORK"]
    assert set(COMPOSE["volumes"]) >= {name for volumes in mounted.values() for name in volumes if "/" not in name}


def test_what_must_be_filled_in_stands_in_the_example() -> None:
    needed = set(re.findall(r"\$\{(\w+)", (HERE / "compose.yaml").read_text()))
    assert set(re.findall(r"^(\w+)=$", (HERE / "example.env").read_text(), re.MULTILINE)) == needed == set(GIVEN)


@pytest.mark.parametrize("name", [one["build"]["dockerfile"] for one in COMPOSE["services"].values() if "build" in one])
def test_compose_builds_from_files_that_exist(name: str) -> None:
    assert (ROOT / name).is_file()


@pytest.mark.parametrize("file", DOCKERFILES, ids=lambda file: file.name)
def test_what_is_copied_exists_and_is_not_left_out_of_the_build(file: Path) -> None:
    ignored = [line.strip("/") for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("/")]
    for words in instructions(file, "COPY"):
        if words[0].startswith("--from"):
            continue
        for source in words[:-1]:
            assert (ROOT / source).exists() and source.strip("/") not in ignored, source


@pytest.mark.parametrize("name", ["state", "source", "assignments", ".git"])
def test_no_image_holds_secrets_or_solutions(name: str) -> None:
    assert f"/{name}" in (ROOT / ".dockerignore").read_text().splitlines()


def test_the_students_image_has_the_courses_settings_and_none_of_its_code() -> None:
    copied = [words for words in instructions(HERE / "single-user.Dockerfile", "COPY") if "constraints.txt" not in words[0]]
    assert copied == [["autograder/hub/single_user", "/etc/jupyter-course"]]
    assert "JUPYTER_CONFIG_PATH=/etc/jupyter-course" in (HERE / "single-user.Dockerfile").read_text()


@pytest.mark.parametrize("file", DOCKERFILES, ids=lambda file: file.name)
def test_versions_are_those_of_constraints_and_nobody_stays_root_but_the_hub(file: Path) -> None:
    pinned = {line.partition("==")[0].lower() for line in (ROOT / "constraints.txt").read_text().splitlines()}
    text = file.read_text()
    for words in instructions(file, "RUN"):
        if words[:2] != ["pip", "install"]:
            continue
        assert "-c" in words and not any("==" in word for word in words)
        names = [word for word in words[words.index("-c") + 2 :] if word not in ("&&", "rm") and not word.startswith("/")]
        assert {name.lower() for name in names} <= pinned
    assert ("\nUSER " in text) == (file.name != "hub.Dockerfile")


def instructions(file: Path, verb: str) -> list[list[str]]:
    """The words of every instruction of this kind."""
    lines = file.read_text().replace("\\\n", " ").splitlines()
    return [shlex.split(line)[1:] for line in lines if line.startswith(f"{verb} ")]
