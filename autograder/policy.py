"""The course's grade rules as data, and the course grade that follows from them, exact and with every step explained.

A *policy* has *components* (homework, project, exam, bonus, and gates such as a binary first homework), each a share of
the grade and made of *items* (an assignment, or a mark from outside); *gates* say what must be passed and what happens
otherwise; *options* change the weights of those who leave something out. Marks come in as percent, 0 to 100, with late
penalties already taken off. All arithmetic is in fractions. The mark of an exam or project is rounded when it is
recorded, and the final grade once more, always half up. A policy that cannot work, such as weights that miss 100 or a
rule that never applies, cannot be made: `Policy` refuses it with the reason. The numbers are in course.toml, which
`course` reads; here is only how they act, in the order of `course_grade`.
"""
from __future__ import annotations

import difflib
import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction
from itertools import combinations

from autograder.model import CourseError

ZERO = Fraction(0)


# ── the rules ─────────────────────────────────────────────────────────────────────────────────────────────────────────
class Kind(StrEnum):
    """What a component is."""

    HOMEWORK = "homework"
    PROJECT = "project"
    EXAM = "exam"                # without a mark there is no grade
    BONUS = "bonus"              # points on top, no weight
    GATE = "gate"                # must be passed by its assignments' own pass rule; no weight


class Combine(StrEnum):
    """How the marks of a component's items become one."""

    MEAN = "mean"                # nothing handed in is 0
    LAST = "last"                # the last one taken, in the order listed: a resit replaces the first sitting
    BEST = "best"


class Otherwise(StrEnum):
    """What happens to whoever misses a gate."""

    LOWEST = "lowest"            # the final grade is the lowest mark of the gate; nothing else counts
    CAP = "cap"                  # the final grade is at most the lowest mark of the gate
    FAIL = "fail"                # the final grade is the lowest of the scale


@dataclass(frozen=True)
class Item:
    """What is marked once: an assignment (or some of its problems), or a mark that comes from outside."""

    slug: str
    problems: tuple[str, ...] = ()
    share: Fraction = Fraction(1)        # of the component, beside the other items' shares

    @property
    def key(self) -> str:
        """Names the item in `Marks`: the slug, with the problems when only they count."""
        return f"{self.slug}[{','.join(self.problems)}]" if self.problems else self.slug


@dataclass(frozen=True)
class Component:
    """A share of the grade."""

    id: str
    title: str
    items: tuple[Item, ...]
    weight: Fraction = ZERO              # percent of the final grade
    kind: Kind = Kind.HOMEWORK
    combine: Combine = Combine.MEAN
    drop_lowest: int = 0                 # with mean: so many of the lowest items do not count
    rounded: bool = False                # half up when recorded; gates and weights use the recorded mark
    points: Fraction = ZERO              # bonus: what full marks add to the final grade
    needs: tuple[str, ...] = ()          # bonus: counts only when these components reach the pass mark

    @property
    def weighed(self) -> bool:
        """Whether it has a mark in the total, unlike a bonus or a component that only has to be passed."""
        return self.kind not in (Kind.BONUS, Kind.GATE)


@dataclass(frozen=True)
class Gate:
    """Every one of the components must reach a mark. Of several gates that are missed, the first decides."""

    id: str
    components: tuple[str, ...]
    otherwise: Otherwise
    at_least: Fraction | None = None     # None: the student's pass mark

    def need(self, pass_mark: Fraction) -> Fraction:
        """The mark that each component must reach."""
        return pass_mark if self.at_least is None else self.at_least


@dataclass(frozen=True)
class Option:
    """Whoever hands in nothing for a component has other weights; those not named stay."""

    id: str
    title: str
    not_submitted: str
    weights: Mapping[str, Fraction]


@dataclass(frozen=True)
class Policy:
    """A whole set of grade rules that fit together; CourseError with the key and the reason when they do not."""

    components: tuple[Component, ...]
    pass_mark: Fraction                  # with cuts: the first of them
    pass_marks: Mapping[str, Fraction] = field(default_factory=dict)    # of other kinds of student: "graduate"
    gates: tuple[Gate, ...] = ()
    options: tuple[Option, ...] = ()
    cuts: tuple[Fraction, ...] = ()      # percent from which the grade is 1, 2, …; without cuts it is 0 to 100
    excused_to: str = ""                 # the exam that takes the weight of what is excused

    def __post_init__(self) -> None:
        _check_scale(self)
        _check_components(self)
        _check_gates(self)
        _check_options(self)

    def component(self, name: str) -> Component:
        """The component with this id."""
        return next(component for component in self.components if component.id == name)

    def titles(self, names: Iterable[str]) -> str:
        """The components' titles in a sentence."""
        return " and ".join(self.component(name).title for name in names)

    def pass_mark_of(self, kind: str) -> Fraction:
        """What a student of this kind needs to pass; CourseError for a kind that the course does not know."""
        if kind and kind not in self.pass_marks:
            raise CourseError(f"there is no pass mark for {kind!r}{near(kind, self.pass_marks)}", key="kind")
        return self.pass_marks.get(kind, self.pass_mark)

    def check_excusable(self, name: str) -> None:
        """CourseError unless this component or item can be excused: it carries weight and stands in no gate."""
        owners = {item.key: component for component in self.components for item in component.items}
        owners |= {component.id: component for component in self.components}
        if name not in owners:
            raise CourseError(f"{name!r} is neither a component nor an item{near(name, owners)}", key="excused")
        owner = owners[name]
        if not self.excused_to:
            raise CourseError(f"{name} cannot be excused: no component takes its weight; name an exam in excused_to "
                              "of [policy]", key="excused")
        if not owner.weighed or owner.id == self.excused_to or any(owner.id in gate.components for gate in self.gates):
            raise CourseError(f"{name} cannot be excused: {owner.title} carries no weight, or has to be taken by "
                              "everybody", key="excused")


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


def weights_after(policy: Policy, left_out: Collection[str], excused: Collection[str] = ()) -> dict[str, Fraction]:
    """Percent of every component after the options for what was left out and after excuses. They sum to 100."""
    weights = {component.id: component.weight for component in policy.components}
    for option in policy.options:
        if option.not_submitted in left_out:
            weights |= option.weights
    for component in policy.components:
        moved = weights[component.id] * (1 - _shares(_live(component, excused)) / _shares(component.items))
        if moved:
            weights[component.id] -= moved
            weights[policy.excused_to] += moved
    return weights


def half_up(number: Fraction) -> int:
    """The nearest integer, halves upwards: 72.5 is 73, where Python's own `round` says 72."""
    return math.floor(number + Fraction(1, 2))


def show(number: Fraction) -> str:
    """A number for a person: exact when four decimals are enough, otherwise two of them and a sign that says so."""
    if (number * 10_000).denominator == 1:
        return f"{float(number):.4f}".rstrip("0").rstrip(".")
    return f"≈{float(number):.2f}"


def near(word: str, known: Iterable[str]) -> str:
    """How a message about an unknown word ends: with the near miss, or with everything that would do."""
    words = sorted(known)
    close = difflib.get_close_matches(word, words, n=1)
    if close:
        return f"; did you mean {close[0]!r}?"
    return f"; known are {', '.join(words)}" if words else "; there are none"


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
    live = _live(component, marks.excused)
    there = {item.key: mark for item in live if (mark := marks.items.get(item.key)) is not None}
    if component.kind is Kind.GATE:
        verdicts = [marks.passed.get(item.key, False) for item in live]
        if _to_come(component, marks):
            return None, "still to come"
        return None, "not passed" if False in verdicts else "waits for a person" if None in verdicts else "passed"
    if not there:
        return None, "excused" if not live else "still to come" if _to_come(component, marks) else "nothing handed in"
    if len(component.items) == 1 or (component.combine is not Combine.MEAN and len(there) == 1):
        (value,) = there.values()
        return value, show(value)
    if component.combine is not Combine.MEAN:
        value = list(there.values())[-1] if component.combine is Combine.LAST else max(there.values())
        return value, f"{show(value)}, the {component.combine} of {_listing(there)}"
    counted = {item.key: there.get(item.key, ZERO) for item in live
               if item.key in there or item.key not in marks.to_come}
    dropped = sorted(counted, key=lambda key: counted[key])[:min(component.drop_lowest, len(counted) - 1)]
    kept = [item for item in live if item.key in counted and item.key not in dropped]
    value = sum((item.share * counted[item.key] for item in kept), ZERO) / _shares(kept)
    mean = "mean" if _all_equal(component.items) else "weighted mean"
    without = f", without the lowest ({', '.join(dropped)})" if dropped else ""
    return value, f"{show(value)}, the {mean} of {_listing(counted)}{without}"


def _listing(marks: Mapping[str, Fraction]) -> str:
    return ", ".join(f"{key} {show(mark)}" for key, mark in marks.items())


def _live(component: Component, excused: Collection[str]) -> tuple[Item, ...]:
    """The items that are not excused."""
    return () if component.id in excused else tuple(item for item in component.items if item.key not in excused)


def _shares(items: Iterable[Item]) -> Fraction:
    return sum((item.share for item in items), ZERO)


def _all_equal(items: Iterable[Item]) -> bool:
    return len({item.share for item in items}) == 1


def _to_come(component: Component, marks: Marks) -> bool:
    """Whether a mark that the component needs is still to come; of several sittings one is enough."""
    live = _live(component, marks.excused)
    missing = [item.key for item in live if marks.items.get(item.key) is None and not marks.passed.get(item.key)]
    if component.combine is not Combine.MEAN and len(missing) < len(live):
        return False
    return any(component.id in marks.to_come or key in marks.to_come for key in missing)


def _weights(policy: Policy, marks: Marks, recorded: Recorded, steps: list[Step]) -> dict[str, Fraction]:
    left_out = {component.id for component in policy.components if recorded[component.id] is None
                and _live(component, marks.excused) and not _to_come(component, marks)}
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


# ── what a policy must be ─────────────────────────────────────────────────────────────────────────────────────────────
def _check_scale(policy: Policy) -> None:
    for key, pass_mark in (("policy.pass_mark", policy.pass_mark),
                           *((f"policy.pass_marks.{kind}", mark) for kind, mark in policy.pass_marks.items())):
        if not 0 < pass_mark <= 100:
            raise CourseError(f"a pass mark is more than 0 and at most 100, not {show(pass_mark)}", key=key)
    if policy.cuts:
        if list(policy.cuts) != sorted(set(policy.cuts)) or not 0 < policy.cuts[0] <= policy.cuts[-1] <= 100:
            raise CourseError(f"cuts must rise, from more than 0 to at most 100, but are "
                              f"{', '.join(map(show, policy.cuts))}", key="policy.cuts")
        if policy.pass_mark != policy.cuts[0] or policy.pass_marks:
            raise CourseError("the first of the cuts is what passes; leave pass_mark and pass_marks out",
                              key="policy.pass_mark")


def _check_components(policy: Policy) -> None:
    taken: dict[str, str] = {}
    for number, component in enumerate(policy.components):
        key = f"component[{number}]"
        if component.id in {other.id for other in policy.components[:number]}:
            raise CourseError(f"there are two components {component.id!r}; give each its own id", key=f"{key}.id")
        _check_items(component, taken, f"{key}.items")
        _check_weight(policy, component, f"{key}.weight")
        if component.drop_lowest and (component.combine is not Combine.MEAN
                                      or not 0 < component.drop_lowest < len(component.items)):
            raise CourseError(f"drop_lowest = {component.drop_lowest} needs combine = \"mean\" and more items than "
                              f"that; {component.id} has {len(component.items)}", key=f"{key}.drop_lowest")
        if component.drop_lowest and not _all_equal(component.items):
            raise CourseError("drop_lowest needs items with equal shares: otherwise a better mark could lower the "
                              "grade", key=f"{key}.drop_lowest")
        if component.kind is Kind.BONUS and not 0 < component.points <= 100:
            raise CourseError(f"a bonus of {show(component.points)} points never helps anybody; write points = 2, for "
                              "example", key=f"{key}.points")
        if component.kind is not Kind.BONUS and (component.points or component.needs):
            raise CourseError(f"points and needs are for a bonus, and {component.id} is {component.kind}",
                              key=f"{key}.points")
        for name in component.needs:
            _weighed(policy, name, f"{key}.needs")
    _check_sum(policy, (), "component")
    if policy.excused_to and _weighed(policy, policy.excused_to, "policy.excused_to").kind is not Kind.EXAM:
        raise CourseError(f"the weight of what is excused moves to an exam, and {policy.excused_to} is none",
                          key="policy.excused_to")


def _check_items(component: Component, taken: dict[str, str], key: str) -> None:
    """No work counts twice; `taken` says which component has "slug/problem", or "slug/" for a whole assignment."""
    if not component.items:
        raise CourseError(f"{component.id} has no items, so everybody would have 0 in it", key=key)
    for item in component.items:
        if item.share <= 0:
            raise CourseError(f"{item.key} never counts: its share is {show(item.share)}", key=key)
        for part in item.problems or ("",):
            for other, owner in taken.items():
                slug, _, problem = other.partition("/")
                if slug == item.slug and (problem == part or "" in (problem, part)):
                    raise CourseError(f"{item.key} already counts in {owner}; nothing counts twice", key=key)
            taken[f"{item.slug}/{part}"] = component.id


def _check_weight(policy: Policy, component: Component, key: str) -> None:
    if not component.weighed:
        if component.weight:
            raise CourseError(f"a {component.kind} component carries no weight, and {component.id} has "
                              f"{show(component.weight)}", key=key)
    elif not 0 <= component.weight <= 100:
        raise CourseError(f"a weight is 0 to 100, not {show(component.weight)}", key=key)
    elif not (component.weight or any(component.id in gate.components for gate in policy.gates)
              or any(option.weights.get(component.id) for option in policy.options)):
        raise CourseError(f"{component.id} never counts: it has no weight, no gate asks for it and no option gives it "
                          "weight", key=key)


def _check_gates(policy: Policy) -> None:
    pass_marks = [policy.pass_mark, *policy.pass_marks.values()]
    for number, gate in enumerate(policy.gates):
        key, earlier = f"gate[{number}]", policy.gates[:number]
        if gate.id in {"weighted", *(other.id for other in earlier)}:
            raise CourseError(f"a gate cannot be called {gate.id!r}: that name is taken", key=f"{key}.id")
        if not gate.components:
            raise CourseError(f"{gate.id} never applies: it asks for no component", key=f"{key}.components")
        for name in gate.components:
            _weighed(policy, name, f"{key}.components")
        if gate.at_least is not None and not 0 < gate.at_least <= 100:
            raise CourseError(f"{gate.id} {'never' if gate.at_least <= 0 else 'always'} applies: marks are 0 to 100, "
                              f"and it asks for at least {show(gate.at_least)}", key=f"{key}.at_least")
        for other in earlier:
            if set(gate.components) <= set(other.components) and all(
                    gate.need(pass_mark) <= other.need(pass_mark) for pass_mark in pass_marks):
                raise CourseError(f"{gate.id} never applies: whoever misses it has already missed {other.id}", key=key)


def _check_options(policy: Policy) -> None:
    for number, option in enumerate(policy.options):
        key, earlier = f"option[{number}]", policy.options[:number]
        if option.id in {other.id for other in earlier}:
            raise CourseError(f"there are two options {option.id!r}; give each its own id", key=f"{key}.id")
        if _weighed(policy, option.not_submitted, f"{key}.not_submitted").kind is Kind.EXAM:
            raise CourseError(f"{option.id} never applies: whoever does not take {option.not_submitted} has no grade",
                              key=f"{key}.not_submitted")
        if option.not_submitted in {other.not_submitted for other in earlier}:
            raise CourseError(f"an earlier option is already about {option.not_submitted}", key=f"{key}.not_submitted")
        for name, weight in option.weights.items():
            _weighed(policy, name, f"{key}.weights")
            if not 0 <= weight <= 100:
                raise CourseError(f"a weight is 0 to 100, not {show(weight)}", key=f"{key}.weights.{name}")
        if all(policy.component(name).weight == weight for name, weight in option.weights.items()):
            raise CourseError(f"{option.id} never does anything: it changes no weight", key=f"{key}.weights")
    for size in range(1, len(policy.options) + 1):
        for chosen in combinations(policy.options, size):
            _check_sum(policy, [option.not_submitted for option in chosen],
                       f"option {' with '.join(option.id for option in chosen)}")


def _check_sum(policy: Policy, left_out: Collection[str], key: str) -> None:
    weights = weights_after(policy, left_out)
    total = sum(weights.values(), ZERO)
    if total != 100:
        parts = " + ".join(f"{name} {show(weight)}" for name, weight in weights.items() if weight)
        raise CourseError(f"the weights must sum to 100, and {parts or 'nothing'} is {show(total)}", key=key)


def _weighed(policy: Policy, name: str, key: str) -> Component:
    """The component of this name, which must have a mark in the total."""
    known = {component.id: component for component in policy.components if component.weighed}
    if name not in known:
        raise CourseError(f"{name!r} is no component with a mark of its own{near(name, known)}", key=key)
    return known[name]
