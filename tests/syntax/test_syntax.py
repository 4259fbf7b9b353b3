"""Text read as a tree by several threads at once."""

from __future__ import annotations

import ast
import gc
import warnings
from collections.abc import Callable, Iterator
from threading import Thread

import pytest

from autograder.syntax import parse, parse_strictly

LONG = "\n".join(f"def f{i}(x, y=[1, 2]):\n    return [x + {i} * (y[0] - 3) for _ in range({i})]" for i in range(30))


@pytest.fixture
def collected() -> Iterator[Callable[[Callable[[], None]], None]]:
    """Has something done once, when the garbage collector next runs. It runs after few new objects, so in the middle of making a tree."""
    waiting: list[Callable[[], None]] = []

    def now(phase: str, _: dict[str, int]) -> None:
        while phase == "start" and waiting:
            waiting.pop()()

    before = gc.get_threshold()
    gc.callbacks.append(now)
    gc.set_threshold(200)
    yield waiting.append
    gc.set_threshold(*before)
    gc.callbacks.remove(now)


def test_a_tree_begun_while_another_thread_makes_one_spoils_neither(collected: Callable[[Callable[[], None]], None]) -> None:
    others: list[Thread] = []
    trees: list[ast.Module] = []

    def another() -> None:
        others.append(Thread(target=lambda: trees.append(parse(LONG))))
        others[0].start()
        others[0].join(0.3)  # longer than a tree takes

    collected(another)
    tree = parse(LONG)
    others[0].join()
    assert ast.dump(tree) == ast.dump(trees[0])


def test_what_is_not_python_is_a_syntax_error_with_its_file() -> None:
    with pytest.raises(SyntaxError, match="cell-3"):
        parse("def (", "cell-3")


def test_what_is_a_warning_for_others_is_an_error_in_our_text(collected: Callable[[Callable[[], None]], None]) -> None:
    before, others, waiting = list(warnings.filters), list[Thread](), list[bool]()

    def another() -> None:
        others.append(Thread(target=parse_strictly, args=(LONG, "other")))
        others[0].start()
        others[0].join(0.3)
        waiting.append(others[0].is_alive())

    collected(another)
    with pytest.raises(SyntaxError, match="Did you mean"):
        parse_strictly(LONG + "\nx is 1", "ours")
    others[0].join()
    assert waiting == [True]  # one at a time: else the first that ends sets for both what warnings are
    assert warnings.filters == before
