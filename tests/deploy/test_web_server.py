"""nginx and Caddy with the files of deploy/proxy, each before a real hub: people log in, hand in, run code and watch a batch.

Of a file only what an ordinary user may not have is exchanged: the ports, the certificate, and the port of the hub.
"""

from __future__ import annotations

import os
import pwd
import re
import signal
import socket
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import expect, sync_playwright

from autograder import batches
from autograder.course import Folders
from autograder.hub.authenticator import add_passwords
from autograder.hub.running import CONFIG, free_port, stop
from autograder.model import Role
from tests.deploy.conftest import DEPLOY, Browser, MakeSite, hub_of_names
from tests.hub.conftest import CHROMIUM_FLAGS, HubOfTests, Window, notebook
from tests.hub.means import publish_means

pytestmark = [pytest.mark.hub, pytest.mark.browser, pytest.mark.long]
DOMAIN = "hub.example.edu"
STUDENTS = [f"s{number}" for number in range(6)]
PEOPLE = {"ann": Role.STUDENT, "tina": Role.TA, **dict.fromkeys(STUDENTS, Role.STUDENT)}
PATIENCE = 120_000
"""Milliseconds for a server or a batch on a busy machine."""


@dataclass(frozen=True)
class WebServer:
    """One that runs, before a hub that runs."""

    name: str
    hub: HubOfTests
    trusted: ssl.SSLContext  # our certificate authority and no other
    plain: int  # its port without TLS

    @property
    def port(self) -> int:
        """Its port with TLS."""
        return urlsplit(self.hub.url).port or 443

    def at(self, name: str, path: str = "") -> str:
        """An address of a service or of somebody's server, each of which has its own name."""
        return f"https://{name}.{DOMAIN}:{self.port}/{path}"

    @property
    def course(self) -> str:
        """The pages of the course."""
        return self.at("course--service", "services/course/")


def certificate(folder: Path) -> tuple[Path, Path, Path]:
    """Of an authority of our own: its certificate, and the hub's with its key."""
    ca, ca_key, request, ours, key, names = (folder / name for name in ("ca.pem", "ca.key", "request", "hub.pem", "hub.key", "names"))
    names.write_text(f"subjectAltName = DNS:{DOMAIN}, DNS:*.{DOMAIN}\n")
    fresh = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    for asked in (
        ["req", "-x509", *fresh, "-days", "1", "-subj", "/CN=tests", "-keyout", ca_key, "-out", ca],
        ["req", *fresh, "-subj", f"/CN={DOMAIN}", "-keyout", key, "-out", request],
        ["x509", "-req", "-in", request, "-CA", ca, "-CAkey", ca_key, "-CAcreateserial", "-days", "1", "-extfile", names, "-out", ours],
    ):
        subprocess.run(["openssl", *asked], check=True, capture_output=True)
    return ca, ours, key


def nginx(program: Path, folder: Path, plain: int, safe: int, hub: int, own: Path, key: Path) -> list[str]:
    """The command that runs it with our file."""
    text = (DEPLOY / "proxy" / "nginx.conf").read_text()
    for ours, here in (
        (r"listen \[::\]:.*\n", "\n"),
        (r"listen 80;", f"listen 127.0.0.1:{plain};"),
        (r"listen 443 ", f"listen 127.0.0.1:{safe} "),
        (r"(ssl_certificate\s+)\S+;", rf"\g<1>{own};"),
        (r"(ssl_certificate_key\s+)\S+;", rf"\g<1>{key};"),
        (r"127\.0\.0\.1:8000;", f"127.0.0.1:{hub};"),
    ):
        text, found = re.subn(ours, here, text)
        assert found, ours
    scratch = " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    user = f"user {pwd.getpwuid(os.getuid()).pw_name};" if os.getuid() == 0 else ""
    main = folder / "nginx.conf"
    main.write_text(
        f"{user} daemon off; pid {folder}/pid; error_log stderr; events {{}} http {{ access_log {folder}/access.log; {scratch}\n{text}\n}}"
    )
    return [str(program), "-p", str(folder), "-c", str(main)]


def caddy(program: Path, folder: Path, plain: int, safe: int, hub: int, own: Path, key: Path) -> list[str]:
    """The command that runs it with our file."""
    text = (DEPLOY / "proxy" / "Caddyfile").read_text()
    for ours, here in (
        (rf"(?m)^({re.escape(DOMAIN)}, .*)\{{$", rf"\g<1>{{\n\tbind 127.0.0.1\n\ttls {own} {key}"),
        (r"127\.0\.0\.1:8000 ", f"127.0.0.1:{hub} "),
    ):
        text, found = re.subn(ours, here, text)
        assert found, ours
    main = folder / "Caddyfile"
    main.write_text(f"{{\n\tadmin off\n\thttp_port {plain}\n\thttps_port {safe}\n}}\n{text}")
    return [str(program), "run", "--config", str(main), "--adapter", "caddyfile"]


@contextmanager
def running(command: list[str], port: int, log: Path) -> Iterator[None]:
    """The web server, from the first answer to its end."""
    with open(log, "ab") as output:
        environ = {**os.environ, "HOME": str(log.parent), "XDG_DATA_HOME": str(log.parent), "XDG_CONFIG_HOME": str(log.parent)}
        process = subprocess.Popen(command, env=environ, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
    try:
        deadline = time.monotonic() + 20
        while socket.socket().connect_ex(("127.0.0.1", port)):
            assert process.poll() is None and time.monotonic() < deadline, log.read_text()
            time.sleep(0.1)
        yield
    finally:
        stop(process)


@pytest.fixture(scope="module", params=[nginx, caddy], ids=lambda kind: kind.__name__)
def web(request: pytest.FixtureRequest, make_site: MakeSite, tmp_path_factory: pytest.TempPathFactory, need: Callable[[str], Path]
        ) -> Iterator[WebServer]:  # fmt: skip
    need("bubblewrap"), need("proxy"), need("nginx")  # nginx comes with openssl, which makes the certificate
    kind = request.param
    folder = tmp_path_factory.mktemp(kind.__name__)
    site = make_site("algebra", PEOPLE)
    with site.ledger() as book:
        publish_means(site.folders, book, "algebra", "means", STUDENTS)
        passwords = add_passwords(site.passwords, ["ann", "tina"])
        ca, own, key = certificate(folder)
        trusted = ssl.create_default_context(cafile=str(ca))
        plain = free_port(2)
        url = f"https://{DOMAIN}:{plain + 1}/"
        config = folder / "config.py"
        config.write_text(f"load_subconfig({str(CONFIG)!r})\nc.JupyterHub.subdomain_host = {url.rstrip('/')!r}\n")
        command = kind(need(kind.__name__), folder, plain, plain + 1, site.port, own, key)
        web = WebServer(kind.__name__, HubOfTests(url, 0, site, book, passwords), trusted, plain)
        with running(command, plain, folder / "log"), hub_of_names(site, config, web.at("course--service"), trusted):
            yield web


@pytest.fixture(scope="module")
def chromium(need: Callable[[str], Path]) -> Iterator[Chromium]:
    with sync_playwright() as playwright:
        flags = [*CHROMIUM_FLAGS, f"--host-resolver-rules=MAP {DOMAIN} 127.0.0.1, MAP *.{DOMAIN} 127.0.0.1"]
        browser = playwright.chromium.launch(executable_path=str(need("chromium")), args=flags)
        yield browser
        browser.close()


@pytest.fixture
def window(chromium: Chromium, web: WebServer) -> Iterator[Callable[[str], Window]]:
    """Somebody's browser window, logged in over TLS."""
    opened: list[Window] = []

    def open_one(username: str) -> Window:
        opened.append(Window(chromium, web.hub, username, ignore_https_errors=True))  # Python's client has looked at the certificate
        return opened[-1]

    yield open_one
    for one in opened:
        one.context.close()
        assert one.complaints == []


def test_who_comes_without_tls_is_sent_to_it(web: WebServer) -> None:
    with socket.create_connection(("127.0.0.1", web.plain), 20) as plain:
        plain.sendall(f"GET /hub/login?next=x HTTP/1.0\r\nHost: ann.{DOMAIN}\r\n\r\n".encode())
        head = plain.recv(2**16).decode()
    assert re.match(r"HTTP/1\.\d 30[18] ", head), head
    assert re.search(rf"(?mi)^location: https://ann\.{re.escape(DOMAIN)}(:{web.port})?/hub/login\?next=x\r", head), head
    assert "cookie" not in head.lower()


def test_every_answer_asks_for_tls_ever_after_and_no_cookie_goes_without_it(web: WebServer) -> None:
    browser = Browser(web.trusted)
    for url in (f"{web.hub.url}hub/login", f"{web.course}nosuch", f"{web.hub.url}hub/nosuch", web.at("ann", "user/ann/")):
        answer = browser.get(url, **{"X-Forwarded-Proto": "http"})  # says who would have it otherwise
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains", url
    assert browser.cookies and [cookie.name for cookie in browser.cookies if not cookie.secure] == []


def test_nobody_says_himself_where_he_comes_from(web: WebServer) -> None:
    browser = Browser(web.trusted)
    for address in ("stranger", "health"):  # when it answers the second, it has logged the first
        browser.get(f"{web.hub.url}hub/{address}", **{"X-Forwarded-For": "203.0.113.7", "X-Real-IP": "203.0.113.7"})
    log = (web.hub.site.folders.state / "hub.log").read_text()
    assert "/hub/stranger" in log and "203.0.113.7" not in log


def test_cookies_are_secure_and_each_server_has_its_own(web: WebServer, window: Callable[[str], Window]) -> None:
    one = window("ann")
    assert one.page.evaluate("performance.getEntriesByType('navigation')[0].nextHopProtocol") == "h2"
    cookies = one.context.cookies()
    assert [cookie["name"] for cookie in cookies if not cookie.get("secure")] == []
    assert {cookie["domain"] for cookie in cookies if not cookie["domain"].startswith(".")} == {DOMAIN, f"course--service.{DOMAIN}"}
    logged_in = {cookie["domain"] for cookie in cookies if cookie["name"].startswith(("jupyterhub-hub-login", "service-course"))}
    assert logged_in == {DOMAIN, f"course--service.{DOMAIN}"}
    sent = {cookie["name"] for cookie in one.context.cookies(web.at("tina", "user/tina/"))}
    assert sent <= {"jupyterhub-session-id"}  # which says that he is logged in, and opens nothing


def test_a_notebook_of_15_megabytes_is_handed_in(web: WebServer, window: Callable[[str], Window], tmp_path: Path) -> None:
    work = tmp_path / "hw.ipynb"
    work.write_bytes(notebook("x = 1  # " + "long " * 3_000_000))
    page = window("ann").page
    page.goto(f"{web.course}assignments/hw/")
    page.locator("#notebook").set_input_files(work)
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_role("status")).to_contain_text("handed in", timeout=PATIENCE)
    assert web.hub.book.submissions("algebra", "hw")[-1].members == ("ann",)


@pytest.mark.parametrize(("megabytes", "by"), [(40, "That did not work. The upload has 40 MB"), (170, "The upload is far too large")])
def test_too_much_is_refused_in_a_sentence_by_the_service_and_far_too_much_by_the_web_server(
    web: WebServer, window: Callable[[str], Window], tmp_path: Path, megabytes: int, by: str
) -> None:
    work = tmp_path / "hw.ipynb"
    with work.open("wb") as file:
        file.truncate(megabytes * 10**6)
    one = window("ann")
    one.page.goto(f"{web.course}assignments/hw/")
    one.page.locator("#notebook").set_input_files(work)
    one.page.get_by_role("button", name="Submit").click()
    expect(one.page.get_by_text(by)).to_contain_text("at most 20 MB of files", timeout=PATIENCE)
    assert all("413" in said for said in one.complaints)
    one.complaints.clear()


def test_a_kernel_answers_through_a_websocket_of_the_server_s_own_page(web: WebServer, window: Callable[[str], Window]) -> None:
    ann = window("ann")
    page = ann.page
    page.goto(f"{web.hub.url}hub/user-redirect/lab")
    page.wait_for_url(web.at("ann", "user/ann/lab*"), timeout=PATIENCE)  # the page of the starting server says when
    assert page.evaluate(KERNEL, "print(6 * 7)") == "42\n"
    page.goto("about:blank")
    ann.complaints.clear()  # of JupyterLab, which was still loading


KERNEL = """async code => {
    const token = document.cookie.match(/_xsrf=([^;]+)/)?.[1] ?? (await cookieStore.get("_xsrf")).value;
    const started = await fetch("/user/ann/api/kernels", {method: "POST", headers: {"X-XSRFToken": token}, body: '{"name": "python3"}'});
    const socket = new WebSocket(`wss://${location.host}/user/ann/api/kernels/${(await started.json()).id}/channels`);
    await new Promise((open, fail) => { socket.onopen = open; socket.onerror = () => fail("the websocket is refused"); });
    const header = {msg_id: "one", msg_type: "execute_request", username: "", session: "s", version: "5.3", date: ""};
    const content = {code, silent: false, store_history: false, user_expressions: {}, allow_stdin: false};
    return new Promise(heard => {
        socket.onmessage = ({data}) => { const said = JSON.parse(data); if (said.header.msg_type === "stream") heard(said.content.text); };
        socket.send(JSON.stringify({header, parent_header: {}, metadata: {}, content, channel: "shell", buffers: []}));
    });
}"""


def held_after(folders: Folders, pid: int, done: int) -> int:
    """Hold the batch still as soon as so many are done; how many are then."""
    deadline = time.monotonic() + PATIENCE / 1000
    while (run := batches.seen(folders, "means")) is None or run.done < done:
        assert time.monotonic() < deadline, run
        time.sleep(0.05)
    os.kill(pid, signal.SIGSTOP)
    now = batches.seen(folders, "means")
    assert now is not None and now.runs
    return now.done


def test_the_events_of_a_batch_arrive_one_by_one(web: WebServer, window: Callable[[str], Window]) -> None:
    page, folders = window("tina").page, web.hub.site.folders
    page.goto(f"{web.course}assignments/means/grading")
    page.get_by_label("Workers").fill("1")
    page.get_by_role("button", name="Start the batch").click()
    bar = page.locator("#batch progress")
    expect(bar).to_be_visible()
    run = batches.seen(folders, "means")
    assert run is not None
    try:
        for done in (1, 3):  # while the batch is held, nothing comes that could push out what is kept back
            expect(bar).to_have_js_property("value", held_after(folders, run.pid, done), timeout=10_000)
            os.kill(run.pid, signal.SIGCONT)
        expect(page.locator("#batch")).to_contain_text(f"{len(STUDENTS)} of {len(STUDENTS)} graded", timeout=PATIENCE)
    finally:
        now = batches.seen(folders, "means")
        if now is not None and now.runs:
            os.kill(run.pid, signal.SIGCONT)
            os.kill(run.pid, signal.SIGTERM)
