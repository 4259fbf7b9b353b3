from __future__ import annotations

import json
import multiprocessing
import os
import signal
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from autograder.ledger import Ledger, blobs
from autograder.ledger.store import _prepare_sqlite
from autograder.model import MachineryError, RuleError, SubmissionError, TeamRule
from tests.ledger.conftest import DAY, KEY, START, Clock, pair, publish, work


def test_either_partner_submits_and_numbers_go_on(course: Ledger) -> None:
    pair(course)
    receipts = [course.submit("calc", "hw", by, work(by)) for by in ("ann", "ben", "ann")]
    assert [(r["team"], r["number"], r["by"]) for r in receipts] == [
        ("team-00001", 1, "ann"), ("team-00001", 2, "ben"), ("team-00001", 3, "ann")]
    assert all(r["members"] == ["ann", "ben"] for r in receipts)


def test_identical_work_again_is_the_same_submission_with_the_same_receipt(course: Ledger, clock: Clock) -> None:
    pair(course)
    first = course.submit("calc", "hw", "ann", work("1"))
    clock.now += DAY
    assert course.submit("calc", "hw", "ben", work("1")) == first
    assert len(course.submissions("calc", "hw")) == 1


def test_going_back_to_earlier_work_is_a_new_submission(course: Ledger) -> None:
    pair(course)
    receipts = [course.submit("calc", "hw", "ann", work(source)) for source in ("1", "2", "1")]
    assert [r["number"] for r in receipts] == [1, 2, 3]
    assert receipts[0]["sha256"] == receipts[2]["sha256"]
    assert course.effective("calc", "hw")[0].number == 3


def test_a_submission_is_loaded_as_it_was_handed_in(course: Ledger) -> None:
    pair(course)
    files = {**work("1"), "figures/loss.png": bytes(range(256))}
    receipt = course.submit("calc", "hw", "ann", files)
    loaded = course.load(course.submissions("calc", "hw", "team-00001")[0])
    assert loaded.files == files
    assert (loaded.team, loaded.members, loaded.sha256, loaded.number, loaded.submitted_at) == (
        "team-00001", ("ann", "ben"), receipt["sha256"], 1, START)


def test_a_submission_freezes_the_pair(course: Ledger) -> None:
    pair(course)
    assert not course.teams("calc", "hw")[0].frozen
    course.submit("calc", "hw", "ann", work("1"))
    assert course.pairing("calc", "hw", "ben").frozen
    with pytest.raises(RuleError, match="already submitted") as refused:
        course.leave("calc", "hw", "ben")
    assert refused.value.code == "frozen"


def test_what_cannot_be_taken_freezes_nothing_and_stores_nothing(course: Ledger, tmp_path: Path) -> None:
    pair(course)
    before = sorted((tmp_path / "state/blobs").rglob("*"))
    with pytest.raises(SubmissionError, match=r"torch\.py: This file is not part of the assignment"):
        course.submit("calc", "hw", "ann", {**work("1"), "torch.py": b""})
    assert course.submissions("calc", "hw") == ()
    assert not course.pairing("calc", "hw", "ann").frozen
    assert sorted((tmp_path / "state/blobs").rglob("*")) == before


def test_who_has_no_team_is_told_so_and_nothing_is_stored(course: Ledger, tmp_path: Path) -> None:
    before = sorted((tmp_path / "state/blobs").rglob("*"))
    with pytest.raises(RuleError, match="you have no team yet") as refused:
        course.submit("calc", "hw", "ann", work("1"))
    assert refused.value.code == "no-team"
    assert sorted((tmp_path / "state/blobs").rglob("*")) == before


def test_individual_work_makes_a_team_of_one(course: Ledger) -> None:
    publish(course, "exam", team=TeamRule(size=1))
    files = {"exam.ipynb": work()["hw.ipynb"]}
    mine, other = (course.submit("calc", "exam", by, files) for by in ("ann", "ben"))
    assert (mine["members"], other["members"]) == (["ann"], ["ben"])
    assert mine["team"] != other["team"]
    assert mine["sha256"] == other["sha256"]


def test_alone_by_permit(course: Ledger) -> None:
    course.permit("calc", "hw", "ann", "alone", actor="tina")
    assert course.pairing("calc", "hw", "ann").may_submit
    assert course.submit("calc", "hw", "ann", work("1"))["members"] == ["ann"]


def test_a_receipt_proves_exactly_what_it_says(course: Ledger) -> None:
    pair(course)
    receipt = course.submit("calc", "hw", "ann", work("1"))
    assert receipt["submitted_at"] == "2026-03-02T09:00:00.000000+00:00"
    assert course.verify_receipt(json.loads(json.dumps(receipt)))
    for field in receipt:
        changed = {**receipt, field: 7 if field == "number" else "x"}
        assert not course.verify_receipt(changed), field
        assert not course.verify_receipt({k: v for k, v in receipt.items() if k != field}), field
    assert not course.verify_receipt({**receipt, "more": 1})
    assert not course.verify_receipt({})
    assert not course.verify_receipt({**receipt, "signature": "\ud800"})


def test_a_receipt_can_be_asked_for_again(course: Ledger) -> None:
    pair(course)
    receipt = course.submit("calc", "hw", "ann", work("1"))
    assert course.receipt(course.submissions("calc", "hw")[0]) == receipt


def test_the_receipt_of_another_ledger_is_not_ours(course: Ledger, tmp_path: Path, clock: Clock) -> None:
    pair(course)
    receipt = course.submit("calc", "hw", "ann", work("1"))
    with Ledger(f"sqlite:///{tmp_path}/other.db", clock=clock, blobs=tmp_path / "b", key=b"other") as other:
        assert not other.verify_receipt(receipt)



def test_reopening_finds_everything(open_book: Callable[[], Ledger], course: Ledger) -> None:
    pair(course)
    receipt = course.submit("calc", "hw", "ann", work("1"))
    course.close()
    again = open_book()
    assert again.receipt(again.submissions("calc", "hw")[0]) == receipt
    assert again.submit("calc", "hw", "ben", work("2"))["number"] == 2
    again.check_chain("calc")


def test_damaged_bytes_are_noticed_and_healed_by_submitting_again(course: Ledger, tmp_path: Path) -> None:
    pair(course)
    receipt = course.submit("calc", "hw", "ann", work("1"))
    row = course.submissions("calc", "hw")[0]
    stored = tmp_path / "state/blobs" / receipt["sha256"][:2] / receipt["sha256"]
    stored.write_bytes(b"damaged")
    with pytest.raises(MachineryError, match="is damaged"):
        course.load(row)
    stored.unlink()
    with pytest.raises(MachineryError, match="cannot be read"):
        course.load(row)
    course.submit("calc", "hw", "ann", work("1"))
    assert course.load(row).files == work("1")


def test_simultaneous_submissions_of_both_partners_are_numbered_without_gaps(course: Ledger) -> None:
    pair(course)
    with ThreadPoolExecutor(8) as threads:
        receipts = list(threads.map(
            lambda n: course.submit("calc", "hw", ("ann", "ben")[n % 2], work(f"{n}")), range(24)))
    assert sorted(r["number"] for r in receipts) == list(range(1, 25))
    assert len({r["sha256"] for r in receipts}) == 24
    course.check_chain("calc")


def test_simultaneous_first_submissions_make_one_team_each(course: Ledger) -> None:
    publish(course, "exam", team=TeamRule(size=1))
    with ThreadPoolExecutor(8) as threads:
        receipts = list(threads.map(
            lambda n: course.submit("calc", "exam", ("ann", "ben")[n % 2], {"exam.ipynb": work(f"{n}")["hw.ipynb"]}),
            range(12)))
    assert sorted(r["number"] for r in receipts) == sorted([*range(1, 7)] * 2)
    assert len(course.teams("calc", "exam")) == 2


def test_two_who_accept_at_once_do_not_both_get_the_same_partner(course: Ledger) -> None:
    course.invite("calc", "hw", "ann", "ben")
    course.invite("calc", "hw", "ann", "cat")

    def accept(by: str) -> str:
        try:
            course.accept("calc", "hw", by, "ann")
        except RuleError as refused:
            return refused.code
        return "ok"

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(accept, ("ben", "cat"))) == ["no-invitation", "ok"]
    assert len(course.teams("calc", "hw")) == 1


def _clock() -> Any:
    return START


def _submit_many(url: str, folder: str, by: str, numbers: range, gate: Any) -> None:
    with Ledger(url, clock=_clock, blobs=Path(folder), key=KEY) as book:
        gate.wait()
        for number in numbers:
            book.submit("calc", "hw", by, work(f"{by}{number}"))


def test_processes_share_one_ledger(course: Ledger, ledger_url: str, tmp_path: Path) -> None:
    pair(course)
    context = multiprocessing.get_context("spawn")
    gate = context.Barrier(3)
    folder = str(tmp_path / "state/blobs")
    workers = [context.Process(target=_submit_many, args=(ledger_url, folder, by, range(8), gate))
               for by in ("ann", "ben")]
    for worker in workers:
        worker.start()
    gate.wait(60)
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0, 0]
    assert [row.number for row in course.submissions("calc", "hw")] == list(range(1, 17))
    course.check_chain("calc")


def _open_new(url: str, folder: str, gate: Any) -> None:
    gate.wait()
    Ledger(url, clock=_clock, blobs=Path(folder), key=KEY).close()


def test_processes_may_make_a_new_ledger_at_once(ledger_url: str, tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    gate = context.Barrier(4)
    makers = [context.Process(target=_open_new, args=(ledger_url, str(tmp_path / "b"), gate)) for _ in range(3)]
    for maker in makers:
        maker.start()
    gate.wait(60)
    for maker in makers:
        maker.join(60)
    assert [maker.exitcode for maker in makers] == [0, 0, 0]


def _submit_until_killed(url: str, folder: str, told: Any) -> None:
    with Ledger(url, clock=_clock, blobs=Path(folder), key=KEY) as book:
        number = 0
        while True:
            number += 1
            told.send(book.submit("calc", "hw", "ann", work(f"{number}")))


@pytest.mark.parametrize("after", [1, 4, 9])
def test_killed_at_any_moment_every_receipt_given_is_in_the_book(
        course: Ledger, ledger_url: str, tmp_path: Path, after: int) -> None:
    pair(course)
    context = multiprocessing.get_context("spawn")
    told, tell = context.Pipe(duplex=False)
    worker = context.Process(target=_submit_until_killed, args=(ledger_url, str(tmp_path / "state/blobs"), tell))
    worker.start()
    tell.close()
    receipts = [told.recv() for _ in range(after)]
    os.kill(worker.pid or 0, signal.SIGKILL)
    worker.join()
    receipts += _rest(told)
    rows = course.submissions("calc", "hw")
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    assert len(rows) - len(receipts) in (0, 1)              # one may have been written but not yet told
    for receipt, row in zip(receipts, rows, strict=False):
        assert course.receipt(row) == receipt
        assert course.load(row).files == work(f"{receipt['number']}")
    course.check_chain("calc")
    assert course.submit("calc", "hw", "ben", work("after"))["number"] == len(rows) + 1


def _rest(told: Any) -> Iterator[Any]:
    try:
        while told.poll():
            yield told.recv()
    except EOFError:
        return


def test_a_write_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(MachineryError, match=r"No space left on device\. Nothing of them was kept"):
        blobs.put(tmp_path / "blobs", b"content")
    assert [path for path in (tmp_path / "blobs").rglob("*") if path.is_file()] == []


def test_a_broken_database_is_our_fault_and_says_so(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "ledger.db").write_bytes(b"this is no database" * 100)
    with pytest.raises(MachineryError, match=r"database failed: file is not a database\. Nothing was changed"):
        Ledger(f"sqlite:///{tmp_path}/ledger.db", clock=clock, blobs=tmp_path / "b", key=KEY)
    with pytest.raises(MachineryError, match=r"cannot be opened: .*Check the folder and who owns it"):
        Ledger(f"sqlite:///{tmp_path}", clock=clock, blobs=tmp_path / "b", key=KEY)


def test_times_are_those_of_the_clock(course: Ledger, clock: Clock) -> None:
    pair(course)
    clock.now += timedelta(microseconds=17)
    course.submit("calc", "hw", "ann", work("1"))
    assert course.submissions("calc", "hw")[0].submitted_at == START + timedelta(microseconds=17)


class _Contended(sqlite3.Connection):
    """A connection whose switch of the journal meets another one that switches: SQLite then says so at once, without waiting."""

    refusals = 2

    def execute(self, sql: str, *args: Any) -> sqlite3.Cursor:
        if "journal_mode" in sql and self.refusals:
            self.refusals -= 1
            raise sqlite3.OperationalError("database is locked")
        return super().execute(sql, *args)


def test_opening_outlasts_another_that_switches_the_journal(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "ledger.db", factory=_Contended)
    _prepare_sqlite(connection, None)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert connection.refusals == 0
    connection.close()
