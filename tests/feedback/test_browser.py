"""The page in a real browser: formulas are drawn from what the page brings, under the strict policy, on any screen."""
from __future__ import annotations

import functools
import http.server
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from autograder.feedback import CSP, write_pages

pytestmark = pytest.mark.browser

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]
HARD = (r"$\boxed{x}$, $\fbox{y}$, $\pmb{z}$, $\left(\begin{pmatrix}1\\2\\3\\4\\5\\6\\7\end{pmatrix}\right)$, "
        r"$\cancel{a}$, $\rule{900em}{900em}$, "
        r"$\sqrt{\frac{\frac{a}{b}}{\frac{c}{\frac{d}{e}}}}$, $\overbrace{a+b}^{n}$, $\color{red}{r}$")
BROKEN = r"$\frac{a$ and $\def\a{\a\a}\a$"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def folder(render: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page in English and in Hebrew, with formulas that are hard to draw."""
    folder = tmp_path_factory.mktemp("pages")
    marks = {"proof": (4, f"{HARD}\n\n{BROKEN}")}
    write_pages(folder, {"en": render(marks=marks), "he": render(marks=marks, language="he")})
    return folder


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    """A server that sends the pages with our policy, as the hub does."""
    class Handler(http.server.SimpleHTTPRequestHandler):
        def end_headers(self) -> None:
            self.send_header("Content-Security-Policy", CSP)
            super().end_headers()

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=folder)) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def opened(browser: Any, url: str, **options: Any) -> tuple[Any, list[str]]:
    """The page when everything is loaded, and what the console complained about. Only this machine can be reached."""
    page = browser.new_context(**options).new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", lambda request: complaints.append(f"failed: {request.url}"))
    page.route("**/*", lambda route: route.continue_() if "//127.0.0.1:" in route.request.url
               or route.request.url.startswith(("file:", "data:")) else route.abort())
    page.goto(url)                                      # waits for the scripts
    page.evaluate("document.fonts.ready.then(() => null)")
    return page, complaints


def test_formulas_are_drawn_without_network_under_the_strict_policy(browser: Any, address: str) -> None:
    page, complaints = opened(browser, address + "en.html")
    assert complaints == []
    assert page.locator(".math .katex").count() >= 12
    fonts = page.evaluate("[...document.fonts].filter(font => font.status == 'loaded').map(font => font.family)")
    assert "KaTeX_Main" in fonts and "KaTeX_Math" in fonts


def test_a_formula_that_cannot_be_read_stays_as_it_was_typed(browser: Any, address: str) -> None:
    page, _ = opened(browser, address + "en.html")
    assert page.locator(".math.unreadable").all_text_contents() == BROKEN.split(" and ")


def test_formulas_are_drawn_when_the_page_is_opened_as_a_file(browser: Any, folder: Path) -> None:
    page, complaints = opened(browser, (folder / "en.html").as_uri())
    assert page.locator(".math .katex").count() >= 12 and complaints == []


@pytest.mark.parametrize("name", ["en.html", "he.html"])
@pytest.mark.parametrize("width", [360, 800, 1280])
def test_no_screen_needs_sideways_scrolling(browser: Any, address: str, name: str, width: int) -> None:
    page, _ = opened(browser, address + name, viewport={"width": width, "height": 800})
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_the_page_is_dark_for_readers_who_prefer_it(browser: Any, address: str) -> None:
    def brightness(scheme: str) -> float:
        page, _ = opened(browser, address + "en.html", color_scheme=scheme)
        colour = page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)")
        return float(sum(colour[:3])) / 3

    assert brightness("light") > 200 and brightness("dark") < 60


def test_in_hebrew_the_results_stand_right_and_code_runs_from_the_left(browser: Any, address: str) -> None:
    page, _ = opened(browser, address + "he.html", viewport={"width": 1280, "height": 800})
    left = "element => element.getBoundingClientRect().left"
    assert page.locator(".results").first.evaluate(left) > page.locator(".answers").first.evaluate(left)
    assert page.locator("pre.code").first.evaluate("element => getComputedStyle(element).direction") == "ltr"


def test_without_javascript_formulas_read_as_they_were_typed(browser: Any, address: str) -> None:
    page, _ = opened(browser, address + "en.html", java_script_enabled=False)
    assert r"$\boxed{x}$" in page.locator(".comment").inner_text()


def test_the_keyboard_reaches_the_problems_first(browser: Any, address: str) -> None:
    page, _ = opened(browser, address + "en.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "problems"
