"""Charts: a small pandas frame and words in, an Altair chart out.

Each chart has one named selection, `slice`, whose fields are columns of the frame, so that a click says which mentions
are meant. Buckets of time are the measures' strings: `2025-01-14`, `2025-01-14T05:00` an hour, `2025-01` a month.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import altair as alt
import pandas as pd

from tingfeng.dashboard import colours, figures
from tingfeng.dashboard.words import Words
from tingfeng.insights.formulas import FEW

SLICE: Final = "slice"
HEIGHT: Final = 260


def volume(
    frame: pd.DataFrame, by: str, names: Mapping[str, str], palette: Mapping[str, str], words: Words
) -> alt.Chart:
    """Mentions a bucket of time, stacked by the column `by`; `palette` is ordered, largest first."""
    data = _timed(frame)
    data["series"] = data[by].map(names)
    coloured = [name for name in palette if palette[name] != colours.rest()]
    grey = [name for name in palette if name not in coloured]
    domain = [names[name] for name in [*coloured, *grey]]
    scale = alt.Scale(domain=domain, range=[palette[name] for name in [*coloured, *grey]])
    data["rank"] = data[by].map({name: place for place, name in enumerate([*coloured, *grey])})
    chart: alt.Chart = (
        alt.Chart(data)
        .mark_bar(cursor="pointer", binSpacing=_gap(data))
        .encode(
            x=_time_axis(data, words),
            y=alt.Y("mentions:Q", title=None, axis=_count_axis(words), stack="zero"),
            color=alt.Color("series:N", scale=scale, legend=_legend()),
            order=alt.Order("rank:Q"),
            tooltip=[
                _day_tip(words),
                alt.Tooltip("series:N", title=words(f"by.{by}")),
                alt.Tooltip("mentions:Q", title=words("measure.mentions"), format=","),
            ],
        )
        .add_params(alt.selection_point(name=SLICE, fields=["date", by]))
        .properties(height=HEIGHT)
    )
    return chart


def labels(frame: pd.DataFrame, words: Words) -> alt.Chart:
    """Positive, neutral and negative mentions a bucket of time, stacked."""
    data = _long(_timed(frame), words, ["date", "moment"])
    chart: alt.Chart = (
        alt.Chart(data)
        .mark_bar(cursor="pointer", binSpacing=_gap(data))
        .encode(
            x=_time_axis(data, words),
            y=alt.Y("mentions:Q", title=None, axis=_count_axis(words), stack="zero"),
            color=_label_colour(words),
            order=alt.Order("rank:Q"),
            tooltip=[_day_tip(words), *_label_tips(words)],
        )
        .add_params(alt.selection_point(name=SLICE, fields=["date", "label"]))
        .properties(height=HEIGHT)
    )
    return chart


def net(frame: pd.DataFrame, words: Words) -> alt.LayerChart:
    """Net sentiment a bucket of time as a line from -100 to 100, with its 95% band; small n are hollow points."""
    colour = colours.accent()
    data = _timed(frame.dropna(subset=["net"]))
    data["n"] = data[["positive", "neutral", "negative"]].sum(axis="columns")
    data["few"] = data["n"] < FEW
    for name in ("net", "low", "high"):
        data[name] = data[name] * 100
        # What rests on few mentions jumps about: it is shown, but joined to nothing.
        data[f"sure_{name}"] = data[name].where(~data["few"] | bool(data["few"].all()))
    base = alt.Chart(data).encode(x=_time_axis(data, words))
    axis = alt.Axis(labelExpr="(datum.value > 0 ? '+' : '') + format(datum.value, 'd')", tickCount=5, grid=True)
    y = alt.Y("net:Q", title=None, axis=axis, scale=alt.Scale(domain=_reach(data), nice=True, clamp=True))
    band = base.mark_area(color=colour, opacity=0.16).encode(y=alt.Y("sure_low:Q", title=None), y2="sure_high:Q")
    line = base.mark_line(color=colour, strokeWidth=2).encode(y=alt.Y("sure_net:Q", title=None))
    points = base.mark_point(color=colour, size=46, cursor="pointer", strokeWidth=2).encode(
        y=y,
        fill=alt.condition("datum.few", alt.value("transparent"), alt.value(colour)),
        tooltip=[
            _day_tip(words),
            alt.Tooltip("net:Q", title=words("measure.net"), format="+.0f"),
            alt.Tooltip("low:Q", title=words("measure.low"), format="+.0f"),
            alt.Tooltip("high:Q", title=words("measure.high"), format="+.0f"),
            alt.Tooltip("n:Q", title=words("measure.labelled"), format=","),
        ],
    )
    zero = alt.Chart(pd.DataFrame({"y": [0]})).mark_rule(color=colours.rest(), strokeWidth=1).encode(y="y:Q")
    chosen = alt.selection_point(name=SLICE, fields=["date"])
    layered: alt.LayerChart = (zero + band + line + points.add_params(chosen)).properties(height=HEIGHT)
    return layered


def shares(frame: pd.DataFrame, palette: Mapping[str, str], words: Words) -> alt.LayerChart:
    """Share of voice: a bar a subject, with its share and the change in points written beside it."""
    data = frame.copy()
    pairs = zip(data["share"], data["previous_share"], strict=True)
    data["written"] = [f"{figures.percent(share)}{_change(share, before)}" for share, before in pairs]
    data["before"] = [figures.percent(value) for value in data["previous_share"]]
    scale = alt.Scale(domain=list(palette), range=list(palette.values()))
    widest = float(data["share"].max()) if len(data) else 1.0
    base = alt.Chart(data).encode(
        y=alt.Y("subject:N", title=None, sort=list(data["subject"]), axis=_name_axis()),
        x=alt.X("share:Q", title=None, axis=None, scale=alt.Scale(domain=[0, widest * 1.35 or 1])),
        tooltip=[
            alt.Tooltip("subject:N", title=words("by.subject")),
            alt.Tooltip("mentions:Q", title=words("measure.mentions"), format=","),
            alt.Tooltip("share:Q", title=words("measure.share"), format=".1%"),
            alt.Tooltip("before:N", title=words("measure.previous_share")),
        ],
    )
    bars = base.mark_bar(cursor="pointer", cornerRadiusEnd=2).encode(
        color=alt.Color("subject:N", scale=scale, legend=None)
    )
    texts = base.mark_text(align="left", dx=6, fontWeight=600, color=_ink()).encode(text="written:N")
    chosen = alt.selection_point(name=SLICE, fields=["subject"])
    layered: alt.LayerChart = (bars.add_params(chosen) + texts).properties(height=_rows(data))
    return layered


def subject_labels(frame: pd.DataFrame, order: Sequence[str], words: Words) -> alt.LayerChart:
    """How each subject is meant: labels as parts of a whole, beside them net sentiment, or n where that is too few."""
    data = _long(frame, words, ["subject", "net"])
    sizes = frame[list(colours.of_labels())].sum(axis="columns")
    written = [
        figures.index(net) if n >= FEW else words("chart.few", n=int(n))
        for net, n in zip(frame["net"], sizes, strict=True)
    ]
    nets = frame.assign(written=written)
    y = alt.Y("subject:N", title=None, sort=list(order), axis=_name_axis())
    bars = (
        alt.Chart(data)
        .mark_bar(cursor="pointer")
        .encode(
            y=y,
            x=alt.X("part:Q", title=None, axis=None, scale=alt.Scale(domain=[0, 1.14])),
            color=_label_colour(words),
            order=alt.Order("rank:Q"),
            tooltip=[alt.Tooltip("subject:N", title=words("by.subject")), *_label_tips(words)],
        )
        .add_params(alt.selection_point(name=SLICE, fields=["subject", "label"]))
    )
    texts = (
        alt.Chart(nets)
        .mark_text(align="left", dx=6, fontWeight=600, color=_ink())
        .encode(y=y, x=alt.datum(1), text="written:N")
    )
    layered: alt.LayerChart = (bars + texts).properties(height=_rows(frame))
    return layered


def _ink() -> alt.ExprRef:
    """The colour of words, chosen where the picture is drawn: readers switch between light and dark at any time."""
    light, dark = colours.ink()
    return alt.ExprRef(f"luminance(background) > 0.5 ? '{light}' : '{dark}'")


def _timed(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(moment=pd.to_datetime(frame["date"]))


def _long(frame: pd.DataFrame, words: Words, kept: list[str]) -> pd.DataFrame:
    """A row a label from a row with three counts; `rank` stacks positive first, `part` is of the labelled ones."""
    order = list(colours.of_labels())
    long = frame.melt(id_vars=kept, value_vars=order, var_name="label", value_name="mentions")
    whole = long.groupby(kept[0])["mentions"].transform("sum")
    return long.assign(
        rank=long["label"].map(order.index),
        part=(long["mentions"] / whole.where(whole > 0)).fillna(0),
        written=long["label"].map(words.label),
    )


def _time_axis(data: pd.DataFrame, words: Words) -> alt.X:
    unit = _unit(data)
    formats: dict[str, str] = {
        "hours": words("chart.hour"),
        "date": words("chart.day"),
        "month": words("chart.month"),
    }
    axis = alt.Axis(format=formats[unit], labelAngle=0, grid=False, tickCount=7, labelOverlap="greedy", labelFlush=True)
    if unit == "date" and _days(data) < 8:
        axis.tickCount = {"interval": "day", "step": 1}
    time_unit: Any = {"hours": "yearmonthdatehours", "date": "yearmonthdate", "month": "yearmonth"}[unit]
    return alt.X("moment:T", timeUnit=time_unit, title=None, axis=axis)


def _gap(data: pd.DataFrame) -> float:
    """Pixels between bars; none where there are so many that the gaps would be all one sees."""
    return 1 if data["date"].nunique() <= 45 else 0


def _unit(data: pd.DataFrame) -> str:
    sample = str(data["date"].iloc[0]) if len(data) else "2025-01-01"
    return {7: "month", 10: "date"}.get(len(sample), "hours")


def _days(data: pd.DataFrame) -> int:
    return int((data["moment"].max() - data["moment"].min()).days) if len(data) else 0


def _count_axis(words: Words) -> alt.Axis:
    if words.language == "zh":
        expression = "datum.value >= 10000 ? format(datum.value / 10000, '~') + '万' : format(datum.value, ',')"
    else:
        expression = "datum.value >= 10000 ? format(datum.value / 1000, '~') + 'k' : format(datum.value, ',')"
    return alt.Axis(labelExpr=expression, tickCount=5, tickMinStep=1)


def _name_axis() -> alt.Axis:
    return alt.Axis(labelLimit=180, ticks=False, domain=False, labelPadding=8)


def _legend() -> alt.Legend:
    return alt.Legend(title="", orient="top", symbolType="square", labelLimit=160, columns=8, offset=4, padding=0)


def _label_colour(words: Words) -> alt.Color:
    fixed = colours.of_labels()
    scale = alt.Scale(domain=[words.label(label) for label in fixed], range=list(fixed.values()))
    return alt.Color("written:N", scale=scale, legend=_legend())


def _label_tips(words: Words) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("written:N", title=words("measure.label")),
        alt.Tooltip("mentions:Q", title=words("measure.mentions"), format=","),
        alt.Tooltip("part:Q", title=words("measure.part"), format=".0%"),
    ]


def _day_tip(words: Words) -> alt.Tooltip:
    return alt.Tooltip("date:N", title=words("by.date"))


def _reach(data: pd.DataFrame) -> list[float]:
    """The range of net sentiment to show: zero, and all that rests on enough mentions."""
    if data.empty:
        return [-100, 100]
    sure = data[~data["few"]] if (~data["few"]).any() else data
    low, high = min(sure["low"].min(), 0), max(sure["high"].max(), 0)
    return [max(-100.0, float(low)), min(100.0, float(high))]


def _rows(frame: pd.DataFrame) -> int:
    return 48 + 34 * max(len(frame), 1)


def _change(share: float, before: float | None) -> str:
    if before is None or figures.missing(before):
        return ""
    return f"  ({figures.points(share - before)})"
