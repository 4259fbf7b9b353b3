"""The floor: what the cells of a batch cost when nothing but them is run.

A fresh interpreter with one thread imports what the notebook imports and runs the whole reference once, tests included: that is its
warming. Then, for each submission, it forks, and the fork runs the given cells, the solution cells and the test cells of the
notebook in order, with `compile` and `exec` in one namespace; a test passes when its cell does not raise. As many forks run side by
side as there are workers, and as soon as one ends the next begins. There is no confinement, no second process, no kernel, no
notebook format, no captured output (it goes to /dev/null), and all that a fork says is one line with the tests that failed. The
time is that from the first fork to the end of the last one.

A program of its own, which imports nothing of ours, so that its forks carry nothing but the notebook's libraries. It reads lines of JSON
from its standard input: first the cells of the reference, then for each batch the number of workers and the cells of all
submissions, and answers each with a line.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import time
from collections.abc import Sequence
from typing import Any, TextIO

ONE_THREAD = {name: "1" for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")}
Cell = tuple[str, str]  # the id of a test (empty for other cells), and the text


def failures(cells: Sequence[Cell]) -> list[str]:
    """Run cells in one namespace; the tests that raised."""
    names: dict[str, Any] = {"__name__": "__main__"}
    failed = []
    for test, text in cells:
        try:
            exec(compile(text, "<cell>", "exec"), names)
        except Exception:
            if test:
                failed.append(test)
    return failed


def run_batch(workers: int, submissions: Sequence[Sequence[Cell]]) -> list[list[str]]:
    """Fork for each submission, `workers` at a time; the failed tests of each, in order."""
    answers: list[list[str]] = [[] for _ in submissions]
    running: dict[int, tuple[int, int]] = {}  # process -> place in the batch, pipe
    waiting = list(range(len(submissions)))[::-1]
    while waiting or running:
        while waiting and len(running) < workers:
            place = waiting.pop()
            read, written = os.pipe()
            child = os.fork()
            if child == 0:
                code = 1
                try:
                    os.dup2(1, 2)
                    os.write(written, json.dumps(failures(submissions[place])).encode())
                    code = 0
                finally:
                    os._exit(code)
            os.close(written)
            running[child] = (place, read)
        child, status = os.wait()
        place, read = running.pop(child)
        if status:
            raise RuntimeError(
                f"submission {place} of the floor ended with {os.waitstatus_to_exitcode(status)}; its cells must end by themselves"
            )
        answers[place] = json.loads(os.read(read, 1 << 16))
        os.close(read)
    return answers


def main(asked: TextIO, answer: TextIO) -> None:
    """Serve until the input ends."""
    told = os.fdopen(os.dup(answer.fileno()), "w")
    os.dup2(os.open(os.devnull, os.O_RDWR), 1)  # what cells print
    reference = json.loads(asked.readline())
    if failed := failures(reference):
        raise RuntimeError(f"the reference fails {', '.join(failed)}")
    gc.collect()
    gc.freeze()
    print("null", file=told, flush=True)
    for question in asked:
        workers, submissions = json.loads(question)
        before, start = os.times(), time.perf_counter()
        failed_tests = run_batch(workers, submissions)
        wall, after = time.perf_counter() - start, os.times()
        cpu = (after.children_user - before.children_user) + (after.children_system - before.children_system)
        print(json.dumps([wall, cpu, failed_tests]), file=told, flush=True)


if __name__ == "__main__":
    main(sys.stdin, sys.stdout)
