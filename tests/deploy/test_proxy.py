"""Before the hub: TLS, and a domain for every server, so that no student's server shares an origin with the course."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from autograder.hub.authenticator import add_passwords
from autograder.hub.handlers import BODY_BYTES
from autograder.hub.running import CONFIG
from autograder.hub.service import origin_of
from autograder.model import Role
from tests.deploy.conftest import DEPLOY, Browser, MakeSite, hub_of_names

NGINX = (DEPLOY / "proxy" / "nginx.conf").read_text()
CADDY = (DEPLOY / "proxy" / "Caddyfile").read_text()


@pytest.mark.long
def test_nginx_understands_the_file(tmp_path: Path, need: Callable[[str], Path]) -> None:
    nginx = need("nginx")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    asked = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=hub.example.edu"]
    subprocess.run([*asked, "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True)
    here = re.sub(r"(ssl_certificate\s+)\S+;", rf"\g<1>{certificate};", NGINX)
    here = re.sub(r"(ssl_certificate_key\s+)\S+;", rf"\g<1>{key};", here)
    main = tmp_path / "nginx.conf"
    scratch = " ".join(f"{kind}_temp_path {tmp_path}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    main.write_text(f"pid {tmp_path}/pid; error_log stderr; events {{}} http {{ access_log off; {scratch}\n{here}\n}}")
    said = subprocess.run([nginx, "-t", "-p", str(tmp_path), "-c", str(main)], capture_output=True, text=True, check=False)
    assert said.returncode == 0 and "warn" not in said.stderr, said.stderr


@pytest.mark.parametrize(
    "needed", ["Upgrade    $http_upgrade", "proxy_buffering off", "X-Forwarded-Proto https", "Host              $http_host"]
)
def test_nginx_passes_on_what_the_hub_needs(needed: str) -> None:
    assert needed in NGINX


def test_both_ask_for_tls_ever_after_and_take_what_the_service_itself_takes() -> None:
    for text, megabytes in ((NGINX, r"client_max_body_size (\d+)m"), (CADDY, r"max_size (\d+)MB")):
        assert "max-age=31536000; includeSubDomains" in text
        found = re.search(megabytes, text)
        assert found and int(found[1]) * 10**6 >= 4 * BODY_BYTES  # what is far too much is refused in a sentence up to here


@pytest.mark.parametrize(
    ("own", "hub", "origin"),
    [
        ("", "", ""),
        ("http://here:8000/services/course/", "http://here:8000/hub/", ""),
        ("https://course--service.hub.x/services/course/", "https://hub.x/hub/", "https://calc-1--service.hub.x"),
    ],
)
def test_the_marking_page_is_linked_where_it_is(own: str, hub: str, origin: str) -> None:
    environ = {"JUPYTERHUB_PUBLIC_URL": own, "JUPYTERHUB_PUBLIC_HUB_URL": hub}
    assert bool(origin_of("calc", environ)) == bool(origin)
    assert origin_of("calc", environ) == origin.replace("calc-1", "calc")


@pytest.mark.hub
@pytest.mark.long
def test_with_subdomains_every_service_and_server_has_an_origin_of_its_own(
    make_site: MakeSite, tmp_path: Path, need: Callable[[str], Path]
) -> None:
    need("bubblewrap"), need("proxy")
    site = make_site("algebra", {"ann": Role.STUDENT, "tina": Role.TA})
    passwords = add_passwords(site.passwords, ["ann", "tina"])
    domain = f"hub.localhost:{site.port}"
    config = tmp_path / "config.py"
    config.write_text(f"load_subconfig({str(CONFIG)!r})\nc.JupyterHub.subdomain_host = 'http://{domain}'\n")
    with hub_of_names(site, config, f"http://course--service.{domain}/"):
        for name in ("ann", "tina"):
            browser = Browser()
            form = browser.get(f"http://{domain}/hub/login")
            token = re.search(r'name="_xsrf" value="([^"]+)"', form.text)
            assert token, form.text[:500]
            arrived = browser.get(f"http://{domain}/hub/login", {"username": name, "password": passwords[name], "_xsrf": token[1]})
            place = urlsplit(arrived.url)
            assert (arrived.status, place.netloc, place.path) == (200, f"course--service.{domain}", "/services/course/")
            # A form of the page works there, and its cookies are sent to nobody else.
            spoken = re.search(r'name="_xsrf" value="([^"]+)"', arrived.text)
            assert spoken
            said = {"language": "he", "back": "/services/course/", "_xsrf": spoken[1]}
            assert 'lang="he"' in browser.get(f"{arrived.url}language", said).text
            assert {cookie.domain for cookie in browser.cookies if "service-course" in cookie.name} == {
                f"course--service.{domain.split(':')[0]}"
            }
            if name == "tina":
                link = re.search(r'href="([^"]+/services/algebra/formgrader)"', arrived.text)
                assert link and urlsplit(link[1]).netloc == f"algebra--service.{domain}"
                assert browser.get(link[1]).status == 200
