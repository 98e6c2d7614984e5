"""What becomes of the rows of a table of unknown layout: keys, parents, times, counts, lists, texts."""

from datetime import datetime

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from listeners.reading import records as records_module
from listeners.table import cells
from tests.listeners.conftest import hear
from tingfeng.mentions.ids import content_key
from tingfeng.mentions.record import Mark

#: No date was written, the id tells it.
TIMED = Mark.TIME_FROM_ID


def rows(folder, text: str, *columns: str, name: str = "a.csv", **options: str):
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return hear(path, **options).mentions.select(*columns).rows()


def test_a_running_number_is_no_key(tmp_path):
    text = "id,post_id,text\n1,1387032766783062,hello\n2,1386838400135832,hello again\n"
    assert rows(tmp_path, text, "id", platform="facebook") == [("1387032766783062",), ("1386838400135832",)]
    only = "id,author,text\n1,ann,hello\n2,bob,hello\n"
    found = rows(tmp_path, only, "id", "marks", platform="facebook")
    assert found == [(content_key("facebook", name, None, "hello"), Mark.ID_FROM_CONTENT) for name in ("ann", "bob")]


def test_a_link_has_the_id_of_a_post_but_not_of_a_comment_below_it(tmp_path):
    link = "https://www.tiktok.com/@jo/video/7399736793119247662"
    assert rows(tmp_path, f"text,link\nnice,{link}\n", "id", "marks") == [("7399736793119247662", TIMED)]
    ((key, parent, root),) = rows(tmp_path, f"comment_text,link\nnice,{link}\n", "id", "parent_id", "root_id")
    assert key.startswith("h-")
    assert (parent, root) == ("7399736793119247662", "7399736793119247662")


@pytest.mark.parametrize(
    ("damaged", "marked"),
    [("6.95352211138206E+18", True), ("6953522111382060000", True), ("6953522111382064397", False)],
)
def test_an_id_that_a_spreadsheet_rounded_is_taken_from_the_link(damaged, marked, tmp_path):
    link = "https://www.douyin.com/video/6953522111382064397"
    found = rows(tmp_path, f"视频ID,视频描述,视频链接\n{damaged},好看,{link}\n", "id", "marks")
    assert found == [("6953522111382064397", TIMED | (Mark.ID_FROM_LINK if marked else 0))]


def test_ids_that_doubles_rounded_are_told_by_their_number(tmp_path):
    ids = [7248878777713888568, 6953522111382064397, 6983591010307788062]
    lines = [f"{int(float(one))},text {one},https://www.douyin.com/video/{one}" for one in ids]
    found = rows(tmp_path, "video_id,text,url\n" + "\n".join(lines), "id", "marks")
    assert found == [(str(one), TIMED | Mark.ID_FROM_LINK) for one in ids]


def test_damaged_ids_without_a_link_never_become_one_mention(tmp_path):
    text = "笔记ID,作者,内容\n6.85E+103,小王,好\n6.85E+103,小李,差\n6785e35000000000200254ab,小张,中\n"
    found = rows(tmp_path, text, "id", "marks", platform="xiaohongshu")
    assert found[2] == ("6785e35000000000200254ab", TIMED)
    assert len({key for key, _ in found}) == 3
    assert {marks for _, marks in found[:2]} == {Mark.ID_FROM_CONTENT}


def test_ids_are_freed_of_what_protects_them(tmp_path):
    text = 'id,正文\n"5150678952972825\t",好\n\'5150678952972826,差\n"=""5150678952972827""",中\n'
    assert [key for (key,) in rows(tmp_path, text, "id", platform="weibo")] == [
        f"515067895297282{n}" for n in (5, 6, 7)
    ]


def test_a_reply_answers_the_comment_above_and_belongs_to_the_post(tmp_path):
    text = """comment_id,video_id,parent_comment_id,content
7631968275241059073,7623252231743180053,0,one
7631968275241059074,7623252231743180053,7631968275241059073,two
7631968275241059075,7623252231743180053,7631968275241059075,three
"""
    found = rows(tmp_path, text, "parent_id", "root_id", platform="tiktok")
    post = "7623252231743180053"
    assert found == [(post, post), ("7631968275241059073", post), (post, post)]


def test_a_forward_is_a_repost_of_which_only_the_first_part_is_the_authors(tmp_path):
    text = """id,微博正文,retweet_id
4527744577439404,今天开播,
4527827234064088,来了//@小毛:今天开播,4527744577439404
4527827234064089,转发微博,4527744577439404
4527827234064090,这是一条很长的微博...全文,
"""
    found = rows(tmp_path, text, "kind", "parent_id", "own_chars", "marks")
    assert found == [
        ("post", None, None, TIMED),
        ("repost", "4527744577439404", 2, TIMED),
        ("repost", "4527744577439404", 0, TIMED),
        ("post", None, 9, TIMED | Mark.TEXT_CUT),
    ]


@pytest.mark.parametrize(
    ("written", "zone", "utc", "marks"),
    [
        ("2025-01-14 12:08", None, datetime(2025, 1, 14, 4, 8), 0),
        ("2025/1/14 12:08", "UTC", datetime(2025, 1, 14, 12, 8), 0),
        ("2025-01-14T12:08:00Z", None, datetime(2025, 1, 14, 12, 8), 0),
        ("1736827728", None, datetime(2025, 1, 14, 4, 8, 48), 0),
        ("1.73683E+12", None, datetime(2025, 1, 14, 4, 8, 48), Mark.TIME_FROM_ID),
        ("", None, datetime(2025, 1, 14, 4, 8, 48), Mark.TIME_FROM_ID),
        ("20250114", None, datetime(2025, 1, 14, 4, 8, 48), Mark.TIME_FROM_ID),
        ("20250301", None, datetime(2025, 2, 28, 16), 0),
    ],
)
def test_when_a_row_was_published(written, zone, utc, marks, tmp_path):
    text = f"笔记id,内容,发布时间\n6785e35000000000200254ab,好,{written}\n"
    options = {"time_zone": zone} if zone else {}
    found = rows(tmp_path, text, "published_at", "marks", platform="xiaohongshu", **options)
    assert found == [(utc, marks)]


@pytest.mark.parametrize(
    ("last", "day"), [("28/01/2025", "2025-02-12"), ("1/28/2025", "2025-12-02"), ("4/5/2025", "2025-12-02")]
)
@pytest.mark.parametrize("name", ["a.csv", "a.ndjson"])
def test_all_dates_of_a_file_decide_which_number_is_the_day(name, last, day, tmp_path, monkeypatch):
    monkeypatch.setattr(records_module, "BATCH", 2)
    cells = [*["2025-03-01"] * 2, *["12/02/2025"] * 3, last]
    if name == "a.csv":
        text = "id,published,text\n" + "".join(f"p{place},{cell},hello\n" for place, cell in enumerate(cells))
    else:
        text = "".join(f'{{"id":"p{n}","published":"{cell}","text":"hello"}}\n' for n, cell in enumerate(cells))
    found = [str(time.date()) for (time,) in rows(tmp_path, text, "published_at", name=name, platform="web")]
    assert found[:5] == ["2025-03-01", "2025-03-01", day, day, day]


def test_the_days_of_a_column_do_not_speak_for_another(tmp_path):
    text = "id,text,published,collected_at\np1,hello,3/4/2025,4/28/2025\np2,hi,28/4/2025,5/6/2025\n"
    found = rows(tmp_path, text, "published_at", "collected_at", platform="web")
    assert [(when.month, seen.month) for when, seen in found] == [(4, 4), (4, 5)]


def test_a_date_that_cannot_be_read_is_rejected_where_no_id_tells_it(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("author,text,date\nann,hello,2025-01-14\nbob,hi,2025-01-15\ncid,hey,some day\ndee,ho,\n")
    heard = hear(path, platform="web")
    assert heard.mentions["author_name"].to_list() == ["ann", "bob", "dee"]
    assert heard.mentions["published_at"].to_list()[2] is None
    assert [(reject.line, reject.reason) for reject in heard.rejects] == [(4, "the time cannot be read: some day")]
    assert heard.rejects[0].raw == '{"author":"cid","text":"hey","date":"some day"}'


def test_a_row_without_words_and_author_is_no_mention(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        "url,author,text,error\nhttps://x.com/a/status/12,ann,hello,\nhttps://x.com/a/status/13,,,not found\n"
    )
    heard = hear(path)
    assert (heard.read, heard.mentions["id"].to_list()) == (2, ["12"])
    assert [reject.reason for reject in heard.rejects] == ["no text, title or author"]


def test_counts_keep_what_is_known_of_them(tmp_path):
    text = "text,likes,comments,shares,collects,views,预估播放量\nhello,1千+,赞,-,2.1万,10万+,5000\n"
    names = ("likes", "comments", "shares", "saves", "views", "views_estimated", "marks")
    at_least = Mark.LIKES_AT_LEAST | Mark.VIEWS_AT_LEAST | Mark.ID_FROM_CONTENT
    assert rows(tmp_path, text, *names, platform="web") == [(1000, 0, None, 21000, 100000, 5000, at_least)]


@pytest.mark.parametrize(
    ("written", "joined"),
    [
        ("a,b", "a|b"),
        ("咖啡，奶茶、面包", "咖啡|奶茶|面包"),
        ("#tea #pot", "tea|pot"),
        ("#早餐[话题]# #午餐[话题]#", "早餐|午餐"),
        ("Tiktok#indie#music", "Tiktok|indie|music"),
        ("{'name': 'phúclong'},{'name': 'hộimơđào'}", "phúclong|hộimơđào"),
        ('[{"name":"a","id":1}]', "a"),
        ('["a", "b"]', "a|b"),
        ("['a', 'b']", "a|b"),
        ("a;a;b", "a|b"),
        ("two words,three", "two words|three"),
        ("[]", None),
    ],
)
def test_lists_are_read_however_they_are_written(written, joined):
    assert cells.lists(pl.Series([written])).to_list() == [joined]


@given(st.lists(st.text("abcdef火锅 ", min_size=1, max_size=6).map(str.strip).filter(bool), unique=True, max_size=5))
def test_lists_are_read_with_any_separator(words):
    for separator in (",", "，", "、", ";", "|", "\n"):
        found = cells.lists(pl.Series([separator.join(words)], dtype=pl.String)).to_list()
        assert found == ["|".join(words) or None]


def test_private_cells_and_tracking_parameters_stay_behind(tmp_path):
    text = """昵称,内容,邮箱,头像,链接
小王18612345678,好,a@example.org,https://example.org/a.png,https://www.xiaohongshu.com/explore/6785e35000000000200254ab?xsec_token=AB
"""
    kept = rows(tmp_path, text, pl.all().exclude("line"))[0]
    assert "小王[phone]" in str(kept)
    for private in ("18612345678", "example.org", "xsec"):
        assert private not in str(kept)


def test_a_title_that_repeats_the_text_is_left_out(tmp_path):
    text = "标题,正文\n好喝 ,好喝\n标题,好喝\n"
    assert rows(tmp_path, text, "title", "text", platform="bilibili") == [(None, "好喝"), ("标题", "好喝")]


def test_the_same_table_in_any_kind_of_file_is_the_same_mentions(tmp_path):
    frame = pl.DataFrame(
        {
            "帖子ID": ["5150678952972825", "5150678952972826"],
            "微博正文": ["好喝", "难喝"],
            "发布时间": [datetime(2025, 4, 1, 17, 50), datetime(2025, 4, 1, 17, 51)],
            "点赞数": [12, None],
        }
    )
    text = frame.with_columns(pl.col("发布时间").dt.to_string("%Y-%m-%d %H:%M:%S"))
    text.write_csv(tmp_path / "a.csv")
    text.write_csv(tmp_path / "a.tsv", separator="\t")
    text.write_ndjson(tmp_path / "a.ndjson")
    frame.write_parquet(tmp_path / "a.parquet")
    frame.write_excel(tmp_path / "a.xlsx")
    found = {path.name: hear(path) for path in sorted(tmp_path.iterdir())}
    assert len(found) == 5
    for name, heard in found.items():
        assert heard.mentions.select("id", "published_at", "likes", "text").rows() == [
            ("5150678952972825", datetime(2025, 4, 1, 9, 50), 12, "好喝"),
            ("5150678952972826", datetime(2025, 4, 1, 9, 51), None, "难喝"),
        ], name
        assert heard.reading.time_zone == "Asia/Shanghai"


@pytest.mark.parametrize(
    ("time", "zone", "assumed"),
    [("2025-01-10 09:30", "UTC", True), ("2025-01-10T09:30:00Z", "UTC", False), ("", "UTC", False)],
)
def test_a_zone_is_assumed_where_times_without_one_stand(tmp_path, time, zone, assumed):
    path = tmp_path / "a.csv"
    path.write_text("text,time\n" + f"a lovely cream,{time}\n" * 3, encoding="utf-8")
    mapping = "{platform: web, columns: {text: text, published_at: time}}"
    reading = hear(path, mapping=mapping).reading
    assert (reading.time_zone, reading.zone_assumed) == (zone, assumed)


def test_counts_that_cannot_be_read_are_counted(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("text,likes\nlovely,1.204\nawful,-\nfine,2.377\ngood,\nbad,1.2万\n", encoding="utf-8")
    reading = hear(path, mapping="{platform: web, columns: {text: text, likes: likes}}").reading
    found = {field: (unread.cells, unread.example) for field, unread in reading.unread.items()}
    assert found == {"likes": (2, "1.204")}
