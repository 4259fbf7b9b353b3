"""What a course's grade rules may say, and what refuses them.

A *policy* has *components* (homework, project, exam, bonus, and gates such as a binary first homework), each a share of
the grade and made of *items* (an assignment, or a mark from outside); *gates* say what must be passed and what happens
otherwise; *options* change the weights of those who leave something out. A policy that cannot work, such as weights that
miss 100 or a rule that never applies, cannot be made: `Policy` refuses it with the reason. The numbers are in
course.toml, which `course` reads.
"""
from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from itertools import chain, combinations
from types import MappingProxyType

from autograder.model import CourseError
from autograder.policy.numbers import ZERO, near, show
from autograder.policy.scales import LETTERS, Scale


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


class To(StrEnum):
    """Who takes the weight of what a student is excused from."""

    EXAM = "exam"                # the exam that `excused_to` names
    REST = "rest"                # what is left of the component; of a whole component, the other homework


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
    by_hand: Fraction = Fraction(1)      # how often the points that a person gives count

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
    scale: Scale = Scale.PERCENT
    cuts: tuple[Fraction, ...] = ()      # percent from which the grade is 1, 2, …, or E, D, …
    excused_to: str = ""                 # the exam that takes the weight of what is excused; "" where there is none

    def __post_init__(self) -> None:
        _check_scale(self)
        _check_components(self)
        _check_gates(self)
        _check_options(self)

    def component(self, name: str) -> Component:
        """The component with this id."""
        return next(component for component in self.components if component.id == name)

    def pass_mark_of(self, kind: str) -> Fraction:
        """What a student of this kind needs to pass; CourseError for a kind that the course does not know."""
        if kind and kind not in self.pass_marks:
            raise CourseError(f"there is no pass mark for {kind!r}{near(kind, self.pass_marks)}", key="kind")
        return self.pass_marks.get(kind, self.pass_mark)

    def check_excuses(self, excused: Mapping[str, To]) -> None:
        """CourseError unless a student can be excused from these components and items, and something takes their weight."""
        if not excused:
            return
        owners = {item.key: component for component in self.components for item in component.items}
        owners |= {component.id: component for component in self.components}
        for name, to in sorted(excused.items()):
            if name not in owners:
                raise CourseError(f"{name!r} is neither a component nor an item{near(name, owners)}", key="excused")
            owner = owners[name]
            if not owner.weighed or owner.id == self.excused_to or any(owner.id in gate.components for gate in self.gates):
                raise CourseError(f"{name} cannot be excused: {owner.title} carries no weight, or has to be taken by "
                                  "everybody", key="excused")
            if to is To.EXAM and not self.excused_to:
                raise CourseError(f"{name} cannot be excused: no component takes its weight; name an exam in excused_to "
                                  "of [policy], or let the rest of the homework take it", key="excused")
            if to is To.REST and not live(owner, excused) and not _homework(self, excused):
                raise CourseError(f"{name} cannot be excused to the rest: no other homework is left to take its weight",
                                  key="excused")
        for chosen in _choices(self.options) if excused else ():
            weights_after(self, [option.not_submitted for option in chosen], excused)


# ── the weights of one student ────────────────────────────────────────────────────────────────────────────────────────
NOTHING: Mapping[str, To] = MappingProxyType({})


def weights_after(policy: Policy, left_out: Collection[str], excused: Mapping[str, To] = NOTHING) -> dict[str, Fraction]:
    """Percent of every component after the options for what was left out and after excuses. They sum to 100.

    An item that is excused to the rest leaves its share to the other items of its component. Where none is left, the
    weight of the component goes to the other homework in proportion; where an option has taken the weight of that too,
    to the exam, and CourseError when there is none.
    """
    weights = {component.id: component.weight for component in policy.components}
    for option in policy.options:
        if option.not_submitted in left_out:
            weights |= option.weights
    if not excused:                      # nearly everybody; what follows would move nothing
        return weights
    to_rest = ZERO
    for component in policy.components if excused else ():
        weight, stays = weights[component.id], bool(live(component, excused))
        moved = {to: weight * shares(item for item in component.items if excused_to(component, item, excused) is to)
                 / shares(component.items) for to in To}
        if stays and component.combine is not Combine.MEAN:
            continue                     # another sitting has its whole weight
        if stays:
            moved[To.REST] = ZERO
        weights[component.id] -= moved[To.EXAM] + moved[To.REST]
        if moved[To.EXAM]:
            weights[policy.excused_to] += moved[To.EXAM]
        to_rest += moved[To.REST]
    if not to_rest:
        return weights
    takers = [component.id for component in _homework(policy, excused) if weights[component.id]]
    if not takers and not policy.excused_to:
        raise CourseError("no homework is left to take the weight of what is excused", key="excused")
    if not takers:
        weights[policy.excused_to] += to_rest
    there = sum((weights[name] for name in takers), ZERO)
    for name in takers:
        weights[name] += to_rest * weights[name] / there
    return weights


def _homework(policy: Policy, excused: Mapping[str, To]) -> list[Component]:
    """The homework of which something is left."""
    return [component for component in policy.components if component.kind is Kind.HOMEWORK and live(component, excused)]


def excused_to(component: Component, item: Item, excused: Mapping[str, To]) -> To | None:
    """Who takes the weight of an item; None when it is not excused."""
    return excused.get(item.key, excused.get(component.id))


def live(component: Component, excused: Mapping[str, To]) -> tuple[Item, ...]:
    """The items that are not excused."""
    return component.items if not excused else tuple(
        item for item in component.items if excused_to(component, item, excused) is None)


def shares(items: Iterable[Item]) -> Fraction:
    return sum((item.share for item in items), ZERO)


def all_equal(items: Iterable[Item]) -> bool:
    return len({item.share for item in items}) == 1


# ── what a policy must be ─────────────────────────────────────────────────────────────────────────────────────────────
def _check_scale(policy: Policy) -> None:
    for key, pass_mark in (("policy.pass_mark", policy.pass_mark),
                           *((f"policy.pass_marks.{kind}", mark) for kind, mark in policy.pass_marks.items())):
        if not 0 < pass_mark <= 100:
            raise CourseError(f"a pass mark is more than 0 and at most 100, not {show(pass_mark)}", key=key)
    by_cuts = policy.scale in (Scale.POINTS, Scale.ECTS)
    if by_cuts != bool(policy.cuts):
        raise CourseError(f"the scale {policy.scale} needs cuts, such as cuts = [50, 60, 70, 80, 90]" if by_cuts else
                          f"cuts never apply on the scale {policy.scale}; leave them out, or write scale = \"points\"",
                          key="policy.cuts")
    if not by_cuts:
        return
    if list(policy.cuts) != sorted(set(policy.cuts)) or not 0 < policy.cuts[0] <= policy.cuts[-1] <= 100:
        raise CourseError(f"cuts must rise, from more than 0 to at most 100, but are {', '.join(map(show, policy.cuts))}",
                          key="policy.cuts")
    if policy.scale is Scale.ECTS and len(policy.cuts) != len(LETTERS) - 1:
        raise CourseError(f"the letters {', '.join(LETTERS[1:])} need {len(LETTERS) - 1} cuts in this order, and there "
                          f"are {len(policy.cuts)}", key="policy.cuts")
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
        if component.drop_lowest and not all_equal(component.items):
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
    for chosen in _choices(policy.options):
        _check_sum(policy, [option.not_submitted for option in chosen],
                   f"option {' with '.join(option.id for option in chosen)}" if chosen else "component")


def _choices(options: Sequence[Option]) -> Iterator[tuple[Option, ...]]:
    """Every set of options that a student may take together, none of them included."""
    return chain.from_iterable(combinations(options, size) for size in range(len(options) + 1))


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
