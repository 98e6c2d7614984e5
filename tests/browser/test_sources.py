"""Formats and connections in a real browser: found, opened, pulled."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.apis.fakes.hackernews import FAKE
from tests.apis.kit import served
from tests.browser.conftest import serving
from tests.browser.test_journey import settled, tingfeng

pytestmark = pytest.mark.browser

SAID = {
    "en": {
        "formats": "Formats",
        "connections": "Connections",
        "find": "Find a format",
        "row": "MediaCrawler · Xiaohongshu posts",
        "get": "Import the folder as it is",
        "pull": "Pull",
        "now": "Pull now",
        "stored": re.compile(r"^\d+ mentions? stored\."),
        "works": "Working",
    },
    "zh": {
        "formats": "格式",
        "connections": "连接",
        "find": "查找格式",
        "row": "MediaCrawler · 小红书内容",
        "get": "整个文件夹原样导入",
        "pull": "拉取",
        "now": "立即拉取",
        "stored": re.compile(r"^已存入 \d+ 条提及。"),
        "works": "正常",
    },
}


@pytest.fixture(scope="module")
def dashboard(tmp_path_factory) -> Iterator[str]:
    """A dashboard that pulls Hacker News from this machine."""
    home = tmp_path_factory.mktemp("sources")
    (home / "w.yaml").write_text(FAKE.watchlist)
    tingfeng(home, "watchlist", "save", str(home / "w.yaml"))
    with served(FAKE.route()) as api, pytest.MonkeyPatch.context() as patch:
        patch.setenv("TINGFENG_HACKERNEWS_URL", f"{api.address}/hn")
        with serving(home) as address:
            yield address


def tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name, exact=True).click()
    settled(page)


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("language", SAID)
def test_a_format_is_found_and_says_how_it_is_got(dashboard, open_page, picture, language, colours):
    said = SAID[language]
    page = open_page(f"{dashboard}/sources?lang={language}", colours=colours)
    tab(page, said["formats"])
    box = page.get_by_label(said["find"])
    box.fill("小红书")
    box.press("Enter")
    row = page.locator("summary").filter(has_text=said["row"])
    expect(row).to_be_visible()
    expect(page.locator("summary").filter(has_text="weibo-search")).to_have_count(0)
    row.click()
    expect(page.get_by_text(said["get"])).to_be_visible()
    settled(page)
    expect(page.get_by_test_id("stDataFrame").locator("visible=true")).to_have_count(2)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    if colours == "light":
        picture(page, f"formats-{language}")


@pytest.mark.parametrize("language", SAID)
def test_a_source_is_pulled_from_the_page(dashboard, open_page, picture, language):
    said = SAID[language]
    page = open_page(f"{dashboard}/sources?lang={language}")
    tab(page, said["connections"])
    card = page.locator(".st-key-connection-hackernews")
    card.locator("summary").filter(has_text=re.compile(f"{said['pull']}$")).click()
    card.get_by_role("button", name=said["now"]).click()
    expect(page.get_by_text(said["stored"])).to_be_visible(timeout=60_000)
    expect(card.get_by_test_id("stMarkdownBadge").or_(card.locator(".stMarkdownBadge")).first).to_contain_text(
        said["works"]
    )
    assert page.get_by_test_id("stAlertContentError").count() == 0
    picture(page, f"connections-{language}")
