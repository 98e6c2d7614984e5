import io
import time
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sentiment import Gloss, Sentiment
from tingfeng.dashboard import headlines, safe, uploads
from tingfeng.dashboard.drafts import Draft, SubjectDraft, copy_of, draft_of
from tingfeng.dashboard.evidence import WORDS_SHOWN, Sum, Word, evidence
from tingfeng.dashboard.pages.overview import comparable
from tingfeng.dashboard.parts import card
from tingfeng.dashboard.parts.cards import change, written
from tingfeng.dashboard.parts.detail import _chip, _engine, _sum, corrected_subjects
from tingfeng.dashboard.parts.downloads import file_name
from tingfeng.dashboard.parts.table import as_csv
from tingfeng.dashboard.spoken import spoken, translated
from tingfeng.dashboard.words import words
from tingfeng.errors import TingfengError
from tingfeng.insights import Card, Covered, Driver, Fact, Overview, Standout
from tingfeng.mentions.record import Mark
from tingfeng.queries import QueryError, parse
from tingfeng.store import Filters
from tingfeng.watchlists import read

EN, ZH = words("en"), words("zh")


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//evil.example",
        "http://",
        "ftp://x.org/",
        "https://a b",
        "",
        None,
        "http://[",
    ],
)
def test_only_web_links_are_followed(url):
    assert safe.link(url) is None


def test_a_web_link_stays_as_it_is():
    assert safe.link("https://www.xiaohongshu.com/explore/1?x=1#y") == "https://www.xiaohongshu.com/explore/1?x=1#y"


@given(st.text(), st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=5))
def test_marking_loses_no_letter_and_lets_no_markup_through(text, spans):
    html = safe.marked(text, [(span, "term") for span in spans])
    bare = html.replace('<mark class="term">', "").replace("</mark>", "").replace("<br>", "\n")
    assert "<" not in bare
    assert ">" not in bare
    import html as parser

    assert parser.unescape(bare) == text or "&" in text or "\r" in text


ROW = {
    "platform": "xiaohongshu",
    "id": "1",
    "kind": "post",
    "title": "<i>New</i>",
    "text": "露茉 is great\nreally",
    "author_name": "<script>",
    "published_at": "2025-01-13T17:05:00Z",
    "likes": 12345,
    "comments": None,
    "shares": 1,
    "marks": int(Mark.LIKES_AT_LEAST),
    "label": "positive",
    "confidence": 0.873,
    "corrected": False,
    "subjects": ["Lumora", "A&B"],
    "tags": "one|two",
}


def test_a_card_escapes_everything_and_says_what_is_known():
    html = card.card(ROW, EN, "Asia/Shanghai", [parse("露茉")])
    assert "<script>" not in html
    assert "&lt;i&gt;New&lt;/i&gt;" in html
    assert '<mark class="term">露茉</mark> is great<br>really' in html
    for said in (
        "Xiaohongshu",
        "2025-01-14 01:05",
        "12.3k+ likes",
        "1 share",
        "Positive · 87%",
        "A&amp;B",
        "one, two",
    ):
        assert said in html
    assert "comment" not in html


def test_a_card_without_a_label_or_time_says_so():
    bare = {"platform": "x", "id": "1", "label": None, "text": None, "published_at": None}
    html = card.card(bare, ZH, "UTC")
    assert "无情感标签" in html
    assert "无日期" in html
    assert "作者未知" in html
    assert "无正文" in html


def test_a_corrected_label_says_so_instead_of_a_confidence():
    assert "Negative · corrected" in card.label({"label": "negative", "corrected": True, "confidence": 1.0}, EN)


def test_evidence_stands_where_it_was_read():
    scored = "So good\nbut too dear, yyds"
    found = Sentiment("positive", 0.2, 0.6, "en", ((3, 7, 0.5), (16, 20, -0.3), (22, 26, 0.12)), rest=-0.4)
    slang = [Gloss("too dear", 12, 20, "costs a lot", "太贵"), Gloss("yyds", 22, 26, "the best ever", "永远的神")]
    said = evidence("So good", scored, found, slang)
    assert said.title.spans == [((3, 7), "positive end")]
    assert said.title.titles == {(3, 7): "+0.50"}
    assert said.text.spans == [
        ((4, 8), "slang"),
        ((8, 12), "negative end slang"),
        ((14, 18), "positive end slang"),
    ]
    assert said.text.titles == {
        (4, 8): "costs a lot",
        (8, 12): "−0.30 · costs a lot",
        (14, 18): "+0.12 · the best ever",
    }
    assert said.words == [Word("good", 0.5), Word("dear", -0.3, "costs a lot"), Word("yyds", 0.12, "the best ever")]
    assert said.sum == Sum(words=0.32, rest=-0.4, lean=-0.08)
    assert evidence("So good", scored, found, slang, "zh").words[2].meaning == "永远的神"


def test_evidence_without_a_title_and_of_an_engine_whose_weights_do_not_add_up():
    found = Sentiment("negative", -0.2, 0.6, "en", ((4, 8, -0.3), (9, 13, -0.1), (0, 3, -0.2)))
    said = evidence(None, "too dear dear", found)
    assert said.title.spans == []
    assert said.text.spans == [((0, 3), "negative end"), ((4, 8), "negative end"), ((9, 13), "negative end")]
    assert [(word.text, round(word.weight, 2)) for word in said.words] == [("dear", -0.4), ("too", -0.2)]
    assert said.sum is None


@pytest.mark.parametrize("rest", [-1.006, -0.333, 0.0, 0.005, 2.004])
def test_what_is_shown_adds_up(rest):
    found = Sentiment("positive", 0.2, 0.6, "en", ((0, 1, 0.333), (1, 2, 0.333), (2, 3, 0.333)), rest=rest)
    said = evidence(None, "abc", found).sum
    assert said
    assert round(said.words + said.rest, 2) == said.lean == round(0.999 + rest, 2)


def test_words_that_are_not_listed_are_marked_lightly():
    spans = tuple((2 * n, 2 * n + 1, 1.0 - 0.1 * n) for n in range(9))
    said = evidence(None, "a b c d e f g h i", Sentiment("positive", 0.2, 0.6, "en", spans))
    assert [style for _, style in said.text.spans] == ["positive end"] * WORDS_SHOWN + ["positive weak"]


def test_the_sum_is_said_in_plain_words():
    assert _sum(Sum(1.82, -0.31, 1.51), EN) == (
        "All its words add up to +1.82 toward positive; the rest (length, rules): −0.31. "
        "Together: +1.51, toward positive."
    )
    assert _sum(Sum(1.82, -0.31, 1.51), ZH) == (
        "所有词合计 +1.82，偏向正面；其余因素（长度、规则）−0.31。总计 +1.51，偏向正面。"
    )
    assert _sum(Sum(-0.2, 0.2, 0.0), EN) == (
        "All its words add up to −0.20 toward negative; the rest (length, rules): +0.20. "
        "Together: 0.00, toward neither side."
    )


def test_a_chip_carries_its_weight_and_its_gloss_and_no_markup():
    assert _chip("<b>yyds", 0.52, 'the "best"') == (
        '<span class="word positive" title="the &quot;best&quot;">&lt;b&gt;yyds <b>+0.52</b></span>'
    )
    assert _chip("dear", -0.3) == '<span class="word negative">dear <b>−0.30</b></span>'


def test_a_mark_says_what_it_means():
    html = safe.marked('a "b" c', [((2, 5), "slang")], {(2, 5): '<i> & "'})
    assert html == 'a <mark class="slang" title="&lt;i&gt; &amp; &quot;">&quot;b&quot;</mark> c'


def test_a_draft_is_the_watchlist_that_it_came_from():
    saved = read("name: Tea\nsubjects:\n  - {name: Oolong, kind: topic, query: 乌龙, accounts: [weibo:1, 'x:@tea']}\n")
    assert read(draft_of(saved).to_yaml()) == saved
    named = "{} {}".format
    assert copy_of(saved, {"Tea", "copy 1"}, lambda number: named("copy", number)).name == "copy 2"


def test_a_draft_leaves_out_what_is_empty():
    with pytest.raises(TingfengError, match="neither a query nor accounts"):
        read(Draft("Tea", subjects=[SubjectDraft("Oolong")]).to_yaml())


class Upload(io.BytesIO):
    def __init__(self, name: str, content: bytes) -> None:
        super().__init__(content)
        self.name, self.file_id = name, f"id of {name}"


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "..\\..\\boot.ini", "/tmp/x", "..", ".hidden", "a" * 400 + ".csv"]
)
def test_an_upload_stays_in_its_folder_whatever_it_is_called(tmp_path, name):
    (given,) = uploads.keep([Upload(name, b"content")], tmp_path)
    path = Path(given["path"])
    assert path.parent.parent == tmp_path / "uploads"
    assert path.read_bytes() == b"content"
    assert given["given"] == name
    uploads.drop([given], tmp_path)
    assert not path.parent.exists()


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("口碑" * 30 + ".xlsx", "口碑" * 30 + ".xlsx"),
        ("口碑" * 60 + ".xlsx", "口碑" * 32 + "口.xlsx"),
        ("a" * 300 + ".csv", "a" * 196 + ".csv"),
        ("a." + "声" * 90, "a." + "声" * 66),
    ],
)
def test_a_long_name_is_cut_between_characters_before_its_suffix(tmp_path, name, kept):
    (given,) = uploads.keep([Upload(name, b"content")], tmp_path)
    assert Path(given["path"]).name == kept
    assert Path(given["path"]).read_bytes() == b"content"


def test_an_upload_that_is_still_shown_is_not_swept_away(tmp_path):
    upload = Upload("a.csv", b"content")
    path = Path(uploads.keep([upload], tmp_path)[0]["path"])
    before = path.stat().st_ctime
    time.sleep(0.05)
    assert uploads.keep([upload], tmp_path)[0]["path"] == str(path)
    assert path.stat().st_ctime > before
    assert path.read_bytes() == b"content"


def test_only_uploads_are_ever_deleted(tmp_path):
    other = tmp_path / "mine" / "file.csv"
    other.parent.mkdir()
    other.touch()
    uploads.drop([{"given": "file.csv", "path": str(other)}], tmp_path)
    assert other.exists()


def test_csv_is_safe_and_keeps_unknown_values_empty():
    frame = pd.DataFrame({"=name": ["=1+1", "中文"], "n": pd.array([1, None], dtype="Int64"), "x": [0.5, None]})
    assert as_csv(frame).decode("utf-8-sig") == "'=name,n,x\r\n'=1+1,1,0.5\r\n中文,,\r\n"
    assert as_csv(frame).startswith(b"\xef\xbb\xbf")


def test_a_download_is_named_after_what_is_in_it():
    filters = Filters("Skin / care 防晒", since="2025-01-13", until="2025-01-20")
    assert file_name(filters, "zh", "csv") == "Skin-care-防晒_mentions_2025-01-13_2025-01-20_zh.csv"
    assert file_name(Filters(), "en", "xlsx") == "tingfeng_mentions_en.xlsx"


DRIVERS = (Driver("platform", "weibo", 30, 0.75), Driver("language", "zh", 5, 0.1))
FACTS = [
    Fact("mentions", None, 120, 80, 0.5, True, DRIVERS),
    Fact("net", None, -0.04, 0.29, -0.33, True, (Driver("subject", "Kova", -0.3, 0.9),)),
    Fact("mentions", "Kova", 90, 30, 2.0, True),
    Fact("net", "Kova", -0.2, 0.1, -0.3, True),
    Fact("mentions", "Tea", 90, 0, None, True),
    Fact("mentions", "Pine", 289, 3, None, True),
    Fact("mentions", "Nova", 30, 60, -0.5, True),
    Fact("net", "Nova", 0.2, 0.1, 0.1, True),
]  # fmt: skip


def test_the_first_line_says_what_changed_and_why():
    assert headlines.headline(FACTS, 120, EN) == (
        "Mentions rose by 50%: 120 after 80 in the period before; by platform above all Weibo (75%)."
    )
    assert headlines.headline(FACTS, 120, ZH) == "声量上升 50%：120 条，上期 80 条；按平台主要来自微博（75%）。"
    assert (
        headlines.headline(FACTS, 120, EN, {"platform"}) == "Mentions rose by 50%: 120 after 80 in the period before."
    )
    assert headlines.headline([], 1, EN) == "1 mention."


def test_further_facts_are_one_line_a_subject():
    assert headlines.further(FACTS, EN) == [
        "Net sentiment fell by 33 points to −4; by subject above all Kova (90%).",
        "Kova: mentions rose 200% to 90, net sentiment fell 30 points to −20.",
        "Tea: 90 mentions, none in the period before.",
        "Pine: 289 mentions, too few to compare (3 before).",
        "Nova: mentions fell 50% to 30, net sentiment rose 10 points to +20.",
    ]
    assert headlines.further(FACTS, ZH)[1] == "Kova：声量上升 200%，至 90 条；净情感值下降 30 个百分点，至 −20。"


def test_a_day_that_stands_out_is_said_with_its_factor():
    day = Standout("2025-02-04", "Lumora", ("weibo", "xiaohongshu"), "mentions", 215, 43.0, -0.6)
    assert headlines.standing_out(day, EN) == (
        "2025-02-04: Lumora on Weibo and Xiaohongshu, 215 mentions, 5 times the usual, net sentiment −60."
    )
    assert headlines.standing_out(day, ZH) == (
        "2025年2月4日：Lumora在微博和小红书有 215 条提及；是平日的 5 倍；净情感值 −60。"
    )
    assert "200 times" in headlines.standing_out(replace(day, usual=1.075), EN)
    assert "4.8 times" in headlines.standing_out(replace(day, usual=45.0), EN)
    rare = replace(day, counted="negative", usual=0.2, net=None)
    assert headlines.standing_out(rare, EN) == (
        "2025-02-04: Lumora on Weibo and Xiaohongshu, 215 negative mentions, usually fewer than one a day."
    )


def test_drivers_are_named_each_among_its_like():
    parts = (
        *(Driver("subject", "Kova", 9, 0.4), Driver("subject", "Tea", 5, 0.2)),
        *(Driver("platform", "xiaohongshu", 9, 0.5), Driver("platform", "weibo", 9, 0.4)),
        Driver("language", "zh", 9, 0.9),
    )
    said = headlines.headline([Fact("mentions", None, 120, 80, 0.5, True, parts)], 120, EN)
    assert said.endswith(
        "before; by subject above all Kova (40%), by platform above all Xiaohongshu (50%) and Weibo (40%)."
    )
    said = headlines.headline([Fact("mentions", None, 120, 80, 0.5, True, parts)], 120, ZH, {"subject"})
    assert said.endswith("；按平台主要来自小红书（50%）和微博（40%）；按语言主要来自中文（90%）。")


def test_nothing_is_compared_with_a_nearly_empty_period():
    fact = Fact("mentions", None, 289, 3, None, True, DRIVERS)
    assert headlines.headline([fact], 289, EN) == "289 mentions, too few to compare (3 before)."
    assert headlines.headline([fact], 289, ZH) == "289 条提及，太少，无法比较（上期 3 条）。"
    for name, interval in (("mentions", None), ("negative", (0.1, 0.3))):
        assert change(cards(name=name, n=289, before=3, previous=3, change=None, interval=interval), EN) == (
            "too few to compare (3 before)"
        )


def test_mere_chance_has_no_drivers():
    fact = Fact("mentions", None, 82, 80, 0.025, False, (Driver("platform", "weibo", 2, 1.0),))
    assert headlines.headline([fact], 82, EN).endswith("80 in the period before (+2%).")


def cards(**changes) -> Card:
    daily = pd.DataFrame({"date": [], "value": []})
    return Card(
        **(
            {"name": "mentions", "value": 9, "previous": 6, "change": 0.5, "interval": None, "n": 9, "daily": daily}
            | changes
        )
    )


def test_cards_say_their_change_in_the_unit_of_their_value():
    assert change(cards(), EN) == "+50%"
    assert change(cards(previous=0, before=0, change=None), EN) == "new"
    assert change(cards(previous=None, change=None), EN) is None
    net = cards(name="net", value=0.2, previous=0.1, change=0.1, interval=(0.1, 0.3))
    assert (written(net, net.value, EN), change(net, EN)) == ("+20", "+10 points")
    assert written(cards(name="negative"), 0.217, ZH) == "22%"


def test_nothing_is_compared_with_days_before_the_data():
    covered = [Covered("x", "2025-01-10", "2025-02-01", (), ())]
    empty = pd.DataFrame()
    shares = {"brands": pd.DataFrame({"subject": ["Kova"], "previous_share": [0.5]})}
    found = Overview({"mentions": cards()}, FACTS, covered, {}, empty, shares, empty)
    fair = Filters(since="2025-01-20", until="2025-01-30")
    early = Filters(since="2025-01-15", until="2025-01-25")
    assert comparable(found, fair) is found
    assert comparable(found, Filters()) is found
    assert comparable(found, early).facts == []
    assert comparable(found, early).cards["mentions"].change is None
    assert comparable(found, early).shares["brands"]["previous_share"].isna().all()
    little = replace(found, cards={"mentions": cards(n=289, before=3)})
    assert comparable(little, fair).shares["brands"]["previous_share"].isna().all()
    assert comparable(little, fair).facts == FACTS


def test_a_withdrawn_correction_stands_no_more():
    history = [
        {"subject": None, "label": "positive"},
        {"subject": "Kova", "label": "negative"},
        {"subject": None, "label": "none"},
    ]
    assert corrected_subjects(history) == {"Kova"}


def test_errors_are_said_in_the_readers_language():
    with pytest.raises(QueryError) as caught:
        parse("likes:abc")
    assert "第 7 个字符" in spoken(caught.value, "zh")
    assert "整数" in spoken(caught.value, "zh")
    assert spoken(caught.value, "en") == str(caught.value)
    assert translated("The file is empty: export the file again", "zh") == "文件为空：请重新导出该文件"
    assert translated("never heard of", "zh") == "never heard of"


@pytest.mark.parametrize(("stored", "name"), [("vader 3.3.2", "vader"), ("gone 1", None), (None, None)])
def test_the_evidence_is_the_engines_that_gave_the_label(stored, name):
    assert _engine({"engine": stored}) == name
