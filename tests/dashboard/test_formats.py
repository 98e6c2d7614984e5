"""The tab of formats: what is shown of each."""

import pytest

from tests.dashboard.conftest import words_on


def labels(app) -> list[str]:
    return [each.label for each in app.expander if each.label.startswith("**")]


def test_a_search_leaves_what_it_means(store, page):
    app = page("sources", lang="en")
    assert len(labels(app)) > 60
    app.text_input(key="formats.query").set_value("小红书").run()
    assert any("Xiaohongshu posts" in label for label in labels(app))
    assert not any("Weibo" in label for label in labels(app))
    app.text_input(key="formats.query").set_value("nothing <b>like</b> it").run()
    assert labels(app) == []
    assert any("\\<b\\>like" in each.value for each in app.info)


def test_a_column_that_is_asked_for_is_named(store, page):
    app = page("sources", lang="zh")
    app.text_input(key="formats.query").set_value("博文 liked_count").run()
    app.text_input(key="formats.query").set_value("liked_count").run()
    assert any("含有列 liked" in label for label in labels(app))


@pytest.mark.parametrize(("language", "get"), [("en", "In the Google Cloud console"), ("zh", "在 Google Cloud 控制台")])
def test_an_opened_format_says_how_it_is_got_and_what_becomes_of_a_record(store, page, language, get):
    app = page("sources", lang=language)
    app.session_state["formats.open.youtube"] = True
    app.run()
    assert get in words_on(app)
    tables = [table.value for table in app.dataframe]
    record = next(table for table in tables if table.shape[1] == 3)
    mention = next(table for table in tables if table.shape[1] == 2)
    rows = {row[0]: (row[1], row[2]) for row in record.itertuples(index=False)}
    likes, text = {"en": ("Likes", "Text"), "zh": ("点赞", "正文")}[language]
    assert rows["snippet.likeCount"] == ("12", likes)
    assert rows["snippet.textDisplay"] == ("so <b>good</b> &#39;kova&#39;<br>👍", text)
    said = {row[0]: row[1] for row in mention.itertuples(index=False)}
    assert (said[likes], said[text]) == ("12", "so good 'kova' 👍")
    assert said[{"en": "Platform", "zh": "平台"}[language]] == "YouTube"
