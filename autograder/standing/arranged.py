"""What differs for one student: arrangements as they act on his marks, said without their reasons."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from autograder.course import Course
from autograder.ledger import Arrangement, What
from autograder.model import CourseError
from autograder.policy import Combine, To, near
from autograder.standing.facts import Facts
from autograder.words import Sayable, Text, text

ANYWHERE = ""                            # lateness costs nothing in any assignment


@dataclass(frozen=True)
class Differs:
    """What is different for one student."""

    kind: str                            # chooses the pass mark; "" is the usual kind
    excused: Mapping[str, To]            # component or item -> who takes its weight
    postponed: frozenset[str]            # components or items whose mark comes later
    void: frozenset[str]                 # items that are no sittings for him
    on_time: frozenset[str]              # assignments in which lateness costs nothing; with ANYWHERE all
    granted: tuple[Text, ...]            # all of it in words, extensions included
    strays: tuple[Text, ...]             # what fits the rules no longer, in words

    def free_of_lateness(self, slug: str) -> bool:
        """Whether lateness costs nothing in this assignment."""
        return bool(self.on_time & {ANYWHERE, slug})


def differs(course: Course, facts: Facts) -> Differs:
    """What his arrangements come to in a course. One that fits nothing there, such as an item that new rules do not have, does not
    act, and is told."""
    fitting: list[Arrangement] = []
    strays = []
    for arrangement in facts.arrangements:
        try:
            check_arrangement(course, arrangement.what, arrangement.item, arrangement.value)
            check_excuses(course, [*fitting, arrangement])
            fitting.append(arrangement)
        except CourseError:
            strays.append(text("an arrangement about {item} fits nothing in the rules that hold",
                               item=arrangement.item or arrangement.value))
    titles = {slug: work.title for slug, work in facts.work.items()}
    about = {what: {a.item: a.value for a in fitting if a.what is what} for what in What}
    sittings = about[What.SITTING]
    extensions = [text("{title} is due on {when}, by an extension", title=work.title, when=_local(course, work.extended))
                  for work in facts.work.values() if work.extended is not None and work.due == work.extended]
    return Differs(
        kind=about[What.KIND].get("", ""), excused={name: To(to) for name, to in about[What.EXCUSE].items()},
        postponed=frozenset(about[What.POSTPONE]),
        void=frozenset(item.key for component in course.components if component.id in sittings
                       for item in component.items if item.key != sittings[component.id]),
        on_time=frozenset(about[What.NO_LATENESS]),
        granted=(*extensions, *(granted(course, arrangement, titles) for arrangement in fitting)), strays=tuple(strays))


def check_arrangement(course: Course, what: What, item: str, value: str) -> None:
    """CourseError for what this course cannot arrange."""
    components = {component.id: component for component in course.components}
    names = components.keys() | {one.key for component in course.components for one in component.items}
    works = {schedule.slug for schedule in course.schedules} | {project.id for project in course.projects}
    if what is What.KIND:
        course.policy.pass_mark_of(value)
    elif what is What.EXCUSE:
        course.policy.check_excuses({item: To(value)})
    elif what is What.POSTPONE and item not in names:
        raise CourseError(f"{item!r} is neither a component nor an item{near(item, names)}", key="postpone")
    elif what is What.NO_LATENESS and item and item not in works:
        raise CourseError(f"{item!r} is no assignment, so it is never late{near(item, works)}", key="no-lateness")
    elif what is What.SITTING:
        sittings = {name: [one.key for one in component.items] for name, component in components.items()
                    if component.combine is not Combine.MEAN and len(component.items) > 1}
        if value not in sittings.get(item, ()):
            known = [key for keys in sittings.values() for key in keys]
            raise CourseError(f"{value!r} is no sitting: sittings are the items of a component that takes the last or the best "
                              f"of several{near(value, known)}", key="sitting")


def item_and_value(course: Course, what: What, about: str, to: str = "") -> tuple[str, str]:
    """What a person says an arrangement is about, as the line says it: a kind and a sitting are values, and a sitting is about
    its component. `to` says who takes the weight of what is excused."""
    match what:
        case What.KIND:
            return "", about
        case What.SITTING:
            owners = [component.id for component in course.components if about in {item.key for item in component.items}]
            return (owners or [about])[0], about
        case What.EXCUSE:
            return about, to or "exam"
        case _:
            return about, ""


def check_excuses(course: Course, arrangements: Iterable[Arrangement]) -> None:
    """CourseError when nothing would be left to carry the weight of all that one student is excused from."""
    course.policy.check_excuses({a.item: To(a.value) for a in arrangements if a.what is What.EXCUSE})


def called(course: Course, name: str, titles: Mapping[str, str]) -> str:
    """A component, item or assignment as people call it; `titles` are those of assignments."""
    known = {component.id: component.title for component in course.components} | dict(titles)
    known |= {external.id: external.title for external in course.externals}
    known |= {project.id: project.title for project in course.projects}
    return known.get(name, name)


def granted(course: Course, arrangement: Arrangement, titles: Mapping[str, str]) -> Text:
    """What was arranged, in words; CourseError when it fits nothing in the course."""
    said = _said(course, arrangement, called(course, arrangement.item, titles), called(course, arrangement.value, titles))
    if arrangement.expires is None:
        return said
    return text("{granted}, until {when}", granted=said, when=_local(course, arrangement.expires))


def _said(course: Course, arrangement: Arrangement, item: Sayable, value: Sayable) -> Text:
    match arrangement.what:
        case What.KIND:
            return text("the pass mark is {mark} ({kind})", mark=_plain(course, arrangement.value), kind=value)
        case What.EXCUSE if arrangement.value == "rest":
            return text("{item} is excused, and its weight goes to the rest", item=item)
        case What.EXCUSE:
            return text("{item} is excused, and its weight goes to the exam", item=item)
        case What.POSTPONE:
            return text("the mark of {item} comes later", item=item)
        case What.SITTING:
            return text("of the sittings of {component} only {item} counts", component=item, item=value)
        case What.NO_LATENESS if arrangement.item:
            return text("being late costs nothing in {item}", item=item)
        case What.NO_LATENESS:
            return text("being late costs nothing in any assignment")


def _plain(course: Course, kind: str) -> str:
    return f"{float(course.policy.pass_mark_of(kind)):g}"


def _local(course: Course, instant: datetime) -> str:
    return f"{instant.astimezone(course.zone):%Y-%m-%d %H:%M}"
