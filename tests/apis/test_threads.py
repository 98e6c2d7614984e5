"""What is special to the Threads API: what a search costs, and from when on it is asked."""

import httpx

from listeners.apis.registry import apis
from sentiment import Scorer
from tests.apis.conftest import puller
from tests.apis.fakes.threads import FAKE
from tingfeng.store import Store


def test_searches_count_and_profiles_do_not(store: Store, scorer: Scorer):
    log: list[httpx.Request] = []

    def router(request: httpx.Request) -> httpx.Response:
        log.append(request)
        return FAKE.route()(request)

    pulling = puller(apis()["threads"], FAKE, store, scorer)
    result = pulling(router)
    searches = [request.url.params for request in log if "q" in request.url.params]
    assert result["cost"] == {"units": len(searches), "unit": "searches of 2,200 in 24 hours"}
    assert [one["q"] for one in searches] == ["lumora", "lumora", "lumora", "velune cream"]
    log.clear()
    pulling(router)
    since = {request.url.params["q"]: request.url.params["since"] for request in log if "q" in request.url.params}
    # Three days before 2025-01-26 10:00 (a giveaway, which was dropped, but was seen) and 2025-01-14 10:00.
    assert since == {"lumora": "1737626400", "velune cream": "1736589600"}


def test_a_reply_hangs_below_what_it_answers(store: Store, scorer: Scorer):
    puller(apis()["threads"], FAKE, store, scorer)(FAKE.route())
    (row,) = store.rows("SELECT kind, parent_id, root_id FROM mentions WHERE id = '18050000000000013'")
    assert row == {"kind": "comment", "parent_id": "5", "root_id": "4"}
