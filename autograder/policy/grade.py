"""How the rules act: from one student's marks to the course grade, in the order of `course_grade`, every step in words.

The rules need not be monotone: with a gate whose rule is the lowest mark, an exam just passed can give less than an exam just failed. So
whatever is said about other marks ("with 70 you would have 81", "you need at least 63", the note at such a corner) is the grade computed
again with those marks, never a formula turned around.
"""
from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from types import MappingProxyType

from autograder.model import CourseError
from autograder.policy.numbers import ZERO, half_up, near, show
from autograder.policy.rules import (
    Combine,
    Component,
    Gate,
    Kind,
    Otherwise,
    Policy,
    To,
    all_equal,
    live,
    shares,
    weights_after,
)
from autograder.policy.scales import Scale, points, shown, to_ects
from autograder.words import ENGLISH, Listed, Sayable, Text, line, text

NO_TITLES: Mapping[str, str] = MappingProxyType({})
FINAL = text("Final grade")


# ── the marks, and what comes out ─────────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True)
class Marks:
    """What one student has. An item without a mark was not handed in, or that exam was not taken."""

    items: Mapping[str, Fraction | None]                 # by Item.key; percent, late penalty taken off
    passed: Mapping[str, bool | None] = field(default_factory=dict)     # of gate components; None: a person decides
    kind: str = ""                                       # chooses the pass mark; "" is the usual kind
    excused: Mapping[str, To] = field(default_factory=dict)             # item keys or component ids, and who takes their weight
    to_come: frozenset[str] = frozenset()                # likewise: postponed, not due yet, not marked yet


@dataclass(frozen=True)
class Step:
    """One line of the derivation: what it is about, what happened, and the number that came out if there is one."""

    about: Sayable
    text: Sayable
    value: Fraction | None = None


@dataclass(frozen=True)
class CourseGrade:
    """The course grade with its derivation.

    `status` is "pass", "fail", "absent" (an exam was not taken), "incomplete" (marks are to come) or
    "<component>-not-passed"; the last three have no grade. `rule` is "weighted", or the id of the gate that decided.
    """

    raw: Fraction | None                 # before the last rounding, 0 to 100
    final: int | None                    # 0 to 100, or the number of cuts reached; see `shown`
    status: str
    rule: str
    steps: tuple[Step, ...]
    recorded: Mapping[str, Fraction | None]      # by component id; None: nothing handed in, or not a mark
    so_far: Fraction | None = None       # while incomplete: the weighted mean of the components that are there
    shown: str = ""                      # the grade as its scale writes it: "84", "3", "pass", "B"; "" for none


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
    grade = _decided(policy, weights, recorded, pass_mark)
    return replace(grade, steps=(*steps, *grade.steps, *_corner(policy, weights, recorded, pass_mark, grade)))


def explain(grade: CourseGrade, language: str = ENGLISH) -> str:
    """The derivation for a person to read, a line per step."""
    return "\n".join(line(text("{about}: {what}", about=step.about, what=step.text), language) for step in grade.steps)


# ── other marks ───────────────────────────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True)
class Imagined:
    """The grade that other marks would give, and the sentence that says so."""

    grade: CourseGrade
    text: Text


@dataclass(frozen=True)
class Needed:
    """The smallest whole percent with which a student passes, and the sentence that says so."""

    mark: int | None                     # None: no mark is enough, or other marks are still to come
    text: Text


def what_if(policy: Policy, marks: Marks, imagined: Mapping[str, Fraction],
            titles: Mapping[str, str] = NO_TITLES) -> Imagined:
    """The grade with these marks in place of what is there or still to come: item key -> percent.

    `titles` names items for people. CourseError for an item that the policy does not have, or that has to be passed and
    has no mark.
    """
    grade = _with(policy, marks, imagined)
    there = Listed([text("{mark} in {item}", mark=show(mark), item=_called(policy, name, titles))
                    for name, mark in imagined.items()])
    if policy.scale is Scale.PASS_FAIL and grade.final is not None:
        said = text("With {marks} the course would be {verdict}", marks=there, verdict=_verdict(grade.status))
    elif grade.final is not None:
        said = text("With {marks} you would have {grade}, {verdict}", marks=there, grade=grade.shown,
                    verdict=_verdict(grade.status))
    elif grade.so_far is not None:
        said = text("With {marks} you would have {mark} so far, and no final grade yet", marks=there,
                    mark=show(grade.so_far))
    else:
        said = text("With {marks} you would have no final grade: {why}", marks=there, why=grade.steps[-1].text)
    return Imagined(grade, said)


def needed(policy: Policy, marks: Marks, item: str, titles: Mapping[str, str] = NO_TITLES) -> Needed:
    """What an item needs so that the course is passed, with everything else as it is: every whole percent is tried.

    CourseError as in `what_if`.
    """
    grades = [_with(policy, marks, {item: Fraction(percent)}) for percent in range(101)]
    enough = [percent for percent, grade in enumerate(grades) if grade.status == "pass"]
    called = _called(policy, item, titles)
    if not enough and all(grade.status == "incomplete" for grade in grades):
        awaited = _awaited(policy, replace(marks, items={**marks.items, item: ZERO}))
        return Needed(None, text("What {item} needs cannot be said yet, because of {components}", item=called,
                                 components=_titles(awaited)))
    if not enough:
        return Needed(None, text("No mark in {item} is enough to pass", item=called))
    if len(enough) < 101 - enough[0]:
        said = text("At least {mark} in {item} is needed to pass, but not every mark above it is enough", mark=enough[0],
                    item=called)
    elif enough[0] == 0:
        said = text("Any mark in {item} is enough to pass, even 0", item=called)
    else:
        said = text("At least {mark} in {item} is needed to pass", mark=enough[0], item=called)
    return Needed(enough[0], said)


def _with(policy: Policy, marks: Marks, imagined: Mapping[str, Fraction]) -> CourseGrade:
    known = {item.key: component for component in policy.components for item in component.items}
    for name, value in imagined.items():
        if name not in known or known[name].kind is Kind.GATE:
            marked = [key for key, component in known.items() if component.kind is not Kind.GATE]
            raise CourseError(f"there is no mark {name!r} to imagine{near(name, marked)}", key="what-if")
        if not 0 <= value <= 100:
            raise CourseError(f"{name}: {show(value)} is no mark; imagine one from 0 to 100", key="what-if")
    return course_grade(policy, replace(marks, items={**marks.items, **imagined}))


def _called(policy: Policy, name: str, titles: Mapping[str, str]) -> Sayable:
    """An item as people call it."""
    if name in titles:
        return titles[name]
    owner = next(component for component in policy.components if any(item.key == name for item in component.items))
    return owner.title if len(owner.items) == 1 else text("{component} ({item})", component=owner.title, item=name)


# ── the steps, in the order of the rules ──────────────────────────────────────────────────────────────────────────────
Recorded = Mapping[str, Fraction | None]     # the mark of every component; None where nothing was handed in


def _recorded(policy: Policy, marks: Marks, steps: list[Step]) -> Recorded:
    recorded: dict[str, Fraction | None] = {}
    for component in policy.components:
        value, how = _combined(component, marks)
        if value is not None and component.rounded and value.denominator != 1:
            value = Fraction(half_up(value))
            how = text("{mark}, recorded as {recorded}", mark=how, recorded=value)
        recorded[component.id] = value
        steps.append(Step(component.title, how, value))
    return recorded


def _combined(component: Component, marks: Marks) -> tuple[Fraction | None, Sayable]:
    """The one mark of a component, and in words where it comes from."""
    present = live(component, marks.excused)
    there = {item.key: mark for item in present if (mark := marks.items.get(item.key)) is not None}
    if component.kind is Kind.GATE:
        verdicts = [marks.passed.get(item.key, False) for item in present]
        if _to_come(component, marks):
            return None, text("still to come")
        return None, (text("not passed") if False in verdicts else
                      text("waits for a person") if None in verdicts else text("passed"))
    if not there:
        return None, (text("excused") if not present else
                      text("still to come") if _to_come(component, marks) else text("nothing handed in"))
    if len(component.items) == 1 or (component.combine is not Combine.MEAN and len(there) == 1):
        (value,) = there.values()
        return value, show(value)
    if component.combine is Combine.LAST:
        value = list(there.values())[-1]
        return value, text("{mark}, the last of {marks}", mark=show(value), marks=_listing(there))
    if component.combine is Combine.BEST:
        value = max(there.values())
        return value, text("{mark}, the best of {marks}", mark=show(value), marks=_listing(there))
    awaited = frozenset[str]() if component.kind is Kind.BONUS else marks.to_come   # a bonus is what there is so far
    counted = {item.key: there.get(item.key, ZERO) for item in present if item.key in there or item.key not in awaited}
    dropped = sorted(counted, key=lambda key: counted[key])[:min(component.drop_lowest, len(counted) - 1)]
    kept = [item for item in present if item.key in counted and item.key not in dropped]
    value = sum((item.share * counted[item.key] for item in kept), ZERO) / shares(kept)
    values = {"mark": show(value), "marks": _listing(counted)}
    how = text("{mark}, the mean of {marks}", **values) if all_equal(component.items) else text(
        "{mark}, the weighted mean of {marks}", **values)
    return value, text("{mean}, without the lowest ({items})", mean=how, items=Listed(dropped, ", ")) if dropped else how


def _listing(marks: Mapping[str, Fraction]) -> Listed:
    return Listed([_pair(key, mark) for key, mark in marks.items()], ", ")


def _pair(name: str, mark: Fraction) -> Text:
    return text("{name} {mark}", name=name, mark=show(mark))


def _to_come(component: Component, marks: Marks) -> bool:
    """Whether a mark that the component needs is still to come; of several sittings one is enough."""
    present = live(component, marks.excused)
    missing = [item.key for item in present if marks.items.get(item.key) is None and not marks.passed.get(item.key)]
    if component.combine is not Combine.MEAN and len(missing) < len(present):
        return False
    return any(component.id in marks.to_come or key in marks.to_come for key in missing)


def _awaited(policy: Policy, marks: Marks) -> list[Component]:
    """The components without which there is no grade yet; nobody waits for a bonus."""
    return [component for component in policy.components if component.kind is not Kind.BONUS and _to_come(component, marks)]


def _weights(policy: Policy, marks: Marks, recorded: Recorded, steps: list[Step]) -> dict[str, Fraction]:
    left_out = {component.id for component in policy.components if recorded[component.id] is None
                and live(component, marks.excused) and not _to_come(component, marks)}
    weights = weights_after(policy, left_out, marks.excused)
    for option in policy.options:
        if option.not_submitted in left_out:
            steps.append(Step(text("Option"), text("{option}: {weights}", option=option.title,
                                                   weights=_shown(policy, option.weights))))
    steps += _excuse_steps(policy, marks.excused, weights)
    return weights


def _excuse_steps(policy: Policy, excused: Mapping[str, To], weights: Mapping[str, Fraction]) -> list[Step]:
    """Where the weight of what is excused has gone, a step for each place."""
    takers = {c.id: weights[c.id] for c in policy.components if c.kind is Kind.HOMEWORK and live(c, excused) and weights[c.id]}
    to_exam, to_rest, within = [], [], dict[str, list[str]]()
    for name, to in sorted(excused.items()):
        owner = next(c for c in policy.components if name == c.id or any(name == item.key for item in c.items))
        left, called = live(owner, excused), owner.title if name == owner.id else name
        if left and (to is To.REST or owner.combine is not Combine.MEAN):
            within.setdefault(owner.title, []).append(called)
        elif to is To.REST and takers:
            to_rest.append(called)
        else:
            to_exam.append(called)
    said = [text("{items}: the rest of {component} counts in its place", items=Listed(names, ", "), component=title)
            for title, names in within.items()]
    if to_rest:
        said.append(text("{items}: the weight moves to the rest of the homework, now {weights}",
                         items=Listed(to_rest, ", "), weights=_shown(policy, takers)))
    if to_exam:
        said.append(text("{items}: the weight moves to {component}, now {weight} %", items=Listed(to_exam, ", "),
                         component=policy.component(policy.excused_to).title, weight=show(weights[policy.excused_to])))
    return [Step(text("Excused"), one) for one in said]


def _shown(policy: Policy, weights: Mapping[str, Fraction]) -> Listed:
    return Listed([text("{component} {weight} %", component=policy.component(name).title, weight=show(weight))
                   for name, weight in weights.items()], ", ")


def _why_no_grade(policy: Policy, marks: Marks, recorded: Recorded, weights: Mapping[str, Fraction],
                  steps: list[Step]) -> CourseGrade | None:
    awaited = _awaited(policy, marks)
    if awaited:
        there = [c for c in policy.components if c.weighed and recorded[c.id] is not None and weights[c.id]]
        weight = sum((weights[c.id] for c in there), ZERO)
        so_far = sum((weights[c.id] * (recorded[c.id] or ZERO) for c in there), ZERO) / weight if weight else None
        if so_far is not None:
            steps.append(Step(text("So far"), text("{mark} on the {weight} % of the grade that are there",
                                                   mark=show(so_far), weight=show(weight)), so_far))
        why = text("none yet, because of {components}", components=_titles(awaited))
        return CourseGrade(None, None, "incomplete", "", (*steps, Step(FINAL, why)), recorded, so_far)
    for component in policy.components:
        if component.kind is Kind.EXAM and recorded[component.id] is None:
            why = text("none, because {component} was not taken", component=component.title)
            return CourseGrade(None, None, "absent", "", (*steps, Step(FINAL, why)), recorded)
    for component in policy.components:
        if component.kind is Kind.GATE and any(marks.passed.get(item.key, False) is False for item in component.items):
            why = text("none, because {component} has to be passed", component=component.title)
            return CourseGrade(None, None, f"{component.id}-not-passed", "", (*steps, Step(FINAL, why)), recorded)
    return None


def _decided(policy: Policy, weights: Mapping[str, Fraction], recorded: Recorded, pass_mark: Fraction) -> CourseGrade:
    """The grade when every mark is there: gates, weights, bonus, rounding."""
    steps: list[Step] = []
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
    final = points(raw, policy.cuts) if policy.cuts else half_up(raw)
    if gate is not None and gate.otherwise is Otherwise.FAIL:
        final = 0
    status = "pass" if final >= (1 if policy.cuts else pass_mark) else "fail"
    steps.append(_final_step(policy, gate, raw, final, pass_mark, status))
    return CourseGrade(raw, final, status, "weighted" if gate is None else gate.id, tuple(steps), recorded,
                       shown=shown(policy.scale, final, status))


def _weighted_sum(policy: Policy, weights: Mapping[str, Fraction], recorded: Recorded, steps: list[Step]) -> Fraction:
    parts = [(weights[c.id], recorded[c.id] or ZERO, c.title) for c in policy.components if weights[c.id]]
    value = sum((weight * mark for weight, mark, _ in parts), ZERO) / 100
    terms = [text("{weight} % of {mark} ({component})", weight=show(weight), mark=show(mark), component=title)
             for weight, mark, title in parts]
    steps.append(Step(text("Weighted sum"), text("{terms} = {sum}", terms=Listed(terms, " + "), sum=show(value)), value))
    return value


def _bonus(policy: Policy, recorded: Recorded, pass_mark: Fraction, steps: list[Step]) -> Fraction:
    added = ZERO
    for component in policy.components:
        mark = recorded[component.id]
        if component.kind is not Kind.BONUS or not mark:
            continue
        missed = [policy.component(name) for name in component.needs if (recorded[name] or ZERO) < pass_mark]
        if missed:
            steps.append(Step(text("Bonus"), text("{bonus} counts only when {components} is passed", bonus=component.title,
                                                  components=_titles(missed))))
            continue
        extra = component.points * mark / 100
        added += extra
        steps.append(Step(text("Bonus"), text(
            "{percent} % of {possible} points ({bonus}) = {points} more, up to 100 in all", percent=show(mark),
            possible=show(component.points), bonus=component.title, points=show(extra)), extra))
    return added


def _lowest(gate: Gate, recorded: Recorded) -> Fraction:
    return min(recorded[name] or ZERO for name in gate.components)


def _gate_step(policy: Policy, gate: Gate, recorded: Recorded, pass_mark: Fraction, raw: Fraction) -> Step:
    need = gate.need(pass_mark)
    asked = [policy.component(name) for name in gate.components]
    below = [_pair(c.title, recorded[c.id] or ZERO) for c in asked if (recorded[c.id] or ZERO) < need]
    said = {
        (Otherwise.LOWEST, True): text(
            "{marks} below {need}, so the final grade is that mark and nothing else counts: {grade}",
            marks=Listed(below), need=show(need), grade=show(raw)),
        (Otherwise.LOWEST, False): text(
            "{marks} below {need}, so the final grade is the lowest of {components} and nothing else counts: {grade}",
            marks=Listed(below), need=show(need), components=_titles(asked), grade=show(raw)),
        (Otherwise.CAP, True): text(
            "{marks} below {need}, so the final grade is at most that mark: {grade}",
            marks=Listed(below), need=show(need), grade=show(raw)),
        (Otherwise.CAP, False): text(
            "{marks} below {need}, so the final grade is at most the lowest of {components}: {grade}",
            marks=Listed(below), need=show(need), components=_titles(asked), grade=show(raw)),
    }.get((gate.otherwise, len(asked) == 1)) or text(
        "{marks} below {need}, so the course is not passed, whatever the total", marks=Listed(below), need=show(need))
    return Step(text("Rule"), said, raw)


def _final_step(policy: Policy, gate: Gate | None, raw: Fraction, final: int, pass_mark: Fraction, status: str) -> Step:
    verdict = _verdict(status)
    if policy.scale is Scale.ECTS:
        said = text("{grade}, {verdict} ({letters} percent)", grade=shown(policy.scale, final, status), verdict=verdict,
                    letters=Listed([text("{letter} from {cut}", letter=to_ects(number), cut=show(cut))
                                    for number, cut in enumerate(policy.cuts, 1)], ", "))
    elif policy.cuts:
        said = text("{grade}, {verdict} (1 to {most} from {cuts} percent)", grade=final, verdict=verdict,
                    most=len(policy.cuts), cuts=Listed([show(cut) for cut in policy.cuts], ", "))
    elif raw == final or (gate is not None and gate.otherwise is Otherwise.FAIL):
        said = text("{grade}, {verdict} (the pass mark is {pass_mark})", grade=final, verdict=verdict,
                    pass_mark=show(pass_mark))
    else:
        said = text("{total}, half up {grade}, {verdict} (the pass mark is {pass_mark})", total=show(raw), grade=final,
                    verdict=verdict, pass_mark=show(pass_mark))
    return Step(FINAL, said, Fraction(final))


def _corner(policy: Policy, weights: Mapping[str, Fraction], recorded: Recorded, pass_mark: Fraction,
            grade: CourseGrade) -> list[Step]:
    """A note where a component that is passed gives less than the same component just missed would have given."""
    for gate in policy.gates if grade.rule == "weighted" else ():
        need = gate.need(pass_mark)
        missed = Fraction(math.ceil(need) - 1)
        better = [name for name in gate.components if gate.otherwise is Otherwise.LOWEST and (
            _decided(policy, weights, {**recorded, name: missed}, pass_mark).final or 0) > (grade.final or 0)]
        if better:
            other = _decided(policy, weights, {**recorded, better[0]: missed}, pass_mark)
            return [Step(text("Note"), text(
                "all that has to be passed is passed, yet with {mark} in {components} the final grade would have been {grade}, "
                "because below {need} nothing else counts. The rules are applied as they are written.", mark=show(missed),
                components=Listed([policy.component(name).title for name in better], either=True),
                grade=other.shown, need=show(need)))]
    return []


def _verdict(status: str) -> Text:
    return text("passed") if status == "pass" else text("failed")


def _titles(components: Iterable[Component]) -> Listed:
    return Listed([component.title for component in components])


def _check_marks(policy: Policy, marks: Marks) -> None:
    items = {item.key for component in policy.components for item in component.items}
    names = items | {component.id for component in policy.components}
    for known, given in ((items, marks.items), (items, marks.passed), (names, marks.to_come)):
        for name in sorted(set(given) - known):
            raise CourseError(f"the policy has no {name!r}{near(name, known)}", key="marks")
    for key, mark in marks.items.items():
        if mark is not None and not 0 <= mark <= 100:
            raise CourseError(f"the mark of {key} is {show(mark)}, not 0 to 100", key="marks")
    policy.check_excuses(marks.excused)
