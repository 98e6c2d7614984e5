"""Real answers of networks and real feeds, with the counts that are known of them."""

from collections import Counter

import pytest
from polars.testing import assert_frame_equal

from listeners.contract import LINE
from tests.listeners.conftest import hear

#: path, format, read, distinct ids, rejected, first and last published_at in UTC
KNOWN = [
    ("x/v2-recent-search-1.jsonl", "x", 100, 100, 0, "2021-04-08T19:31:31", "2021-04-08T19:34:16"),
    ("x/v2-flat-1.jsonl", "x", 100, 100, 0, "2021-04-08T19:31:31", "2021-04-08T19:34:16"),
    ("x/v2-stream-with-error-1.jsonl", "x", 8, 7, 1, "2021-04-01T15:52:31", "2021-04-01T15:54:16"),
    ("x/v2-edited-1.jsonl", "x", 1, 1, 0, "2022-10-03T17:57:11", "2022-10-03T17:57:11"),
    ("reddit/listing-search-1.json", "reddit", 6, 6, 0, "2013-11-18T10:25:49", "2016-03-17T13:33:54"),
    ("reddit/listing-comments-1.json", "reddit", 100, 100, 0, "2016-07-04T00:03:54", "2016-07-04T00:04:50"),
    ("reddit/listing-new-1.json", "reddit", 100, 100, 0, "2016-07-17T01:47:39", "2016-07-17T15:00:35"),
    ("bluesky/thread-view-post-1.json", "bluesky", 1, 1, 0, "2023-09-28T12:49:36", "2023-09-28T12:49:36"),
    ("mastodon/search-1.json", "mastodon", 2, 2, 0, "2026-04-11T21:06:15", "2026-04-11T21:16:53"),
    ("mastodon/timeline-1.json", "mastodon", 5, 5, 0, "2026-08-01T13:52:33", "2026-08-01T13:52:34"),
    ("mastodon/timeline-2.json", "mastodon", 5, 5, 0, "2026-08-01T13:52:33", "2026-08-01T13:52:33"),
    ("news/google-alerts-1.xml", "rss", 20, 20, 0, "2019-07-09T23:59:57", "2019-07-10T11:53:37"),
    ("news/techcrunch-1.xml", "rss", 20, 20, 0, "2011-11-02T12:34:07", "2011-11-02T17:25:27"),
    ("news/huffpost-1.xml", "rss", 2, 2, 0, "2017-10-17T21:38:00", "2017-10-17T22:17:00"),
    ("news/rss-with-comments-1.xml", "rss", 30, 30, 0, "2022-04-03T02:07:52", "2022-04-06T22:12:03"),
    ("news/duplicates-1.xml", "rss", 10, 10, 0, "2014-05-13T12:28:42", "2014-07-21T19:14:39"),
    ("news/bad-date-1.xml", "rss", 2, 2, 0, "2017-10-16T15:10:00", "2017-10-17T12:17:00"),
    ("news/json-feed-1.json", "rss", 20, 20, 0, "2017-03-25T18:55:21", "2017-06-03T05:05:47"),
    ("news/youtube-channel-1.xml", "youtube_feed", 15, 15, 0, "2014-11-11T17:25:52", "2015-05-04T00:01:27"),
]

pytestmark = pytest.mark.samples


@pytest.mark.parametrize(("path", "name", "read", "ids", "rejected", "first", "last"), KNOWN)
def test_a_real_answer_has_what_is_known_of_it(samples, path, name, read, ids, rejected, first, last):
    heard = hear(samples / path)
    published = heard.mentions["published_at"]
    assert heard.reading.format == name
    assert (heard.read, heard.mentions["id"].n_unique(), len(heard.rejects)) == (read, ids, rejected)
    assert (published.min().isoformat(), published.max().isoformat()) == (first, last)
    assert heard.mentions["url"].null_count() == published.null_count() == 0


def test_pages_and_flattened_lines_of_x_are_the_same_mentions(samples):
    pages, lines = (hear(samples / f"x/v2-{name}-1.jsonl").mentions.drop(LINE) for name in ("recent-search", "flat"))
    assert_frame_equal(pages, lines)
    assert Counter(pages["kind"]) == {"repost": 47, "comment": 31, "post": 22}
    assert not pages["text"].str.starts_with("RT @").any()
    assert pages["author_handle"].null_count() == 0


def test_alerts_lead_to_the_articles_themselves(samples):
    mentions = hear(samples / "news/google-alerts-1.xml").mentions
    assert not mentions["url"].str.contains("google").any()
    assert not mentions["title"].str.contains("<b>").any()
