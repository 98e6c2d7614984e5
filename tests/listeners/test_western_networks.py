"""Answers of Meta, TikTok and LinkedIn that hold no mentions, and what tells their formats apart."""

import json
from pathlib import Path

import pytest

from listeners import Refused
from tests.listeners.conftest import hear


def saved(folder: Path, document: object) -> Path:
    path = folder / "a.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


EXPIRED = {
    "message": "Malformed access token EAAGsecretsecretsecretsecret",
    "type": "OAuthException",
    "code": 190,
}


@pytest.mark.parametrize(
    ("document", "name", "reason"),
    [
        ({"error": EXPIRED}, "facebook", "Meta's Graph API answered with an error: Malformed access token [token]"),
        ({"data": [], "paging": {}}, "facebook", "this page of Meta's Graph API is empty"),
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
