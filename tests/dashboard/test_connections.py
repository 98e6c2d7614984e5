"""The tab of connections: how each source stands, and pulling from the page."""

from collections.abc import Iterator
from datetime import datetime

import pytest

import tingfeng.watchlists as lists
from listeners.apis.registry import apis
from tests.apis.fakes.hackernews import FAKE
from tests.apis.kit import Served, served
from tests.apis.toy import CANARY, Toy
from tests.dashboard.conftest import words_on
from tingfeng.dashboard.parts.connections import standing
from tingfeng.operations.sources import connections


@pytest.fixture
def api(store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    """Hacker News on this machine, and a watchlist that wants something of it."""
    store.save_watchlist(lists.read(FAKE.watchlist))
    with served(FAKE.route()) as found:
        monkeypatch.setenv("TINGFENG_HACKERNEWS_URL", f"{found.address}/hn")
        yield found


@pytest.fixture
def toy(monkeypatch: pytest.MonkeyPatch) -> str:
    """A source that needs a credential, besides the others."""
    monkeypatch.setattr("listeners.apis.registry.apis", lambda: {**apis(), "toy": Toy()})
    return "toy"


def of(source: str) -> dict[str, object]:
    return next(row for row in connections() if row["source"] == source)


def opened(page, source: str, language: str = "en"):
    app = page("sources", lang=language)
    app.session_state[f"pull.open.{source}"] = True
    return app.run()


def test_pulling_from_the_page_stores_what_the_command_would(api, store, page):
    app = opened(page, "hackernews")
    assert api.requests == []
    assert any("At least 3 requests" in each.value for each in app.caption)
    assert any("search lumora" in each.value for each in app.caption)
    app.button(key="pull.hackernews").click().run()
    assert not app.exception
    assert any("16 mentions stored" in each.value for each in app.success)
    assert store.imports()[0]["total"]["new"] == 16
    counts = next(table.value for table in app.dataframe if "Requests" in table.value.columns).iloc[0]
    assert (counts["Requests"], counts["Read"], counts["New"], counts["Not wanted"]) == (len(api.requests), 17, 16, 3)
    assert standing(of("hackernews")) == "working"
    assert any("last success" in each.value for each in app.caption)


def test_at_most_so_many_and_the_next_pull_goes_on(api, store, page):
    app = opened(page, "hackernews", "zh")
    app.number_input(key="pull.limit.hackernews").set_value(5).run()
    app.button(key="pull.hackernews").click().run()
    assert any("还有更多" in each.value for each in app.caption)
    app.number_input(key="pull.limit.hackernews").set_value(None).run()
    app.button(key="pull.hackernews").click().run()
    assert store.rows("SELECT count(*) AS n FROM mentions") == [{"n": 16}]


def test_a_pull_that_fails_says_why_in_the_readers_language(api, page, monkeypatch):
    monkeypatch.setenv("TINGFENG_HACKERNEWS_URL", "http://127.0.0.1:9")
    monkeypatch.setattr("listeners.apis.client.ATTEMPTS", 1)
    app = opened(page, "hackernews", "zh")
    app.button(key="pull.hackernews").click().run()
    assert standing(of("hackernews")) == "failed"
    assert ["连接失败" in each.value for each in app.error] == [True, True], [each.value for each in app.error]
    assert len(app.error) == 2


def test_without_a_watchlist_the_page_leads_to_them(store, page):
    app = page("sources", lang="en")
    assert "Pulling needs a watchlist" in words_on(app)


def test_a_watchlist_that_wants_nothing_cannot_be_pulled_for(api, store, page):
    store.save_watchlist(lists.read("name: Elsewhere\nsubjects: [{name: A, query: a}]\nplatforms: [weibo]\n"))
    app = opened(page, "hackernews")
    app.selectbox(key="pull.watchlist.hackernews").set_value("Elsewhere").run()
    assert app.button(key="pull.hackernews").disabled
    assert any("No watchlist wants anything" in each.value for each in app.info)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_missing_credential_is_named_and_one_that_is_there_never_shown(api, toy, page, home, monkeypatch, language):
    assert standing(of(toy)) == "missing"
    assert "TINGFENG_TOY_TOKEN" in words_on(page("sources", lang=language))
    assert "secrets.yaml" in words_on(page("sources", lang=language))
    monkeypatch.setenv("TINGFENG_TOY_TOKEN", CANARY)
    app = page("sources", lang=language)
    assert (standing(of(toy)), of(toy)["found"]) == ("new", "TINGFENG_TOY_TOKEN")
    assert CANARY not in repr(of(toy)) + words_on(app)
    monkeypatch.delenv("TINGFENG_TOY_TOKEN")
    secrets = home / "secrets.yaml"
    secrets.write_text(f'toy: "{CANARY}"')
    secrets.chmod(0o644)
    assert standing(of(toy)) == "failed"
    assert CANARY not in words_on(page("sources", lang=language))
    secrets.chmod(0o600)
    assert of(toy)["found"] == "secrets.yaml"


def test_a_schedule_is_said(api, page, home):
    (home / "schedules.yaml").write_text("- {source: hackernews, every: 6h, watchlist: Launches}\n")
    row = of("hackernews")
    assert (row["every"], row["watchlist"]) == (21600, "Launches")
    assert any("every 6 h" in each.value for each in page("sources", lang="en").caption)
    (home / "schedules.yaml").write_text("- {source: hackernews, every: soon}\n")
    assert any("无法理解拉取间隔" in each.value for each in page("sources", lang="zh").error)


def test_a_run_that_is_past_is_said_to_be(api, store, page):
    tried = datetime(2025, 1, 1)
    store.save_health("hackernews", tried=tried, error=None, next_run=datetime(2025, 1, 2))
    assert any("was due 2025" in each.value for each in page("sources", lang="en").caption)


def test_every_source_has_a_name_and_needs_something_that_is_said_in_chinese():
    from tingfeng.dashboard.words import words

    for name in apis():
        assert words("zh").known(f"formats.{name}", "") != "", f"config/words lacks formats.{name}"
