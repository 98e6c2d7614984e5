"""Ids: the time inside, damage, the zone they betray, and keys of what has none."""

import re
from datetime import datetime, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tingfeng.mentions.ids import content_key, find_zone, id_times, is_damaged, rounded, with_content_keys
from tingfeng.mentions.record import SCHEMA, Mark

WHEN = datetime(2025, 1, 14, 3, 30, 5)
SECONDS = st.integers(1_300_000_000, 1_900_000_000)


def id_time(platform: str, key: str) -> datetime | None:
    time: datetime | None = id_times(platform, pl.Series([key]))[0]
    return time


def epoch(time: datetime) -> int:
    return int((time - datetime(1970, 1, 1)) / timedelta(seconds=1))


def made_at(platform: str, second: int) -> str:
    """An id as the platform would give it at `second`."""
    return {
        "xiaohongshu": lambda: f"{second:08x}000000000200254a",
        "douyin": lambda: str((second << 32) + 77),
        "tiktok": lambda: str((second << 32) + 77),
        "weibo": lambda: str(((second - 515483463) << 22) + 5),
        "x": lambda: str(((second * 1000 - 1288834974657) << 22) + 5),
        "instagram": lambda: f"{((second * 1000 - 1314220021721) << 23) + 5}_44",
        "linkedin": lambda: f"urn:li:activity:{(second * 1000 << 22) + 5}",
        "mastodon": lambda: str((second * 1000 << 16) + 5),
        "bluesky": lambda: f"at://did:plc:abc/app.bsky.feed.post/{_tid(second * 1_000_000)}",
    }[platform]()


def _tid(microseconds: int) -> str:
    alphabet, number, key = "234567abcdefghijklmnopqrstuvwxyz", microseconds << 10, ""
    for _ in range(13):
        number, digit = divmod(number, 32)
        key = alphabet[digit] + key
    return key


def test_the_ids_of_metas_api_tell_no_time():
    assert id_time("instagram", "17892354025952911") is None


PLATFORMS = ("xiaohongshu", "douyin", "tiktok", "weibo", "x", "instagram", "linkedin", "mastodon", "bluesky")


@pytest.mark.parametrize("platform", PLATFORMS)
def test_an_id_tells_the_second_in_which_it_was_made(platform):
    assert id_time(platform, made_at(platform, epoch(WHEN))) == WHEN


@given(st.sampled_from(PLATFORMS), st.integers(1_400_000_000, 1_900_000_000))
def test_every_second_comes_back(platform, second):
    assert id_time(platform, made_at(platform, second)) == datetime(1970, 1, 1) + timedelta(seconds=second)


@pytest.mark.parametrize(
    ("platform", "damaged"),
    [
        ("bilibili", "114533809002433"),
        ("nowhere", "1"),
        ("xiaohongshu", "6.85E+103"),
        ("xiaohongshu", "67d0f912"),
        ("douyin", "6.95352211138206e+18"),
        ("weibo", "12"),
        ("xiaohongshu", "ffffffff0000000002002545"),
        ("tiktok", ""),
    ],
)
def test_other_ids_tell_no_time(platform, damaged):
    assert id_time(platform, damaged) is None


def test_damaged_ids_are_known_by_their_pattern():
    xhs = pl.Series(["67d0f912000000001501614f", "6.85E+103", "6.84E+23", "abc", None])
    assert is_damaged("xiaohongshu", xhs).to_list() == [False, True, True, True, None]
    assert is_damaged("douyin", pl.Series(["6.95352211138206e+18", "7512345678901234567"])).to_list() == [True, False]
    assert is_damaged("bilibili", pl.Series(["2.6E+11", "262233654001", "av12"])).to_list() == [True, False, False]


@pytest.mark.parametrize(
    ("hours", "name"),
    [(8, "Asia/Shanghai"), (7, "Asia/Ho_Chi_Minh"), (0, "UTC"), (-4, "-04:00"), (5.75, "+05:45"), (9, "+09:00")],
)
def test_the_zone_is_the_median_distance_to_the_ids(hours, name):
    seconds = [1_736_800_000 + 977 * row for row in range(11)]
    ids = pl.Series([made_at("xiaohongshu", second) for second in seconds])
    late = [0] * 8 + [9 * 3600, 60 * 3600, 31 * 3600]
    written = [
        datetime(1970, 1, 1) + timedelta(seconds=second + more, hours=hours)
        for second, more in zip(seconds, late, strict=True)
    ]
    assert find_zone("xiaohongshu", ids, pl.Series(written)) == name


def test_no_zone_is_found_where_ids_tell_nothing_or_disagree():
    written = pl.Series([WHEN + timedelta(hours=hour * 3) for hour in range(4)])
    assert find_zone("bilibili", pl.Series(["1", "2", "3", "4"]), written) is None
    assert find_zone("xiaohongshu", pl.Series([made_at("xiaohongshu", epoch(WHEN))] * 4), written) is None


@given(SECONDS, st.integers(-48, 56))
def test_any_quarter_hour_is_found(second, quarters):
    offset = timedelta(minutes=15 * quarters)
    ids = pl.Series([made_at("weibo", second)])
    found = find_zone("weibo", ids, pl.Series([datetime(1970, 1, 1) + timedelta(seconds=second) + offset]))
    if found in {"UTC", "Asia/Ho_Chi_Minh", "Asia/Shanghai"}:
        assert quarters == {"UTC": 0, "Asia/Ho_Chi_Minh": 28, "Asia/Shanghai": 32}[found]
    else:
        sign = -1 if found[0] == "-" else 1
        assert sign * (int(found[1:3]) * 4 + int(found[4:]) // 15) == quarters


def test_a_content_key_depends_on_each_part():
    key = content_key("douyin", "华", WHEN, "好")
    assert re.fullmatch(r"h-[0-9a-f]{16}", key)
    others = [
        content_key("tiktok", "华", WHEN, "好"),
        content_key("douyin", None, WHEN, "好"),
        content_key("douyin", "华", None, "好"),
        content_key("douyin", "华", WHEN, None),
    ]
    assert len({key, *others}) == 5
    assert content_key("douyin", "华", WHEN, "好") == key


def test_only_mentions_of_a_platform_without_an_id_get_keys_from_their_content():
    said = [
        {"platform": "x", "id": "12", "text": "a"},
        {
            "platform": "x",
            "author_name": "ann",
            "author_handle": "ann1",
            "published_at": WHEN,
            "title": "b",
            "marks": 4,
        },
        {"platform": "web", "author_id": "7", "author_name": "bob", "title": "b", "text": "c"},
        {"text": "d"},
    ]
    frame = pl.DataFrame([{"marks": 0} | row for row in said], schema=SCHEMA)
    keyed = with_content_keys(frame)
    keys = ["12", content_key("x", "ann1", WHEN, "b"), content_key("web", "7", None, "c"), None]
    assert keyed["id"].to_list() == keys
    assert keyed["marks"].to_list() == [0, 4 | Mark.ID_FROM_CONTENT, Mark.ID_FROM_CONTENT, 0]
    assert keyed.drop("id", "marks").equals(frame.drop("id", "marks"))


def test_numbers_that_a_spreadsheet_shortened_are_told_from_ids():
    ids = pl.Series(["6.95E+18", "7e+5", "6953522111382064397", "e+18", "1.5", None])
    assert rounded(ids).to_list() == [True, True, False, False, False, None]


def test_a_column_of_ids_keeps_its_length_and_name():
    times = id_times("weibo", pl.Series("id", ["5150678952972825", None, "x"]))
    assert (times.name, len(times), times.null_count()) == ("id", 3, 2)
    assert times[0] == datetime(2025, 4, 1, 9, 50, 20)
