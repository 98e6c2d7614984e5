from dataclasses import replace
from pathlib import Path

from tests.tiny_store import filled, mention, watchlist
from tingfeng.insights import unsure_share
from tingfeng.store import Filters

ROWS = [
    mention(1, label="positive", about={"Kova": "negative"}),
    mention(2, label="negative", about={"Kova": "negative"}),
    mention(3, label="neutral", platform="x"),
    mention(4, label="neutral", platform="x"),
    mention(5, platform="tiktok"),
]


def test_the_share_of_labels_that_are_not_sure(tmp_path: Path) -> None:
    with filled(tmp_path, [watchlist("Kova")], ROWS) as store:
        every = Filters()
        assert unsure_share(store, every) == 0
        with store.transaction() as cursor:
            cursor.execute("UPDATE mentions SET engine = 'tingfeng 1'")
            cursor.execute(
                "UPDATE mentions SET confidence = 0.49, engine_confidence = 0.49 WHERE id IN ('1', '2', '3')"
            )
            cursor.execute("UPDATE matches SET confidence = 0.3 WHERE mention = 1")
        assert unsure_share(store, every) == 0.75
        assert unsure_share(store, replace(every, platforms=("x",))) == 0.5
        assert unsure_share(store, replace(every, platforms=("tiktok",))) is None
        toward = Filters("Brands", subjects=("Kova",), toward=True)
        assert unsure_share(store, toward) == 0.5
        store.correct("weibo", "1", "positive")
        assert unsure_share(store, every) == 0.5
        with store.transaction() as cursor:
            cursor.execute("UPDATE mentions SET engine = 'vader 1'")
        assert unsure_share(store, every) == 0
