"""How the rules act: from one student's marks to the course grade, in the order of `course_grade`, every step in words."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from autograder.model import CourseError
from autograder.policy.numbers import ZERO, half_up, near, show
from autograder.policy.rules import Combine, Component, Gate, Kind, Otherwise, Policy, all_equal, live, shares, weights_after


# ── the marks, and what comes out ─────────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True)
class Marks:
    """What one student has. An item without a mark was not handed in, or that exam was not taken."""

    items: Mapping[str, Fraction | None]                 # by Item.key; percent, late penalty taken off
    passed: Mapping[str, bool | None] = field(default_factory=dict)     # of gate components; None: a person decides
    kind: str = ""                                       # chooses the pass mark; "" is the usual kind
    excused: frozenset[str] = frozenset()                # item keys or component ids
    to_come: frozenset[str] = frozenset()                # likewise: postponed, not due yet, not marked yet


@dataclass(frozen=True)
class Step:
    """One line of the derivation: what it is about, what happened, and the number that came out if there is one."""

    about: str
    text: str
    value: Fraction | None = None


@dataclass(frozen=True)
class CourseGrade:
    """The course grade with its derivation.

    `status` is "pass", "fail", "absent" (an exam was not taken), "incomplete" (marks are to come) or
    "<component>-not-passed"; the last three have no grade. `rule` is "weighted", or the id of the gate that decided.
    """

    raw: Fraction | None                 # before the last rounding, 0 to 100
    final: int | None                    # 0 to 100, or the number of cuts reached
    status: str
    rule: str
    steps: tuple[Step, ...]
    recorded: Mapping[str, Fraction | None]      # by component id; None: nothing handed in, or not a mark
    so_far: Fraction | None = None       # while incomplete: the weighted mean of the components that are there


def course_grade(policy: Policy, marks: Marks) -> CourseGrade:
    """The grade that the policy gives for these marks. CourseError for marks that do not belong to the policy."""
    _check_marks(policy, marks)
    pass_mark = policy.pass_mark_of(marks.kind)
    steps: list[Step] = []
    recorded = _recorded(policy, marks, steps)
    weights = _weights(policy, marks, recorded, steps)
    ungraded = _why_no_grade(policy, marks, recorded, weights, steps)
    if ungraded is not None:
        return ungraded
    gate = next((gate for gate in policy.gates if _lowest(gate, recorded) < gate.need(pass_mark)), None)
    if gate is not None and gate.otherwise is Otherwise.LOWEST:
        raw = _lowest(gate, recorded)
    else:
        raw = min(_weighted_sum(policy, weights, recorded, steps) + _bonus(policy, recorded, pass_mark, steps),
                  Fraction(100))
    if gate is not None and gate.otherwise is Otherwise.CAP:
        raw = min(raw, _lowest(gate, recorded))
    if gate is not None:
        steps.append(_gate_step(policy, gate, recorded, pass_mark, raw))
    final = sum(raw >= cut for cut in policy.cuts) if policy.cuts else half_up(raw)
    if gate is not None and gate.otherwise is Otherwise.FAIL:
        final = 0
    status = "pass" if final >= (1 if policy.cuts else pass_mark) else "fail"
    steps += _final_steps(policy, gate, raw, final, pass_mark, status)
    return CourseGrade(raw, final, status, "weighted" if gate is None else gate.id, tuple(steps), recorded)


def explain(grade: CourseGrade) -> str:
    """The derivation for a person to read, a line per step."""
    return "\n".join(f"{step.about}: {step.text}" for step in grade.steps)


def what_if(policy: Policy, marks: Marks, imagined: Mapping[str, Fraction]) -> CourseGrade:
    """The grade with these marks in place of what is there or still to come: item key -> percent.

    CourseError for an item that the policy does not have, or that has to be passed and has no mark.
    """
    known = {item.key: component for component in policy.components for item in component.items}
    for name, value in imagined.items():
        if name not in known or known[name].kind is Kind.GATE:
            marked = [key for key, component in known.items() if component.kind is not Kind.GATE]
            raise CourseError(f"there is no mark {name!r} to imagine{near(name, marked)}", key="what-if")
        if not 0 <= value <= 100:
            raise CourseError(f"{name}: {show(value)} is no mark; imagine one from 0 to 100", key="what-if")
    return course_grade(policy, replace(marks, items={**marks.items, **imagined}))


# ── the steps, in the order of the rules ──────────────────────────────────────────────────────────────────────────────
Recorded = Mapping[str, Fraction | None]     # the mark of every component; None where nothing was handed in


def _recorded(policy: Policy, marks: Marks, steps: list[Step]) -> Recorded:
    recorded: dict[str, Fraction | None] = {}
    for component in policy.components:
        value, how = _combined(component, marks)
        if value is not None and component.rounded and value.denominator != 1:
            value = Fraction(half_up(value))
            how += f", recorded as {value}"
        recorded[component.id] = value
        steps.append(Step(component.title, how, value))
    return recorded


def _combined(component: Component, marks: Marks) -> tuple[Fraction | None, str]:
    """The one mark of a component, and in words where it comes from."""
    present = live(component, marks.excused)
    there = {item.key: mark for item in present if (mark := marks.items.get(item.key)) is not None}
    if component.kind is Kind.GATE:
        verdicts = [marks.passed.get(item.key, False) for item in present]
        if _to_come(component, marks):
            return None, "still to come"
        return None, "not passed" if False in verdicts else "waits for a person" if None in verdicts else "passed"
    if not there:
        return None, "excused" if not present else "still to come" if _to_come(component, marks) else "nothing handed in"
    if len(component.items) == 1 or (component.combine is not Combine.MEAN and len(there) == 1):
        (value,) = there.values()
        return value, show(value)
    if component.combine is not Combine.MEAN:
        value = list(there.values())[-1] if component.combine is Combine.LAST else max(there.values())
        return value, f"{show(value)}, the {component.combine} of {_listing(there)}"
    counted = {item.key: there.get(item.key, ZERO) for item in present
               if item.key in there or item.key not in marks.to_come}
    dropped = sorted(counted, key=lambda key: counted[key])[:min(component.drop_lowest, len(counted) - 1)]
    kept = [item for item in present if item.key in counted and item.key not in dropped]
    value = sum((item.share * counted[item.key] for item in kept), ZERO) / shares(kept)
    mean = "mean" if all_equal(component.items) else "weighted mean"
    without = f", without the lowest ({', '.join(dropped)})" if dropped else ""
    return value, f"{show(value)}, the {mean} of {_listing(counted)}{without}"


def _listing(marks: Mapping[str, Fraction]) -> str:
    return ", ".join(f"{key} {show(mark)}" for key, mark in marks.items())


def _to_come(component: Component, marks: Marks) -> bool:
    """Whether a mark that the component needs is still to come; of several sittings one is enough."""
    present = live(component, marks.excused)
    missing = [item.key for item in present if marks.items.get(item.key) is None and not marks.passed.get(item.key)]
    if component.combine is not Combine.MEAN and len(missing) < len(present):
        return False
    return any(component.id in marks.to_come or key in marks.to_come for key in missing)


def _weights(policy: Policy, marks: Marks, recorded: Recorded, steps: list[Step]) -> dict[str, Fraction]:
    left_out = {component.id for component in policy.components if recorded[component.id] is None
                and live(component, marks.excused) and not _to_come(component, marks)}
    weights = weights_after(policy, left_out, marks.excused)
    for option in policy.options:
        if option.not_submitted in left_out:
            changed = ", ".join(f"{policy.component(name).title} {show(weight)} %"
                                for name, weight in option.weights.items())
            steps.append(Step("Option", f"{option.title}: {changed}"))
    if marks.excused:
        steps.append(Step("Excused", f"{', '.join(sorted(marks.excused))}: the weight moves to "
                                     f"{policy.titles([policy.excused_to])}, now {show(weights[policy.excused_to])} %"))
    return weights


def _why_no_grade(policy: Policy, marks: Marks, recorded: Recorded, weights: Mapping[str, Fraction],
                  steps: list[Step]) -> CourseGrade | None:
    awaited = [c for c in policy.components if c.kind is not Kind.BONUS and _to_come(c, marks)]
    if awaited:
        there = [c for c in policy.components if c.weighed and recorded[c.id] is not None and weights[c.id]]
        weight = sum((weights[c.id] for c in there), ZERO)
        so_far = sum((weights[c.id] * (recorded[c.id] or ZERO) for c in there), ZERO) / weight if weight else None
        if so_far is not None:
            steps.append(Step("So far", f"{show(so_far)} on the {show(weight)} % of the grade that are there", so_far))
        text = f"none yet, because of {policy.titles(c.id for c in awaited)}"
        return CourseGrade(None, None, "incomplete", "", (*steps, Step("Final grade", text)), recorded, so_far)
    for component in policy.components:
        if component.kind is Kind.EXAM and recorded[component.id] is None:
            text = f"none, because {component.title} was not taken"
            return CourseGrade(None, None, "absent", "", (*steps, Step("Final grade", text)), recorded)
    for component in policy.components:
        if component.kind is Kind.GATE and any(marks.passed.get(item.key, False) is False for item in component.items):
            last = Step("Final grade", f"none, because {component.title} has to be passed")
            return CourseGrade(None, None, f"{component.id}-not-passed", "", (*steps, last), recorded)
    return None


def _weighted_sum(policy: Policy, weights: Mapping[str, Fraction], recorded: Recorded, steps: list[Step]) -> Fraction:
    parts = [(weights[c.id], recorded[c.id] or ZERO, c.title) for c in policy.components if weights[c.id]]
    value = sum((weight * mark for weight, mark, _ in parts), ZERO) / 100
    terms = " + ".join(f"{show(weight)} % of {show(mark)} ({title})" for weight, mark, title in parts)
    steps.append(Step("Weighted sum", f"{terms} = {show(value)}", value))
    return value


def _bonus(policy: Policy, recorded: Recorded, pass_mark: Fraction, steps: list[Step]) -> Fraction:
    added = ZERO
    for component in policy.components:
        mark = recorded[component.id]
        if component.kind is not Kind.BONUS or not mark:
            continue
        missed = [name for name in component.needs if (recorded[name] or ZERO) < pass_mark]
        if missed:
            steps.append(Step("Bonus", f"{component.title} counts only when {policy.titles(missed)} is passed"))
            continue
        points = component.points * mark / 100
        added += points
        steps.append(Step("Bonus", f"{show(mark)} % of {show(component.points)} points ({component.title}) "
                                   f"= {show(points)} more, up to 100 in all", points))
    return added


def _lowest(gate: Gate, recorded: Recorded) -> Fraction:
    return min(recorded[name] or ZERO for name in gate.components)


def _gate_step(policy: Policy, gate: Gate, recorded: Recorded, pass_mark: Fraction, raw: Fraction) -> Step:
    need = gate.need(pass_mark)
    below = " and ".join(f"{policy.component(name).title} {show(recorded[name] or ZERO)}" for name in gate.components
                         if (recorded[name] or ZERO) < need)
    lowest = f"the lowest of {policy.titles(gate.components)}" if len(gate.components) > 1 else "that mark"
    then = {
        Otherwise.LOWEST: f"the final grade is {lowest} and nothing else counts: {show(raw)}",
        Otherwise.CAP: f"the final grade is at most {lowest}: {show(raw)}",
        Otherwise.FAIL: "the course is not passed, whatever the total",
    }[gate.otherwise]
    return Step("Rule", f"{below} below {show(need)}, so {then}", raw)


def _final_steps(policy: Policy, gate: Gate | None, raw: Fraction, final: int, pass_mark: Fraction,
                 status: str) -> list[Step]:
    verdict = "passed" if status == "pass" else "failed"
    if policy.cuts:
        text = f"{final}, {verdict} (1 to {len(policy.cuts)} from {', '.join(map(show, policy.cuts))} percent)"
    else:
        rounding = "" if raw == final or (gate and gate.otherwise is Otherwise.FAIL) else f"{show(raw)}, half up "
        text = f"{rounding}{final}, {verdict} (the pass mark is {show(pass_mark)})"
    steps = [Step("Final grade", text, Fraction(final))]
    if gate is None and status == "fail" and any(gate.otherwise is Otherwise.LOWEST for gate in policy.gates):
        steps.append(Step("Note", "all that has to be passed is passed, but the total is not. The rules are applied as "
                                  "they are written, though a mark just below the pass mark may have led to more."))
    return steps


def _check_marks(policy: Policy, marks: Marks) -> None:
    items = {item.key for component in policy.components for item in component.items}
    names = items | {component.id for component in policy.components}
    for known, given in ((items, marks.items), (items, marks.passed), (names, marks.to_come)):
        for name in sorted(set(given) - known):
            raise CourseError(f"the policy has no {name!r}{near(name, known)}", key="marks")
    for key, mark in marks.items.items():
        if mark is not None and not 0 <= mark <= 100:
            raise CourseError(f"the mark of {key} is {show(mark)}, not 0 to 100", key="marks")
    for name in sorted(marks.excused):
        policy.check_excusable(name)
