"""Every page on the demo data, in both languages, light and dark; the same visits make the user guide's pictures."""

import re
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import serving
from tests.browser.test_journey import settled, tingfeng

pytestmark = pytest.mark.browser

PAGES = {
    "overview": {"en": "Share of voice", "zh": "声量占比"},
    "mentions": {"en": "Why this label?", "zh": "为什么是这个情感标签？"},
    "sources": {"en": "Quarantine", "zh": "隔离区"},
    "watchlists": {"en": "New watchlist", "zh": "新建方案"},
    "settings": {"en": "Learn from corrections", "zh": "从更正中学习"},
}
NARROW = {"width": 1280, "height": 800}


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Iterator[tuple[str, object]]:
    """The address of a dashboard with demo data, and what the command line says of it."""
    home = tmp_path_factory.mktemp("demo")
    with serving(home, "--demo") as address:
        yield address, tingfeng(home, "measure", "volume", "--watchlist", "Demo: skin care", "--by", "subject")


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", PAGES)
def test_page(demo, open_page, picture, name, language, colours):
    address, _ = demo
    path = "" if name == "overview" else name
    page = open_page(f"{address}/{path}?lang={language}&watchlist=Demo%3A%20skin%20care", colours=colours)
    expect(page.get_by_text(PAGES[name][language]).first).to_be_visible()
    settled(page)
    assert page.locator("[data-testid=stException], [data-testid=stAlertContentError], [role=dialog]").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    if colours == "light":
        picture(page, f"{name}-{language}")


def test_the_overview_counts_what_the_command_line_counts(demo, open_page):
    address, measured = demo
    lumora = next(row["mentions"] for row in measured["rows"] if row["subject"] == "Lumora")
    page = open_page(f"{address}/mentions?lang=en&watchlist=Demo%3A%20skin%20care&subject=Lumora&period=all")
    expect(page.get_by_text(f"{lumora:,} mentions", exact=True)).to_be_visible()


def test_nothing_is_wider_than_a_small_screen(demo, open_page):
    address, _ = demo
    page = open_page(f"{address}/?lang=zh")
    page.set_viewport_size(NARROW)
    expect(page.get_by_text("声量占比").first).to_be_visible()
    settled(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_labels_follow_the_system_from_light_to_dark_while_the_page_is_open(demo, open_page):
    address, _ = demo
    page = open_page(f"{address}/mentions?lang=en&label=positive")
    label = page.locator(".tf .label").first
    expect(label).to_have_css("color", "rgb(0, 90, 140)")
    page.emulate_media(color_scheme="dark")
    expect(label).to_have_css("color", "rgb(108, 195, 242)")


NONSENSE = {
    "watchlist": "<script>alert(1)</script>",
    "period": "zz",
    "since": "9999-99-99",
    "until": "0001-01-01",
    "subject": "[x](javascript:alert(1))",
    "platform": "x" * 500,
}
SAID = [f"{name}={value}" for name, value in (NONSENSE | {"platform": f"{'x' * 71}…"}).items()]


@pytest.mark.parametrize("path", ["", "mentions"])
def test_what_an_address_cannot_mean_is_said_in_one_line_and_the_rest_shown(demo, open_page, path):
    address, _ = demo
    page = open_page("about:blank")
    ran: list[str] = []
    page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    page.goto(f"{address}/{path}?lang=en&{urlencode(NONSENSE)}")
    warning = page.get_by_test_id("stAlertContentWarning")
    expect(warning).to_have_text(re.compile("were left out: "))
    assert sorted(warning.inner_text().partition("left out: ")[2].split(", ")) == sorted(SAID)
    shown = "Share of voice" if path == "" else re.compile(r"^[\d,]+ mentions$")
    expect(page.get_by_text(shown).first).to_be_visible()
    settled(page)
    assert page.get_by_test_id("stAlertContentError").count() == 0
    assert ran == []


@pytest.mark.parametrize("path", ["", "mentions"])
def test_a_query_in_the_address_that_cannot_be_read_is_explained_under_the_filters(demo, open_page, path):
    address, _ = demo
    page = open_page(f"{address}/{path}?lang=en&query=%22")
    expect(page.get_by_test_id("stAlertContentError")).to_have_text(re.compile("A quote is opened and never closed"))
    settled(page)
    expect(page.get_by_role("button", name="Subjects")).to_be_visible()
    page.get_by_role("button", name="Reset").click()
    shown = "Share of voice" if path == "" else re.compile(r"^[\d,]+ mentions$")
    expect(page.get_by_text(shown).first).to_be_visible()


CUT = "element => element.scrollWidth > element.clientWidth + 1"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_numbers_and_links_are_not_cut_in_half_a_window(demo, open_page, language):
    address, _ = demo
    page = open_page(f"{address}/?lang={language}")
    page.set_viewport_size({"width": 900, "height": 900})
    expect(page.get_by_text(PAGES["overview"][language]).first).to_be_visible()
    settled(page)
    cards = page.locator("[class*=st-key-cards]")
    expect(cards.get_by_test_id("stMetricValue")).to_have_count(5)
    said = cards.locator(":is([data-testid=stMetricValue], [data-testid=stPageLink]) *").all()
    assert [each.inner_text() for each in said if each.evaluate(CUT)] == []


def test_the_uploader_speaks_the_readers_language(demo, open_page):
    address, _ = demo
    page = open_page(f"{address}/sources?lang=zh")
    zone = page.get_by_test_id("stFileUploaderDropzone")
    expect(zone.locator("button p")).to_have_css("font-size", "0px")
    expect(zone.get_by_test_id("stFileUploaderDropzoneInstructions").locator("span")).to_have_css("font-size", "0px")
    shown = "element => [getComputedStyle(element).fontSize, getComputedStyle(element, '::after').content]"
    assert zone.locator("button p").evaluate(shown) == ["0px", '"选择文件"']
    assert zone.get_by_test_id("stFileUploaderDropzoneInstructions").locator("span").evaluate(shown) == [
        "0px",
        '"或拖到这里"',
    ]


def test_why_this_label(demo, open_page, picture):
    address, _ = demo
    page = open_page(f"{address}/mentions?lang=en&watchlist=Demo%3A%20skin%20care&period=all&query=yyds")
    settled(page)
    page.get_by_role("button", name=re.compile("Why this label")).first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("yyds").first).to_be_visible()
    expect(dialog.locator("mark.positive.slang").first).to_have_attribute("title", re.compile(r"^\+\d.* · .*the best"))
    expect(dialog.locator(".word.positive").first).to_have_text(re.compile(r"\+\d\.\d\d$"))
    picture(page, "why-en")


def test_a_page_asks_nobody_else(demo, open_page):
    address, _ = demo
    asked: list[str] = []
    page = open_page("about:blank")
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/?lang=en")
    settled(page)
    expect(page.get_by_text("Share of voice").first).to_be_visible()
    assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == []
