"""Running a submission: student cells in one confined process, test cells in another, a supervisor outside both.

    engine      the supervisor: owns deadlines, processes and verdicts
    pool        several engines side by side
    processes   the warm interpreter and its children, seen from the supervisor
    zygote      what the warm interpreter does: it forks confined children
    chance      the global random generators of a process
    student     S: runs the student's cells and answers for what they defined; everything it says may be a lie
    together    a whole notebook in one confined process, as Jupyter runs it: for what cannot run apart
    kernel      what that process does
    programs    a program in its folder, in one confined process: for projects
    program     what that process does
    tester      T: runs the test cells; a name resolves to builtins, then its own bindings, then S's
    handles     what T holds of things that stay in S
    wire        frames and values between the two: data only, never code
    rebuild     the notebook that is run: the instructor's, with the student's answers put in
    plan        which cell runs where, and who owns which name
    calibration what the tests of a stock notebook need to run apart: by reading them, and by trying the author's solutions
    credit      nbgrader's rule for what a test cell is worth
    changes     arguments that are changed in place, told across
    folder      files that both sides write, told across
    mirror      patches and seeds of libraries, told across

S and T are told apart because a test in the student's own process can be read and bent by the student's code (every notebook grader
that shares the process was bypassed in a few lines). The supervisor is third because either of the two may die or hang, and
neither may then decide what that means.
"""

from autograder.execution.engine import UNDECIDED, CellEnd, Engine, Outcome, ProblemRun
from autograder.execution.pool import side_by_side
from autograder.execution.processes import code_version
from autograder.execution.rebuild import Rebuilt, rebuild

__all__ = ["UNDECIDED", "CellEnd", "Engine", "Outcome", "ProblemRun", "Rebuilt", "code_version", "rebuild", "side_by_side"]
