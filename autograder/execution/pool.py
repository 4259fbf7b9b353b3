"""Several engines side by side, forked from one warm interpreter: a thread each, which only waits for its own processes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack
from queue import SimpleQueue
from typing import TypeVar

from autograder.execution.engine import Engine
from autograder.execution.processes import Warm

Item = TypeVar("Item")
Result = TypeVar("Result")


def side_by_side(
    work: Callable[[Engine, Item], Result],
    items: Sequence[Item],
    *,
    workers: int,
    started: Callable[[], None] = lambda: None,
    slot: int = 0,
    unsafe: bool = False,
    warm: Warm | None = None,
) -> Iterator[Result]:
    """`work(engine, item)` for each item, each result as it is ready, in no order. What `work` raises is raised here.

    Whoever stops listening, by an error or Ctrl-C, ends the engines at once and with them what still runs.

    started  called once the engines are warm, for a progress display
    slot     as root, the number of the unprivileged user that foreign code runs as
    unsafe   run as well where a layer of the confinement that student code needs is missing
    warm     the interpreter to fork from, for who has more work afterwards; one of its own when there is none
    """
    if not items:
        return
    count = min(max(workers, 1), len(items))
    free: SimpleQueue[Engine] = SimpleQueue()

    def one(item: Item) -> Result:
        engine = free.get()
        try:
            return work(engine, item)
        finally:
            free.put(engine)

    with ExitStack() as stack:
        if warm is None:
            warm = stack.enter_context(Warm(slot=slot, unsafe=unsafe))
        warm.start()
        for _ in range(count):
            free.put(stack.enter_context(Engine(warm=warm)))
        pool = ThreadPoolExecutor(count)
        stack.callback(pool.shutdown)  # before the engines are closed: nobody uses them then
        started()
        try:
            for done in as_completed([pool.submit(one, item) for item in items]):
                yield done.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            warm.close()  # what runs is killed, and its threads see that
            raise
