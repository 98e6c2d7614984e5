"""Every page, in both languages, with an empty and a small store: no exception, and the store's own numbers."""

import re

import pytest

from sentiment import version
from tests.dashboard.conftest import PAGES, asked, words_on
from tests.tiny_store import add, mention
from tingfeng import operations
from tingfeng.dashboard.safe import plain
from tingfeng.dashboard.words import LANGUAGES, words
from tingfeng.store import Filters


def metrics(app):
    return {each.label: each.value for each in app.metric}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_over_an_empty_store_says_how_to_begin(store, page, name, language):
    app = page(name, lang=language)
    assert not app.exception
    assert not app.error
    say = words(language)
    expected = {
        "overview": say("first.title"),
        "mentions": say("first.title"),
        "sources": say("sources.lead"),
        "watchlists": say("watchlists.none"),
        "settings": say("rules.none"),
    }[name]
    assert expected in words_on(app)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_over_a_small_store_speaks_one_language(filled, page, name, language):
    app = page(name, lang=language)
    assert not app.exception
    assert not app.error
    other = "zh" if language == "en" else "en"
    said = words_on(app)
    title = "mentions.title" if name == "overview" else f"{name}.title"
    if name != "overview":
        assert words(language)(title) in said
        assert words(other)(title) not in [each.value for each in app.title]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_cards_are_the_stores_numbers(filled, page, language):
    say = words(language)
    shown = metrics(page(lang=language, period="all"))
    totals = filled.totals(Filters("Coffee", zone="Asia/Shanghai"))
    assert shown[say("cards.mentions")] == say.short(totals["mentions"]) == "5"
    assert shown[say("cards.engagement")] == "9,004"
    assert shown[say("cards.net")] == "+25"
    assert shown[say("cards.negative")] == "25%"


@pytest.mark.parametrize(
    ("params", "count"),
    [
        ({"period": "all"}, "5"),
        ({}, "4"),  # an undated mention is in no period
        ({"period": "all", "platform": "weibo"}, "3"),
        ({"period": "all", "platform": ["weibo", "x"], "label": "negative"}, "1"),
        ({"period": "all", "subject": "Bluepine"}, "2"),
        ({"period": "all", "query": "避雷"}, "1"),
        ({"since": "2025-01-13", "until": "2025-01-14"}, "2"),
        ({"since": "2025-01-14T12:00", "until": "2025-01-14T14:00"}, "1"),  # Shanghai's clock
    ],
)
def test_the_address_filters_the_page_and_stays_as_it_is(filled, page, params, count):
    app = page(lang="en", **params)
    assert metrics(app)["Mentions"] == count
    for name, value in params.items():
        assert asked(app, name) == (value if isinstance(value, list) else [value])


def test_what_the_address_cannot_mean_is_said_and_left_out(filled, page):
    app = page(lang="en", period="all", platform=["x", "myspace"], watchlist="Tea")
    assert "platform=myspace" in app.warning[0].value
    assert "watchlist=Tea" in app.warning[0].value
    assert metrics(app)["Mentions"] == "2"
    assert asked(app, "platform") == ["x"]


def test_values_of_strangers_in_the_bar_are_no_markdown(filled, page):
    add(filled, "Coffee", [mention(6, "2025-01-14T09:00", text="kova", region="![](http://evil/x.png)")])
    app = page(lang="en", period="all", platform="![](http://evil/y.png)")
    assert "![](" not in app.warning[0].value
    assert len(app.button_group(key="bar.region").options) == 1
    assert [each for each in app.button_group(key="bar.region").options if "![](" in each] == []


@pytest.mark.parametrize(
    ("language", "regions"),
    [("en", ["Guangdong", "Texas", "法国", "France"]), ("zh", ["广东", "Texas", "法国", "France"])],
)
def test_regions_are_named_in_the_readers_language_and_stay_as_they_are(filled, page, language, regions):
    stored = ["广东", "Texas", "法国", "France"]
    about = {"Kova": None}
    rows = [mention(60 + i, "2025-01-14T09:00", text="kova", region=each, about=about) for i, each in enumerate(stored)]
    add(filled, "Coffee", rows)
    app = page("mentions", lang=language, period="all")
    assert set(app.button_group(key="bar.region").options) == set(regions)
    assert f"<span>{regions[0]}</span>" in words_on(app)
    app.button_group(key="bar.region").set_value(["广东"]).run()
    assert asked(app, "region") == ["广东"]
    assert app.button(key="chip.region.广东").label == regions[0]


def test_choosing_a_filter_changes_page_and_address(filled, page):
    app = page(lang="en", period="all")
    app.button_group(key="bar.platform").set_value(["x"]).run()
    assert metrics(app)["Mentions"] == "2"
    assert asked(app, "platform") == ["x"]
    app.button(key="chip.platform.x").click().run()
    assert metrics(app)["Mentions"] == "5"
    assert "platform" not in app.query_params


def test_reset_leaves_the_watchlist_and_the_usual_period(filled, page):
    app = page(lang="en", period="all", platform="x", query="kova")
    next(each for each in app.button if each.label == "Reset").click().run()
    assert asked(app, "period") == ["30"]
    assert asked(app, "watchlist") == ["Coffee"]
    assert metrics(app)["Mentions"] == "4"


def test_switching_the_language_keeps_the_view(filled, page):
    app = page(lang="en", period="all", platform="x")
    app.button_group(key="bar.lang").set_value("zh").run()
    assert asked(app, "lang") == ["zh"]
    assert asked(app, "platform") == ["x"]
    assert metrics(app)["声量"] == "2"


def test_nothing_that_matches_says_which_filter_to_drop(filled, page):
    app = page("mentions", lang="en", period="all", platform="x", label="neutral")
    labels = [each.label for each in app.button if each.key and each.key.startswith("relax.")]
    assert labels == ["Drop all of them: 5 mentions", "Drop the labels: 2 mentions", "Drop the platforms: 1 mention"]
    app.button(key="relax.label").click().run()
    assert "2 mentions" in words_on(app)


def test_a_broken_query_is_explained_with_its_place(filled, page):
    app = page("mentions", lang="en", period="all", query="kova AND (tea")
    assert "never closed" in app.error[0].value
    assert app.code[-1].value.splitlines()[1].index("^") == "kova AND (tea".index("(")
    zh = page("mentions", lang="zh", period="all", query="kova AND (tea")
    assert "括号没有闭合" in zh.error[0].value
    assert not page(lang="en", query="(").exception


def test_a_search_is_understood_and_kept_in_the_address(filled, page):
    app = page("mentions", lang="en", period="all")
    app.text_input(key="bar.query").set_value("kova NOT 涨价").run()
    assert "3 mentions" in words_on(app)
    assert "Understood as" in words_on(app)
    assert asked(app, "query") == ["kova NOT 涨价"]


def test_texts_of_strangers_stay_text(filled, page):
    said = words_on(page("mentions", lang="en", period="all"))
    assert "<b>小满</b>" not in said
    assert "&lt;b&gt;小满&lt;/b&gt;" in said
    assert "javascript:" not in said
    app = page("mentions", lang="en", period="all", query="避雷")
    assert [each.proto.url for each in app.get("link_button")] == []
    app = page("mentions", lang="en", period="all", query="lovely")
    assert [each.proto.url for each in app.get("link_button")] == ["https://example.org/1"]


def test_matched_terms_are_marked(filled, page):
    assert '<mark class="term">kova</mark> is lovely' in words_on(page("mentions", lang="en", period="all"))


def test_pages_turn_and_begin_again_with_a_new_question(filled, page, monkeypatch):
    monkeypatch.setattr("tingfeng.dashboard.pages.mentions.PAGE", 2)
    app = page("mentions", lang="en", period="all")

    def authors():
        return re.findall(r"class=\"tf\">.*?</header>.*?<p class=\"cut\">(.*?)</p>", words_on(app))

    first = authors()
    app.button(key="mentions.next").click().run()
    second = authors()
    app.button(key="mentions.next").click().run()
    assert app.button(key="mentions.next").disabled
    assert (len(first), len(second), len(authors())) == (2, 2, 1)
    assert not set(first) & set(second)
    app.button_group(key="bar.platform").set_value(["weibo"]).run()
    assert "Page 1" in words_on(app)


def test_the_order_is_in_the_address(filled, page):
    app = page("mentions", lang="en", period="all", order="engagement")
    assert app.selectbox(key="bar.order").value == "engagement"
    app.selectbox(key="bar.order").set_value("oldest").run()
    assert asked(app, "order") == ["oldest"]


def test_pages_say_of_what_sentiment_speaks(filled, page):
    for language in LANGUAGES:
        say = words(language)
        assert say("meant.whole") in words_on(page(lang=language, period="all"))
        assert say("meant.toward", subject="Bluepine") in words_on(page(lang=language, subject="Bluepine"))
        listed = words_on(page("mentions", lang=language, period="all", subject="Bluepine", label="negative"))
        assert plain(say("mentions.toward", subject="Bluepine")) in listed
        assert say("mentions.count", n=1) in listed
        assert say.label("negative") in listed.split('class="label push negative"')[1][:60]


@pytest.mark.parametrize("name", ["overview", "mentions"])
def test_what_lies_outside_the_period_is_said_and_one_click_away(filled, page, name):
    say = words("en")
    app = page(name, lang="en", since="2025-01-14", until="2025-01-15", subject="Kova")
    # of the subject's four: two are of the day before, one is undated
    assert say("outside.further", n=3) in words_on(app)
    app.button(key="outside.all").click().run()
    assert asked(app, "period") == ["all"]
    assert asked(app, "subject") == ["Kova"]
    assert "outside this period" not in words_on(app)
    assert say("mentions.count", n=4) in words_on(app) or metrics(app)[say("cards.mentions")] == "4"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_says_quietly_that_mentions_are_read_again(filled, page, language):
    assert filled.count() == 5
    line = words(language)("reading_again", n=12_304)
    assert "12,304" in line
    for name in PAGES:
        assert line not in words_on(page(name, lang=language))
    operations.workspace().reading_again = 12_304
    for name in PAGES:
        assert line in words_on(page(name, lang=language))


UNSURE = {
    "en": ("Not sure (leans positive) · 41%", "25% of the labels in view are not sure"),
    "zh": ("不确定（偏正面） · 41%", "当前范围内有 25% 的情感标签不确定"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_not_sure_is_shown_as_such_and_counted_by_its_label(filled, page, language):
    with filled.transaction() as cursor:
        cursor.execute("UPDATE mentions SET engine = ?", [version()])
        cursor.execute("UPDATE mentions SET confidence = 0.41, engine_confidence = 0.41 WHERE id = '1'")
    card, share = UNSURE[language]
    assert card in words_on(page("mentions", lang=language, period="all"))
    overview = page("overview", lang=language, period="all")
    assert share in words_on(overview)
    net = next(each for each in overview.metric if each.label == words(language)("cards.net"))
    assert share in net.help
    assert net.value == "+25"
    assert card in words_on(page("mentions", lang=language, period="all", label="positive"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mention_without_a_label_says_why(filled, page, language):
    foreign = mention(6, "2025-01-14T05:00", text="良い天気ですね", language="ja", about={"Kova": None})
    link = mention(7, "2025-01-14T05:00", text="https://example.org/7", about={"Kova": None})
    add(filled, "Coffee", [foreign, link])
    said = words_on(page("mentions", lang=language, period="all"))
    for key in ("labels.unread", "labels.nothing"):
        assert words(language)(key) in said
