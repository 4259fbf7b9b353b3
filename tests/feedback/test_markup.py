"""Markdown and code to safe HTML, with formulas left as they were typed."""
from __future__ import annotations

import html
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.feedback.markup import LONGEST, render_code, render_line, render_markdown

TAGS = {"p", "em", "strong", "del", "code", "pre", "ul", "ol", "li", "blockquote", "a", "br", "hr", "span", "table",
        "thead", "tbody", "tr", "th", "td"}


@pytest.mark.parametrize(("source", "formula"), [
    ("so $a_1 * b_2 * c_3$ is", "$a_1 * b_2 * c_3$"),
    ("$x$", "$x$"),
    ("$a < b$", "$a < b$"),
    ("a $\\{x\\}$ b", "$\\{x\\}$"),
    ("a $\\$5$ b", "$\\$5$"),
    ("$a\nb$", "$a\nb$"),
    ("inline $$x^2$$ display", "$$x^2$$"),
    ("$$a\n= b\n- c\n\\\\ d_1 *e*$$", "$$a\n= b\n- c\n\\\\ d_1 *e*$$"),
    ("text\n\n$$\nx\n\ny\n$$\n\nmore", "$$\nx\n\ny\n$$"),
    ("\\begin{align}\na &= b \\\\\nc &= d\n\\end{align}", "\\begin{align}\na &= b \\\\\nc &= d\n\\end{align}"),
    ("- item $x_1$\n- other", "$x_1$"),
    ("| a |\n|---|\n| $x_1$ |", "$x_1$"),
    ("**bold $x$**", "$x$"),
])
def test_a_formula_stays_as_it_was_typed(source: str, formula: str) -> None:
    drawn = r'<(?:span|p) class="math[^"]*" dir="ltr">(.*?)</(?:span|p)>'
    found = re.findall(drawn, render_markdown(source), re.DOTALL)
    assert [html.unescape(each) for each in found] == [formula]


@pytest.mark.parametrize("source", [
    "it costs $5 and $6", "`$x$`", "```\n$x$\n```", "5$ and 6 $ x", "\\$x\\$", "$$", "$ $", "$x"])
def test_what_is_no_formula_is_not_drawn(source: str) -> None:
    assert "math" not in render_markdown(source)


@pytest.mark.parametrize(("source", "display"), [("$x$", False), ("a $$x$$", True), ("$$x$$", True),
                                                 ("a \\begin{align}x\\end{align}", True)])
def test_display_formulas_are_told_from_inline_ones(source: str, display: bool) -> None:
    assert ("math display" in render_markdown(source)) == display


def test_headings_of_an_answer_do_not_upset_the_page_and_images_are_named() -> None:
    assert render_markdown("# Big").strip() == "<p><strong>Big</strong></p>"
    assert render_markdown("![a plot](x.png)").strip() == "<p><em>[a plot]</em></p>"


def test_a_line_has_no_paragraph_around_it() -> None:
    assert render_line("rank $k$ & *more*") == (
        'rank <span class="math" dir="ltr">$k$</span> &amp; <em>more</em>')
    assert render_line("two\n\nparts") == "two\n\nparts"
    assert render_line("") == ""


@given(st.text(alphabet="ab<>&\"'$\\`*_[](){}#-|\n !:=/", max_size=60) | st.sampled_from([
    "<img src=x onerror=alert(1)>", "[a](javascript:alert(1))", "[a](data:text/html,x)", "<script>alert(1)</script>",
    "$<script>alert(1)</script>$", "```<b>\n<i>\n```", "<!-- x -->", "[x]: javascript:alert(1)\n[x]", "&lt;b&gt;"]))
def test_no_text_becomes_other_html_than_markdown_s_own(source: str) -> None:
    out = str(render_markdown(source))
    for tag, attributes in re.findall(r"<\s*/?\s*([A-Za-z!][\w-]*)([^>]*)>", out):
        assert tag in TAGS, out
        assert not re.search(r"\bon\w+\s*=|style\s*=", re.sub(r'"[^"]*"', '""', attributes)), out
    for link in re.findall(r'href="([^"]*)"', out):
        assert not re.match(r"\s*(javascript|data|vbscript)", html.unescape(link), re.IGNORECASE)


@given(st.text(max_size=200))
def test_code_keeps_every_character_and_is_escaped(source: str) -> None:
    shown = html.unescape(re.sub(r"</?span[^>]*>", "", str(render_code(source))))
    normal = source.replace("\r\n", "\n").replace("\r", "\n")
    assert shown == normal.rstrip("\n") or shown == normal.removeprefix("\ufeff").rstrip("\n")


def test_a_long_cell_is_cut() -> None:
    assert len(render_code("x" * 10 * LONGEST)) < 2 * LONGEST
    assert len(render_markdown("x" * 10 * LONGEST)) < 2 * LONGEST


@pytest.mark.parametrize("unit", ["$", "$a ", "$$a ", "\\begin{align}", "[", "*a ", "`", "> ", "<", "- a\n ", "|a",
                                  "![", "(", "_a*", "\\(", "~~a ", "&#", "[a](", "\t"])
def test_no_text_is_slow_to_render(unit: str) -> None:
    start = time.process_time()
    render_markdown(unit * (LONGEST // len(unit)))
    assert time.process_time() - start < 5, f"{unit!r} repeated"
