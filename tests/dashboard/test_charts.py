import pandas as pd
import pytest

from tingfeng.dashboard import charts, colours, slices
from tingfeng.dashboard.address import Choice
from tingfeng.dashboard.words import words

EN, ZH = words("en"), words("zh")

VOLUME = pd.DataFrame(
    {"date": ["2025-01-13", "2025-01-13", "2025-01-14"], "platform": ["x", "weibo", "x"], "mentions": [5, 3, 2]}
)
SENTIMENT = pd.DataFrame({
    "date": ["2025-01-13", "2025-01-14", "2025-01-15"],
    "positive": [40, 1, 0],
    "neutral": [10, 0, 0],
    "negative": [10, 0, 0],
    "net": [0.5, 1.0, None],
    "low": [0.3, 0.2, None],
    "high": [0.7, 1.0, None],
})  # fmt: skip


def data(chart):
    spec = chart.to_dict()
    return next(iter(spec["datasets"].values()))


def params(spec):
    return [each["name"] for each in spec.get("params", [])]


def test_volume_is_stacked_in_the_platforms_colours_the_largest_first():
    palette = colours.of_series("platform", ["x", "weibo"])
    chart = charts.volume(VOLUME, "platform", {"x": "X", "weibo": "Weibo"}, palette, EN)
    spec = chart.to_dict()
    assert spec["encoding"]["color"]["scale"] == {"domain": ["X", "Weibo"], "range": list(palette.values())}
    assert params(spec) == [charts.SLICE]
    assert {(row["date"], row["platform"], row["mentions"]) for row in data(chart)} == {
        *[("2025-01-13", "x", 5), ("2025-01-13", "weibo", 3), ("2025-01-14", "x", 2)]
    }


def test_grey_series_come_last_and_keep_their_names():
    palette = {"a": colours.rest(), "b": "#0072B2"}
    frame = VOLUME.assign(platform=["a", "b", "a"])
    spec = charts.volume(frame, "platform", {"a": "A", "b": "B"}, palette, EN).to_dict()
    assert spec["encoding"]["color"]["scale"]["domain"] == ["B", "A"]


def test_labels_are_blue_grey_and_orange_and_positive_is_stacked_first():
    chart = charts.labels(SENTIMENT, ZH)
    scale = chart.to_dict()["encoding"]["color"]["scale"]
    assert dict(zip(scale["domain"], scale["range"], strict=True)) == {
        "正面": "#0072B2",
        "中性": "#9AA0A6",
        "负面": "#D55E00",
    }
    first = {row["label"]: (row["rank"], round(row["part"], 2)) for row in data(chart) if row["date"] == "2025-01-13"}
    assert first == {"positive": (0, 0.67), "neutral": (1, 0.17), "negative": (2, 0.17)}


def test_net_sentiment_joins_only_days_with_enough_mentions():
    chart = charts.net(SENTIMENT, EN)
    rows = max(chart.to_dict()["datasets"].values(), key=len)
    days = {row["date"]: (row["net"], row["sure_net"], row["few"]) for row in rows}
    assert days == {"2025-01-13": (50, 50, False), "2025-01-14": (100, None, True)}


def test_shares_say_their_change_in_points():
    frame = pd.DataFrame({
        "subject": ["Kova", "Bluepine"],
        "mentions": [6, 4],
        "share": [0.6, 0.4],
        "previous_share": [0.5, None],
    })  # fmt: skip
    chart = charts.shares(frame, {"Kova": "#0072B2", "Bluepine": "#E69F00"}, EN)
    assert [row["written"] for row in data(chart)] == ["60%  (+10)", "40%"]


def test_net_sentiment_of_few_mentions_is_not_written_beside_a_subject():
    frame = pd.DataFrame({
        "subject": ["Kova", "Kirsten"],
        "positive": [20, 0], "neutral": [10, 0], "negative": [0, 3], "net": [2 / 3, -1.0],
    })  # fmt: skip
    datasets = charts.subject_labels(frame, ["Kova", "Kirsten"], EN).to_dict()["datasets"].values()
    nets = min(datasets, key=len)
    assert [row["written"] for row in nets] == ["+67", "n = 3"]


@pytest.mark.parametrize(
    ("date", "unit"),
    [("2025-01-14T05:00", "yearmonthdatehours"), ("2025-01-14", "yearmonthdate"), ("2025-01", "yearmonth")],
)
def test_the_axis_follows_the_bucket(date, unit):
    frame = SENTIMENT.assign(date=[date] * 3)
    assert charts.labels(frame, EN).to_dict()["encoding"]["x"]["timeUnit"] == unit


def test_charts_of_nothing_can_be_drawn():
    charts.volume(VOLUME.head(0), "platform", {}, {}, EN).to_dict()
    charts.labels(SENTIMENT.head(0), EN).to_dict()
    charts.net(SENTIMENT.head(0), EN).to_dict()


def test_a_click_means_the_fields_of_its_mark():
    event = {"selection": {"slice": [{"date": "2025-01-14", "platform": "x"}]}}
    assert slices.picked(event) == {"date": "2025-01-14", "platform": "x"}
    assert slices.picked({"selection": {"slice": []}}) is None
    assert slices.picked({"selection": {}}) is None
    assert slices.picked(None) is None


def test_a_click_narrows_the_view_to_day_and_platform():
    narrow = slices.narrowed(Choice("Coffee", "30", labels=("negative",)), {"date": "2025-01-14", "platform": "x"})
    assert narrow == Choice("Coffee", "custom", "2025-01-14", "2025-01-15", platforms=("x",), labels=("negative",))
    assert slices.narrowed(Choice("Coffee"), {"subject": "Kova"}) == Choice("Coffee", subjects=("Kova",))


@pytest.mark.parametrize(
    ("date", "bucket", "span"),
    [
        ("2025-01-31", "day", ("2025-01-31", "2025-02-01")),
        ("2025-01-13", "week", ("2025-01-13", "2025-01-20")),
        ("2024-12", "month", ("2024-12-01", "2025-01-01")),
        ("2025-01-14T23:00", "hour", ("2025-01-14T23:00", "2025-01-15T00:00")),
    ],
)
def test_a_bucket_has_a_first_moment_and_an_end(date, bucket, span):
    assert slices.span(date, bucket) == span


def test_long_periods_are_drawn_in_larger_buckets():
    assert [slices.bucket_of(days) for days in (1, 4, 150, 151, 1001, None)] == [
        *["hour", "day", "day", "week", "month", "day"],
    ]


def test_words_in_a_picture_take_their_colour_from_the_ground_they_are_drawn_on():
    shares = pd.DataFrame({"subject": ["Kova"], "mentions": [6], "share": [1.0], "previous_share": [0.5]})
    nets = pd.DataFrame({"subject": ["Kova"], "positive": [20], "neutral": [10], "negative": [0], "net": [2 / 3]})
    for chart in (charts.shares(shares, {"Kova": "#0072B2"}, EN), charts.subject_labels(nets, ["Kova"], EN)):
        (color,) = [layer["mark"]["color"] for layer in chart.to_dict()["layer"] if layer["mark"]["type"] == "text"]
        assert color == {"expr": "luminance(background) > 0.5 ? '#1B2328' : '#E7ECEF'"}
