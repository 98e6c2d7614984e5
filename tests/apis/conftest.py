"""A store, a scorer, and pulls of fake APIs into them."""

import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import tingfeng.watchlists as lists
from listeners.apis.contract import Api
from sentiment import Scorer
from tests.apis.kit import Clock, FakeApi, Router, http
from tingfeng.intake.pulling import pull, wanted
from tingfeng.store import Store

NOW = datetime(2026, 6, 1, 12, 0)


@pytest.fixture(scope="session")
def scorer() -> Iterator[Scorer]:
    with Scorer("vader", processes=1) as started:
        yield started


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store.duckdb") as opened:
        yield opened


@dataclass
class Puller:
    """Pulls one API into one store; each pull is half an hour later than the one before."""

    api: Api
    fake: FakeApi
    store: Store
    scorer: Scorer
    now: datetime = NOW

    def __call__(self, router: Router, clock: Clock | None = None, **options: Any) -> dict[str, Any]:
        client = http(self.api, router, clock, self.fake.secret)
        since = options.pop("since", None)
        wants = wanted(self.api, self.store.watchlists(), since)
        self.now += timedelta(minutes=30)
        try:
            result = pull(self.store, self.scorer, client, wants, clock=lambda: self.now, **options)
        finally:
            client.close()
        return json.loads(json.dumps(result))

    def ids(self) -> list[str]:
        """The ids of all mentions; those of the apps in all charts besides."""
        sql = "SELECT id FROM mentions UNION ALL SELECT concat_ws('/', country, chart, app_id) FROM ranks ORDER BY ALL"
        return [row["id"] for row in self.store.rows(sql)]

    def content(self) -> list[dict[str, Any]]:
        """All that the mentions say, without what numbers and imports have to do with them."""
        return self.store.rows(
            """SELECT * EXCLUDE (number, first_import, last_import, changed, fingerprint)
            FROM mentions ORDER BY platform, id"""
        ) + self.store.rows("SELECT * EXCLUDE (import) FROM ranks ORDER BY ALL")


def puller(api: Api, fake: FakeApi, store: Store, scorer: Scorer) -> Puller:
    store.save_watchlist(lists.read(fake.watchlist))
    return Puller(api, fake, store, scorer)


@pytest.fixture
def everything_logged(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """All log lines of all libraries, as an application would see them that logs everything."""
    caplog.set_level(logging.DEBUG)
    tingfeng = logging.getLogger("tingfeng")
    tingfeng.addHandler(caplog.handler)
    yield caplog
    tingfeng.removeHandler(caplog.handler)
