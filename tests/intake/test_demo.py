"""The story that the demo data tell."""

from datetime import date

import polars as pl
import pytest

from tingfeng.intake.demo import demo_batches
from tingfeng.mentions.ids import id_times, is_damaged
from tingfeng.mentions.record import KEY, SCHEMA
from tingfeng.watchlists import Matching, examples


@pytest.fixture(scope="module")
def story() -> pl.DataFrame:
    return pl.concat(demo_batches())


def shanghai_days(mentions: pl.DataFrame) -> pl.Series:
    return mentions["published_at"].dt.offset_by("8h").dt.date()


def test_its_size(story):
    assert story.height == 20_000
    assert story.schema == pl.Schema(SCHEMA)
    assert story.select(KEY).is_unique().all()
    assert story["platform"].n_unique() == 6
    assert (shanghai_days(story).max() - shanghai_days(story).min()).days in range(89, 93)


def test_the_same_seed_tells_the_same_story_and_another_one_does_not():
    first, again, other = (pl.concat(demo_batches(600, seed)) for seed in (1, 1, 2))
    assert first.equals(again)
    assert not first.equals(other)


def test_english_speakers_arrive_on_xiaohongshu_on_13_january(story):
    notes = story.filter((pl.col("platform") == "xiaohongshu") & ~pl.col("text").str.contains(r"[\x{4e00}-\x{9fff}]"))
    by_day = shanghai_days(notes).value_counts()
    before = by_day.filter(pl.col("published_at") < date(2025, 1, 13))["count"]
    assert by_day.sort("count")["published_at"][-1] == date(2025, 1, 13)
    assert by_day["count"].max() > 10 * before.max()


def test_ids_are_of_the_platforms_form_and_know_their_time(story):
    for (platform,), part in story.group_by("platform"):
        assert not is_damaged(str(platform), part["id"]).any()
        known = id_times(str(platform), part["id"])[0]
        assert known is None or abs((known - part["published_at"][0]).total_seconds()) < 5


def test_nobody_answers_a_post_that_is_not_yet_written(story):
    posts = story.select("platform", pl.col("id").alias("parent_id"), pl.col("published_at").alias("posted"))
    answers = story.join(posts, on=["platform", "parent_id"])
    assert answers.height > 5_000
    assert (answers["posted"] <= answers["published_at"]).all()


def test_its_watchlists_find_their_subjects(story):
    frame = story.with_columns(folded=pl.col("text").str.to_lowercase(), label=pl.lit(None), tags=pl.lit(None))
    found = Matching(examples()).match(frame)
    counts = dict(found.group_by("subject").len().iter_rows())
    assert set(counts) == {subject.name for watchlist in examples() for subject in watchlist.subjects}
    assert min(counts.values()) > 500
