"""Author's and student's text to safe HTML: Markdown with formulas, and Python code.

Raw HTML is shown as text and never interpreted. Formulas are taken out before Markdown could read their underscores and
backslashes, and put back as escaped text in `<span class="math">`, which static/math.js draws with KaTeX; without
JavaScript they read as they were typed.
"""
from __future__ import annotations

import re
from functools import lru_cache
from re import Match

import mistune
from markupsafe import Markup, escape
from mistune.core import InlineState
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers.python import PythonLexer

LONGEST = 20_000                        # characters of one cell; hostile text must not cost minutes or megabytes

# A formula ends at the next dollar sign, so that no text makes the search slow; $5 and $6 are prices.
DISPLAY = r"\$\$(?P<{0}>(?:\\[\s\S]|[^$\\])+?)\$\$"
INLINE = r"\$(?![\s$])(?P<inline_tex>(?:\\[\s\S]|[^$\\])+?)(?<!\s)\$(?!\d)"
ENVIRONMENT = r"\\begin\{{(?P<{0}>(?:equation|align|gather|alignat)\*?)\}}[\s\S]+?\\end\{{(?P={0})\}}"
BLOCK_RULE = r"^ {0,3}(?:" + DISPLAY.format("block_tex") + "|" + ENVIRONMENT.format("block_env") + r")[ \t]*(?:\n|$)"
INLINE_RULE = DISPLAY.format("display_tex") + "|" + INLINE + "|" + ENVIRONMENT.format("inline_env")


class _Renderer(mistune.HTMLRenderer):
    """HTML without what a feedback page must not do: load images from elsewhere, run scripts, upset the headings."""

    def __init__(self) -> None:
        super().__init__(escape=True, allow_harmful_protocols=False)

    def heading(self, text: str, level: int, **attrs: object) -> str:
        return f"<p><strong>{text}</strong></p>\n"

    def image(self, text: str, url: str, title: str | None = None) -> str:
        return f"<em>[{text}]</em>"

    def block_code(self, code: str, info: str | None = None) -> str:
        return f'<pre dir="ltr" tabindex="0"><code>{escape(code)}</code></pre>\n'

    def codespan(self, text: str) -> str:
        return f'<code dir="ltr">{escape(text)}</code>'

    def block_formula(self, text: str) -> str:
        return f'<p class="math display" dir="ltr">{escape(text.strip())}</p>\n'

    def inline_formula(self, text: str) -> str:
        kind = "math" if not text.startswith(("$$", "\\begin")) else "math display"
        return f'<span class="{kind}" dir="ltr">{escape(text)}</span>'


def _formulas(md: mistune.Markdown) -> None:
    """A mistune plugin: `$…$`, `$$…$$` and the environments that stand alone."""
    def block(parser: mistune.BlockParser, match: Match[str], state: mistune.BlockState) -> int:
        state.append_token({"type": "block_formula", "raw": match[0]})
        return match.end()

    def inline(parser: mistune.InlineParser, match: Match[str], state: InlineState) -> int:
        state.append_token({"type": "inline_formula", "raw": match[0]})
        return match.end()

    md.block.register("block_formula", BLOCK_RULE, block, before="list")
    md.inline.register("inline_formula", INLINE_RULE, inline, before="escape")


_markdown = mistune.create_markdown(renderer=_Renderer(), plugins=["table", "strikethrough", _formulas])
_formatter = HtmlFormatter(nowrap=True)
_lexer = PythonLexer(stripnl=False)


@lru_cache(maxsize=1024)                # the statements are the same on every page of a batch
def render_markdown(text: str) -> Markup:
    """Markdown as HTML; at most LONGEST characters of it."""
    return Markup(_markdown(text[:LONGEST]))


@lru_cache(maxsize=1024)
def render_line(text: str) -> Markup:
    """One line of Markdown, such as a title, without the paragraph around it."""
    html = str(_markdown(text[:LONGEST])).strip()
    inner = re.fullmatch(r"<p>((?:(?!<p>)[\s\S])*)</p>", html)
    return Markup(inner[1]) if inner else escape(text)


def render_code(text: str) -> Markup:
    """Python with its words marked by classes, for `<pre>`; at most LONGEST characters of it."""
    return Markup(highlight(text[:LONGEST], _lexer, _formatter).rstrip("\n"))
