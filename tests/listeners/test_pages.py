"""Web pages that call themselves workbooks."""

import pytest

from listeners import NotRecognised
from listeners.reading import tables
from tests.listeners.conftest import hear, source

PAGE = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="gb2312">
<style>td {mso-number-format:"\\@"}</style></head><body>
<table><tr><td>Brand report</td></tr></table>
<table border=1>
 <tr><th>post_id</th><th>user_name<th>content</th><th>like_count</th><th>create_time</th></tr>
 <tr><td x:str>6785d3300000000000000001</td><td>小河</td><td>好用&nbsp;&amp;
  便宜<br>真的<table><tr><td>套</td></tr></table></td>
  <td>1.2万</td><td>2025-01-14 11:00</td></tr>
 <TR><TD>6785d3300000000000000002<TD>Ann<TD COLSPAN=2>ok<TD>2025-01-14 12:00
 <tr><th>post_id</th><th>user_name<th>content</th><th>like_count</th><th>create_time</th></tr>
 <tr><td>6785d3300000000000000003</td><td>Bo</td>
</table></body></html>"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("piece", [2**16, 7])
def test_a_table_of_a_web_page_is_read_row_by_row(tmp_path, monkeypatch, encoding, piece):
    monkeypatch.setattr("listeners.reading.pages._PIECE", piece)
    path = tmp_path / "notes.xls"
    path.write_bytes(PAGE.encode(encoding))
    (found,) = tables(source(path))
    assert found.header == ("post_id", "user_name", "content", "like_count", "create_time")
    chunks = list(found.chunks())
    assert [row for chunk in chunks for row in chunk.records.rows()] == [
        ("6785d3300000000000000001", "小河", "好用 & 便宜\n真的\n套", "1.2万", "2025-01-14 11:00", 3),
        ("6785d3300000000000000002", "Ann", "ok", None, "2025-01-14 12:00", 4),
    ]
    assert [(reject.line, reject.reason) for chunk in chunks for reject in chunk.rejects] == [
        (1, "the row belongs to another table of the page"),
        (5, "repeated header line"),
        (6, "the row has 2 cells where the header has 5"),
    ]


def test_such_a_workbook_becomes_mentions(tmp_path):
    path = tmp_path / "小红书.xls"
    path.write_text(PAGE, encoding="utf-8")
    heard = hear(path)
    assert heard.reading.format == "table"
    assert heard.mentions.select("platform", "id", "likes").rows() == [
        ("xiaohongshu", "6785d3300000000000000001", 12000),
        ("xiaohongshu", "6785d3300000000000000002", None),
    ]
    assert heard.read == 5


def test_a_workbook_that_is_text_of_tabs_is_read(tmp_path):
    path = tmp_path / "小红书.xls"
    path.write_text("post_id\tcontent\tlike_count\n6785d3300000000000000001\t好用\t3\n", encoding="gb18030")
    assert hear(path).mentions.select("text", "likes").rows() == [("好用", 3)]


@pytest.mark.parametrize("text", ["<html><body><p>hi</p></body></html>", "<html><table></table></html>", "<table>"])
def test_a_page_without_rows_is_no_table(tmp_path, text):
    (tmp_path / "a.xls").write_text(text)
    with pytest.raises(NotRecognised):
        hear(tmp_path / "a.xls")


def test_a_page_of_many_rows_is_not_read_as_a_whole(tmp_path):
    path = tmp_path / "a.xls"
    rows = "".join(f"<tr><td>{number}</td><td>text {number}</td></tr>" for number in range(12_000))
    path.write_text(f"<table><tr><td>n</td><td>text</td></tr>{rows}</table>")
    (found,) = tables(source(path))
    assert [chunk.records.height for chunk in found.chunks()] == [10_000, 2_000]
