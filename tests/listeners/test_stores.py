"""Reviews of apps: what stores answer besides reviews, and where the app is found."""

import json

import pytest

from listeners import Refused
from tests.listeners.conftest import FIXTURES, hear
from tingfeng.home import config

UNAUTHORIZED = {"id": "1", "status": "401", "code": "NOT_AUTHORIZED", "title": "No.", "detail": "Token expired."}


@pytest.mark.parametrize(
    ("document", "format_", "said"),
    [
        (
            {"errors": [UNAUTHORIZED]},
            "appstore_connect",
            "App Store Connect answered with an error: No. Token expired.",
        ),
        (
            {"error": {"code": 403, "message": "no access", "errors": [{"domain": "androidpublisher", "reason": "x"}]}},
            "googleplay",
            "the Google Play API answered with an error: no access",
        ),
    ],
)
def test_errors_are_refused_in_their_own_words(tmp_path, document, format_, said):
    (tmp_path / "a.json").write_text(json.dumps(document))
    with pytest.raises(Refused) as caught:
        hear(tmp_path / "a.json")
    assert (caught.value.format, caught.value.what) == (format_, said)


def test_a_page_behind_the_last_one_is_refused(tmp_path):
    (tmp_path / "a.json").write_text("CustomerReviews RSS page depth is limited to 10")
    with pytest.raises(Refused) as caught:
        hear(tmp_path / "a.json")
    assert caught.value.format == "appstore"


SELF = "https://api.appstoreconnect.apple.com/v1/apps/741292507/customerReviews"
FEED = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><id>https://itunes.apple.com/us/rss/customerreviews/id=1/xml</id></feed>'
)


@pytest.mark.parametrize(
    ("text", "format_"),
    [(json.dumps({"data": [], "links": {"self": SELF}}), "appstore_connect"), (f"\n{FEED}", "appstore")],
)
def test_an_answer_without_reviews_is_known(tmp_path, text, format_):
    (tmp_path / "a.txt").write_text(text)
    heard = hear(tmp_path / "a.txt")
    assert (heard.reading.format, heard.read) == (format_, 0)


def test_what_a_feed_does_not_say_of_the_app_its_files_name_says(tmp_path):
    document = json.loads((FIXTURES / "appstore" / "one.json").read_text())
    del document["feed"]["entry"]["link"], document["feed"]["link"], document["feed"]["id"]
    for name, app in (("741292507_gb_1.json", "741292507"), ("page-1.json", None)):
        (tmp_path / name).write_text(json.dumps(document))
        found = hear(tmp_path / name).mentions
        assert found.select("parent_id", "root_id", "region").rows() == [(app, app, None)]


def test_a_feed_that_was_cut_off_is_read_as_far_as_it_goes(tmp_path):
    text = (FIXTURES / "appstore" / "reviews.xml").read_text()
    (tmp_path / "a.xml").write_text(text[: text.index("<title>meh")])
    found = hear(tmp_path / "a.xml").mentions
    assert found["id"].to_list() == ["12170001001"]


def test_lists_of_scraped_reviews_are_read_without_their_envelope(tmp_path):
    records = json.loads((FIXTURES / "googleplay" / "scraper.json").read_text())["results"][:2]
    for text in (json.dumps(records), "\n".join(map(json.dumps, records))):
        (tmp_path / "a.json").write_text(text)
        heard = hear(tmp_path / "a.json")
        assert (heard.reading.format, heard.mentions["id"].to_list()) == ("googleplay", ["gp:AOq0001", "gp:AOq0002"])


def test_what_the_developer_said_is_no_mention():
    for path in sorted((FIXTURES / "googleplay").glob("*.*")):
        if not path.name.endswith(".expected.json"):
            assert not hear(path).mentions["text"].str.contains("Thank|Hello").any()


def test_territories_are_letters():
    assert all(len(long) == 3 and len(short) == 2 for long, short in config("territories").items())
