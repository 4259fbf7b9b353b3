"""Small pictures of numbers as inline SVG, by functions from values to markup.

Each has a title and a description for those who do not see it, takes its colours from the page (`--bar` and `--over`, the text's own
for the rest), reads left to right in pages of any direction, and needs no script and no style of its own. What a picture shows stands in
a table beside it; a picture is never the only place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, isfinite, log10

from markupsafe import Markup, escape

WIDTH = 720
BAR, OVER = "var(--bar, #2b6cb0)", "var(--over, #b3541e)"
_HEIGHT, _TOP, _FOOT, _SIDE = 240, 12, 34, 46
_ROW, _NAMES = 24, 200


@dataclass(frozen=True)
class Bar:
    """One value of a picture. `over`: drawn in the other colour, such as what came late."""

    label: str
    value: float
    said: str = ""  # the value in words, at its end; of columns, when the pointer rests on it
    over: bool = False
    low: float | None = None  # an interval around the value
    high: float | None = None


@dataclass(frozen=True)
class Span:
    """Something that lasts, from one place of an axis to another."""

    label: str
    start: float
    end: float
    after: float | None = None  # until here it goes on in the other colour
    mark: float | None = None  # a line across it
    said: str = ""  # when the pointer rests on it


def columns(bars: Sequence[Bar], *, name: str, title: str, description: str) -> Markup:
    """Counts beside each other from left to right: a histogram, or a course of time. `name` is unique in the page."""
    top = _ceiling(max((bar.value for bar in bars), default=0.0))
    wide, high = WIDTH - _SIDE - 8, _HEIGHT - _TOP - _FOOT
    step = wide / max(len(bars), 1)
    every = max(ceil(len(bars) * 46 / wide), 1)  # labels need room
    drawn = [_tick(top * part, _TOP + high * (1 - part)) for part in (0, 0.5, 1) if part != 0.5 or top % 2 == 0]
    for number, bar in enumerate(bars):
        tall, left = high * bar.value / top, _SIDE + number * step
        drawn.append(
            Markup('<rect fill="{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"><title>{}</title></rect>').format(
                OVER if bar.over else BAR,
                left + step * 0.08,
                _TOP + high - tall,
                step * 0.84,
                tall,
                bar.said or f"{bar.label}: {bar.value:g}",
            )
        )
        if number % every == 0:
            drawn.append(_text(bar.label, left + step / 2, _HEIGHT - 12, "middle"))
    return _picture(drawn, _HEIGHT, name, title, description)


def rows(bars: Sequence[Bar], *, name: str, title: str, description: str, least: float = 0.0, most: float = 1.0) -> Markup:
    """Values under each other, each from zero to its place between `least` and `most`, with its words at the end of the row."""
    left, right = _NAMES, WIDTH - 130
    height = _ROW * len(bars) + 2 * _TOP

    def place(value: float) -> float:
        return left + (right - left) * (min(max(value, least), most) - least) / (most - least)

    zero = place(0.0)
    drawn = [_line(zero, zero, _TOP / 2, height - _TOP / 2)]
    for number, bar in enumerate(bars):
        middle = _TOP + _ROW * (number + 0.5)
        start, end = sorted((zero, place(bar.value)))
        drawn.append(_text(bar.label if len(bar.label) <= 30 else bar.label[:29] + "…", left - 8, middle + 4, "end"))
        drawn.append(
            Markup('<rect fill="{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{}"><title>{}</title></rect>').format(
                OVER if bar.over else BAR, start, middle - 7, end - start, 14, f"{bar.label}: {bar.said or format(bar.value, '.2g')}"
            )
        )
        if bar.low is not None and bar.high is not None:
            drawn.append(_line(place(bar.low), place(bar.high), middle, middle, 0.9))
        drawn.append(_text(bar.said, right + 8, middle + 4, "start"))
    return _picture(drawn, height, name, title, description)


def spans(
    found: Sequence[Span], ticks: Sequence[tuple[float, str]], *, name: str, title: str, description: str, now: float | None = None
) -> Markup:
    """Spans under each other over one axis, with words under some of its places; `now` is a strong line through all."""
    places = [place for one in found for place in (one.start, one.end, one.after, one.mark) if place is not None]
    low, high = min(places, default=0.0), max(places, default=1.0)
    left, right, top = _NAMES, WIDTH - 12, 8
    height = _ROW * len(found) + top + _FOOT

    def at(place: float) -> float:
        return left + (right - left) * (place - low) / ((high - low) or 1.0)

    drawn = []
    for place, said in ticks:
        if low <= place <= high:
            drawn.append(_line(at(place), at(place), top, height - _FOOT + 4))
            drawn.append(_text(said, at(place), height - 12, "middle"))
    bar = Markup('<rect fill="{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{}"><title>{}</title></rect>')
    for number, one in enumerate(found):
        middle = top + _ROW * (number + 0.5)
        drawn.append(_text(one.label if len(one.label) <= 30 else one.label[:29] + "…", left - 8, middle + 4, "end"))
        if one.after is not None and one.after > one.end:
            drawn.append(bar.format(OVER, at(one.end), middle - 3, at(one.after) - at(one.end), 6, one.said))
        drawn.append(bar.format(BAR, at(one.start), middle - 7, max(at(one.end) - at(one.start), 2.0), 14, one.said))
        if one.mark is not None:
            drawn.append(_line(at(one.mark), at(one.mark), middle - 10, middle + 10, 0.9))
    if now is not None and low <= now <= high:
        drawn.append(_line(at(now), at(now), top - 4, height - _FOOT + 4, 1.0))
    return _picture(drawn, height, name, title, description)


def _picture(drawn: Sequence[Markup], height: float, name: str, title: str, description: str) -> Markup:
    return Markup(
        '<svg class="plot" viewBox="0 0 {width} {height:.0f}" width="{width}" font-family="system-ui, sans-serif" direction="ltr" '
        'role="img" aria-labelledby="{name}-title {name}-about">'
        '<title id="{name}-title">{title}</title><desc id="{name}-about">{description}</desc>{drawn}</svg>'
    ).format(width=WIDTH, height=height, name=name, title=title, description=description, drawn=Markup("").join(drawn))


def _tick(value: float, y: float) -> Markup:
    return _line(_SIDE, WIDTH - 8, y, y) + _text(f"{value:g}", _SIDE - 6, y + 4, "end")


def _line(x1: float, x2: float, y1: float, y2: float, strength: float = 0.3) -> Markup:
    return Markup('<line stroke="currentColor" stroke-opacity="{}" x1="{:.1f}" x2="{:.1f}" y1="{:.1f}" y2="{:.1f}"/>').format(
        strength, x1, x2, y1, y2
    )


def _text(said: str, x: float, y: float, anchor: str) -> Markup:
    return Markup('<text x="{:.1f}" y="{:.1f}" text-anchor="{}" font-size="12" fill="currentColor">{}</text>').format(
        x, y, anchor, escape(said)
    )


def _ceiling(value: float) -> float:
    """The end of an axis: 1, 2, 4, 5 or 10 times a power of ten."""
    if not isfinite(value) or value <= 1:
        return 1.0
    power = 10.0 ** floor(log10(value))
    return next(power * step for step in (1, 2, 4, 5, 10) if power * step >= value)
