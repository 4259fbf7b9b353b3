"""Pictures: drawn to scale, readable without eyes, and never markup of others."""

from __future__ import annotations

import xml.etree.ElementTree as xml
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from autograder.plots import OVER, Bar, Span, columns, rows, spans

HOSTILE = "</svg><script>alert(1)</script>\"'&"


def drawn(plot: Callable[..., Markup], bars: list[Bar], **more: float) -> xml.Element:
    return xml.fromstring(plot(bars, name="plot", title=f"Scores {HOSTILE}", description="The table has the same.", **more))


@pytest.mark.parametrize("plot", [columns, rows])
@pytest.mark.parametrize("bars", [[], [Bar("a", 0.0)], [Bar(HOSTILE, 1.0, HOSTILE)]], ids=["none", "zero", "hostile"])
def test_a_picture_is_well_formed_titled_and_reads_left_to_right(plot: Callable[..., Markup], bars: list[Bar]) -> None:
    picture = drawn(plot, bars)
    title, about = picture.findall("title")[0], picture.findall("desc")[0]
    assert picture.get("role") == "img" and picture.get("direction") == "ltr"
    assert picture.get("aria-labelledby") == f"{title.get('id')} {about.get('id')}"
    assert title.text == f"Scores {HOSTILE}" and not list(picture.iter("script"))
    assert len(picture.findall("rect")) == len(bars)


def test_columns_are_as_high_as_their_values() -> None:
    heights = [float(rect.get("height", "")) for rect in drawn(columns, [Bar("a", 1), Bar("b", 2), Bar("c", 4, over=True)]).findall("rect")]
    assert heights[1] == pytest.approx(2 * heights[0], abs=0.2) and heights[2] == pytest.approx(4 * heights[0], abs=0.4)
    assert [rect.get("fill") == OVER for rect in drawn(columns, [Bar("a", 1), Bar("c", 4, over=True)]).findall("rect")] == [False, True]


def test_rows_go_from_zero_to_either_side() -> None:
    low, high = drawn(rows, [Bar("a", -0.5), Bar("b", 0.5, low=0.2, high=0.8)], least=-1.0).findall("rect")
    assert float(low.get("x", "")) + float(low.get("width", "")) == pytest.approx(float(high.get("x", "")), abs=0.2)
    assert low.get("width") == high.get("width")


@given(st.lists(st.floats(-1e6, 1e6), max_size=80))
def test_no_value_leaves_the_picture(values: list[float]) -> None:
    for rect in drawn(rows, [Bar("a", value) for value in values]).findall("rect"):
        assert float(rect.get("x", "")) >= 0 and float(rect.get("x", "")) + float(rect.get("width", "")) <= 720
    for rect in drawn(columns, [Bar("a", abs(value)) for value in values]).findall("rect"):
        assert float(rect.get("height", "")) >= 0 and float(rect.get("y", "")) >= 0


def test_spans_share_one_axis_and_go_on_in_the_other_colour() -> None:
    lasting = [Span("a", 0, 50, after=100, mark=25, said=HOSTILE), Span(HOSTILE, 50, 100)]
    picture = xml.fromstring(spans(lasting, [(50.0, "1.2."), (500.0, "far")], name="plot", title=HOSTILE, description="", now=50.0))
    after, first, second = ((float(rect.get("x", "")), float(rect.get("width", ""))) for rect in picture.findall("rect"))
    assert first[0] + first[1] == pytest.approx(after[0], abs=0.2) == pytest.approx(second[0], abs=0.2)
    assert first[1] == pytest.approx(second[1], abs=0.2) and second[0] + second[1] <= 720
    assert [rect.get("fill") == OVER for rect in picture.findall("rect")] == [True, False, False]
    said = [text.text for text in picture.findall("text")]
    assert "1.2." in said and "far" not in said and not list(picture.iter("script"))


@pytest.mark.parametrize("lasting", [[], [Span("a", 5.0, 5.0)], [Span("a", 1.0, 2.0, after=1.5, mark=9.0)]])
def test_spans_stay_in_the_picture(lasting: list[Span]) -> None:
    for rect in xml.fromstring(spans(lasting, [], name="plot", title="", description="")).findall("rect"):
        assert 200 <= float(rect.get("x", "")) <= 710 and 2 <= float(rect.get("width", "")) <= 510
