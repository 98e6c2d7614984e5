"""Answers of Meta, TikTok and LinkedIn that hold no mentions, and what tells their formats apart."""

import json
from pathlib import Path

import pytest

from listeners import NotRecognised, Refused
from listeners.formats.linkedin import little_text
from tests.listeners.conftest import hear
from tests.listeners.test_reading import workbook


def saved(folder: Path, document: object) -> Path:
    path = folder / "a.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


EXPIRED = {
    "message": "Malformed access token EAAGsecretsecretsecretsecret",
    "type": "OAuthException",
    "code": 190,
}
EMPTY = "this page of the {} API is empty"


@pytest.mark.parametrize(
    ("document", "name", "reason"),
    [
        ({"error": EXPIRED}, "facebook", "Meta's Graph API answered with an error: Malformed access token [token]"),
        ({"data": [], "paging": {}}, "facebook", "this page of Meta's Graph API is empty"),
        (
            {"error": {"code": "access_token_invalid", "message": "no such token", "log_id": "2"}},
            "tiktok",
            "the TikTok API answered with an error: no such token",
        ),
        ({"data": {"videos": [], "has_more": False}, "error": {"code": "ok"}}, "tiktok", EMPTY.format("TikTok")),
        ({"elements": [], "paging": {"start": 0}}, "linkedin", EMPTY.format("LinkedIn")),
        (
            {"status": 403, "serviceErrorCode": 100, "message": "Not enough permissions"},
            "linkedin",
            "the LinkedIn API answered with an error: Not enough permissions",
        ),
    ],
)
def test_what_holds_no_mentions_says_so(tmp_path, document, name, reason):
    with pytest.raises(Refused) as caught:
        hear(saved(tmp_path, document))
    assert (caught.value.format, caught.value.what) == (name, reason)


MEDIUM = {"id": "18088158883140001", "media_type": "IMAGE", "timestamp": "2025-01-14T03:00:00+0000", "username": "mia"}


@pytest.mark.parametrize(
    ("item", "name"),
    [
        (MEDIUM | {"caption": "a", "permalink": "https://www.instagram.com/p/B8goRvrKOVA/"}, "instagram"),
        (MEDIUM | {"text": "a", "permalink": "https://www.threads.net/@mia/post/B8goRvrKOVA"}, "threads"),
        ({"id": "1_2", "message": "a", "created_time": "2025-01-14T03:00:00+0000"}, "facebook"),
    ],
)
def test_the_platforms_of_meta_are_told_apart(tmp_path, item, name):
    for document in (item, [item], {"data": [item]}):
        assert hear(saved(tmp_path, document)).reading.format == name


def test_comments_of_instagram_may_say_no_more_than_words(tmp_path):
    comment = {"id": "17900000000000001", "text": "so pretty", "timestamp": "2025-01-14T03:00:00+0000"}
    heard = hear(saved(tmp_path, {"data": [comment]}))
    assert (heard.reading.format, heard.mentions["kind"].to_list()) == ("instagram", ["comment"])
    assert hear(saved(tmp_path, [comment]), platform="web").reading.format == "table"


def test_an_advertisement_on_instagram_is_no_mention(tmp_path):
    link = "https://www.instagram.com/p/B8goRvrKOVA/"
    media = [MEDIUM | {"caption": "a", "permalink": link, "media_product_type": kind} for kind in ("FEED", "AD")]
    heard = hear(saved(tmp_path, {"data": media}))
    assert heard.mentions.height == 1
    assert [reject.reason for reject in heard.rejects] == ["an advertisement"]


def test_a_list_of_links_is_no_list_of_mentions(tmp_path):
    path = tmp_path / "a.csv"
    rows = [f"https://www.tiktok.com/@kova/video/74256468196794893{n},53.3M,@kova" for n in range(10, 20)]
    path.write_text("\n".join(["link,video_count,handle", *rows]), encoding="utf-8")
    with pytest.raises(Refused, match="a list of links: it has no texts, titles or dates"):
        hear(path)


def test_a_list_of_videos_of_another_site_is_not_tiktoks(tmp_path):
    path = tmp_path / "a.csv"
    header = "title,view_count,upload_date,repost_count,video_url"
    path.write_text(
        f"{header}\nKova cream,9,20250114,1,https://x.com/kova/status/1879000483230646273\n", encoding="utf-8"
    )
    assert set(hear(path).mentions["platform"]) == {"x"}


def test_figures_of_days_beside_the_posts_of_a_page_are_said_to_be_left_out(tmp_path):
    link = "https://www.linkedin.com/feed/update/urn:li:activity:7284766172774400001"
    metrics = [
        ["About"],
        ["Date", "Impressions (organic)", "Clicks (organic)", "Reactions (organic)"],
        ["1/14/2025", 9, 1, 0],
    ]
    posts = [
        ["About"],
        ["Post title", "Post link", "Created date", "Impressions"],
        ["Kova is new", link, "01/14/2025", 9],
    ]
    heard = hear(workbook(tmp_path / "a.xlsx", {"Metrics": metrics, "All posts": posts}))
    assert (heard.reading.format, heard.mentions["text"].to_list()) == ("linkedin_page", ["Kova is new"])
    assert [reject.reason for reject in heard.rejects] == ["the sheet 'Metrics' has no known columns"]


@pytest.mark.parametrize("platform", ["facebook.com", "gab.com"])
def test_lines_of_zeeschuimer_whose_objects_are_not_known_are_named(tmp_path, platform):
    line = {"item_id": "1", "timestamp_collected": 1736910000000, "source_platform": platform, "data": {"id": "1"}}
    with pytest.raises(NotRecognised) as caught:
        hear(saved(tmp_path, line))
    assert caught.value.guess == "an export of the browser extension Zeeschuimer"


@pytest.mark.parametrize(
    ("written", "words"),
    [
        (r"New \(and better\): {hashtag|\#|Kova}", "New (and better): #Kova"),
        (r"thanks @[Mia \(R\)](urn:li:person:abc), a\_b", "thanks @Mia (R), a_b"),
        (r"{hashtag|#|tea} 5 \* 6 \< 40 \\ end!", "#tea 5 * 6 < 40 \\ end!"),
        ("C:\\new", "C:\\new"),
    ],
)
def test_little_text_is_read_as_people_see_it(written, words):
    assert little_text(written) == words
