"""Real files of Meta, TikTok and LinkedIn, with what is known of them."""

import pytest

from listeners import Refused
from tests.listeners.conftest import hear
from tingfeng.mentions.record import Mark

pytestmark = pytest.mark.samples

#: path, format, kinds, how many, first and last published_at in UTC
KNOWN = [
    ("facebook/graph-feed-1.json", "facebook", {"post", "video"}, 5, "2021-06-30T21:21:18", "2021-07-09T19:09:52"),
    ("facebook/graph-comments-1.json", "facebook", {"comment"}, 10, "2021-08-10T18:45:03", "2021-08-12T18:30:51"),
    (
        "instagram/zeeschuimer-1.ndjson",
        "zeeschuimer_instagram",
        {"post", "video"},
        23,
        "2026-01-20T08:30:08",
        "2026-02-08T22:05:35",
    ),
    ("tiktok/tiktok-api-videos-1.json", "tiktok_web", {"video"}, 120, "2020-10-16T03:14:24", "2021-06-23T22:44:03"),
    ("tiktok/ytdlp-videos-1.csv", "tiktok_ytdlp", {"video"}, 10, "2024-08-05T19:18:00", "2024-10-14T18:49:32"),
    (
        "tiktok/apify-comments-1.json",
        "apify_tiktok_comments",
        {"comment"},
        500,
        "2025-05-24T06:17:54",
        "2025-05-25T06:13:40",
    ),
    (
        "tiktok/apify-comments-1.csv",
        "apify_tiktok_comments",
        {"comment"},
        879,
        "2025-03-03T11:21:45",
        "2025-12-07T22:53:53",
    ),
    (
        "linkedin/apify-posts-1.json",
        "apify_linkedin",
        {"post", "video"},
        80,
        "2025-11-14T14:19:58",
        "2025-11-15T13:46:34",
    ),
]


@pytest.mark.parametrize(("path", "name", "kinds", "read", "first", "last"), KNOWN)
def test_a_real_file_has_what_is_known_of_it(samples, path, name, kinds, read, first, last):
    heard = hear(samples / path)
    published = heard.mentions["published_at"]
    assert heard.reading.format == name
    assert (heard.read, heard.mentions["id"].n_unique(), heard.rejects) == (read, read, [])
    assert (published.min().isoformat(), published.max().isoformat()) == (first, last)
    assert set(heard.mentions["kind"]) == kinds


def test_a_tagged_picture_without_words_and_author_is_no_mention(samples):
    heard = hear(samples / "instagram/graph-tagged-1.json")
    assert (heard.reading.format, heard.mentions["id"].n_unique()) == ("instagram", 4)
    assert [reject.reason for reject in heard.rejects] == ["no text, title or author"]


def test_media_of_a_hashtag_have_neither_author_nor_time(samples):
    media = hear(samples / "instagram/graph-hashtag-1.json").mentions
    assert (media.height, media["id"].n_unique()) == (25, 25)
    assert media["published_at"].null_count() == media["author_handle"].null_count() == 25
    assert media["likes"].null_count() == 0


def test_an_error_of_metas_api_says_what_it_is(samples):
    with pytest.raises(Refused, match="Pages Public Content Access"):
        hear(samples / "facebook/graph-error-1.json")


def test_comments_of_facebook_are_known_by_their_addresses(samples):
    comments = hear(samples / "facebook/graph-comments-1.json").mentions
    assert set(comments["root_id"]) == {"10158407654328553"}
    assert comments["url"].str.ends_with(comments["id"]).all()


def test_hidden_likes_are_unknown(samples):
    assert hear(samples / "instagram/zeeschuimer-1.ndjson").mentions["likes"].null_count() == 4


def test_companies_and_people_of_linkedin_have_handles(samples):
    posts = hear(samples / "linkedin/apify-posts-1.json").mentions
    assert posts["author_handle"].null_count() == 0
    assert "company" not in posts["author_handle"].to_list()
    assert posts["author_id"].str.contains("^urn:li:company:").sum() == posts["author_followers"].count() == 12


def test_comments_belong_to_their_videos(samples):
    comments = hear(samples / "tiktok/apify-comments-1.csv").mentions
    assert comments["root_id"].str.contains("^[0-9]{19}$").all()
    assert (comments["id"] != comments["parent_id"]).all()


def test_days_without_a_time_are_made_exact_by_the_id(samples):
    videos = hear(samples / "tiktok/ytdlp-videos-1.csv").mentions
    assert set(videos["marks"]) == {Mark.TIME_FROM_ID}
    assert set(videos["author_handle"]) == {"joolieannie"}
