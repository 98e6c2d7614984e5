"""Mappings of tables: proposed, written down, corrected, remembered, refused."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listeners import NotRecognised, Refused
from listeners.contract import Options
from listeners.reading import tables
from listeners.table import Mapping, MappingError, mapper, read_mapping
from listeners.table.vocabulary import FIELDS
from tests.listeners.conftest import hear, source
from tingfeng.errors import TingfengError, UsageError
from tingfeng.mentions.record import KINDS

TABLE = "wer,wo,was,wann\nann,tiktok,nice cup,2025-01-14 10:00\nbob,tiktok,too small,2025-01-15 10:00\n"
HEADER = ("wer", "wo", "was", "wann")
MAPPING = """
platform: tiktok
kind: comment
time_zone: "+07:00"
columns: {author_name: wer, text: was, published_at: wann}
"""


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


@given(
    st.builds(
        Mapping,
        layout=st.just("0123456789abcdef"),
        platform=st.sampled_from(["x", "weibo", None]),
        kind=st.sampled_from([*KINDS, None]),
        time_zone=st.sampled_from(["Asia/Shanghai", "+05:30", None]),
        columns=st.dictionaries(
            st.sampled_from(FIELDS), st.sampled_from(["no", "12", "点赞: 数", "# a", "yes", "null"])
        ),
    )
)
def test_a_mapping_survives_being_written_down(mapping):
    header = ("no", "12", "点赞: 数", "# a", "yes", "null")
    written = json.dumps(mapping.as_json())
    again = read_mapping(written, mapping.layout, header, "map.yaml")
    assert again.as_json() | {"chosen_by": {}} == mapping.as_json()


def test_an_incomplete_table_says_what_it_lacks_and_what_is_known(path):
    with pytest.raises(NotRecognised, match="lacks the platform") as error:
        hear(path)
    proposal = error.value.proposal
    assert proposal is not None
    assert proposal["columns"] == {"published_at": "wann", "text": "was"}
    assert error.value.layout == proposal["layout"] == next(iter(tables(source(path)))).sample("a").layout


def test_a_corrected_mapping_is_followed(path):
    heard = hear(path, mapping=MAPPING)
    assert heard.mentions.select("kind", "author_name", "text").row(1) == ("comment", "bob", "too small")
    assert str(heard.mentions["published_at"][0]) == "2025-01-14 03:00:00"
    assert heard.reading.time_zone == "+07:00"
    assert heard.reading.mapping == {
        "layout": heard.reading.layout,
        "platform": "tiktok",
        "kind": "comment",
        "time_zone": "+07:00",
        "columns": {"author_name": "wer", "text": "was", "published_at": "wann"},
        "chosen_by": {"author_name": "mapping", "text": "mapping", "published_at": "mapping"},
    }


def test_options_outrank_the_mapping(path):
    heard = hear(path, mapping=MAPPING, platform="douyin", time_zone="UTC")
    assert heard.mentions["platform"].unique().to_list() == ["douyin"]
    assert str(heard.mentions["published_at"][0]) == "2025-01-14 10:00:00"


def test_a_remembered_mapping_is_found_by_the_layout(path, tmp_path):
    layout = next(iter(tables(source(path)))).sample("a").layout
    remembered = {layout: MAPPING}
    assert hear(path, remembered=remembered).mentions["platform"].to_list() == ["tiktok", "tiktok"]
    other = tmp_path / "kuaishou" / "b.csv"
    other.parent.mkdir()
    other.write_text(TABLE, encoding="utf-8")
    assert hear(other, remembered=remembered).mentions["platform"].to_list() == ["kuaishou", "kuaishou"]


@pytest.mark.parametrize(
    ("text", "what", "hint"),
    [
        ("columns: {txt: was}", "field 'txt'", "text"),
        ("columns: {text: wass}", "column 'wass'", "was"),
        ("{platform: weibbo, columns: {text: was}}", "platform 'weibbo'", "weibo"),
        ("{kind: vid, columns: {text: was}}", "kind 'vid'", "video"),
        ("{zone: UTC, columns: {text: was}}", "setting 'zone'", "time_zone"),
        ("- text", "no columns", "columns"),
        ("columns: {text: [", "no YAML", "line"),
    ],
)
def test_a_wrong_mapping_is_explained(text, what, hint):
    with pytest.raises(MappingError, match=what) as error:
        read_mapping(text, "layout", HEADER, "map.yaml")
    assert hint in error.value.hint
    assert error.value.where == "map.yaml"


def test_a_zone_that_does_not_exist_is_wrong_usage():
    with pytest.raises(UsageError, match="no time zone"):
        read_mapping("{time_zone: Mars, columns: {text: was}}", "layout", HEADER, "map.yaml")


def test_a_mapping_that_is_not_complete_is_not_applied(path):
    with pytest.raises(NotRecognised, match="text or the title"):
        hear(path, mapping="{platform: x, columns: {author_name: wer}}")
    with pytest.raises(NotRecognised, match="column 'wer' cannot"):
        hear(path, mapping="{platform: x, columns: {text: was, published_at: wer}}")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("link,video_count,handle\nhttps://www.tiktok.com/@a/video/7399736793119247662,53.3M,@a\n", "list of links"),
        ("日期,播放量,点赞\n2025-01-01,12,3\n2025-01-02,15,4\n", "figures only"),
    ],
)
def test_links_and_figures_are_refused(text, why, tmp_path):
    path = tmp_path / "tiktok.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Refused, match=why):
        hear(path)


def test_any_other_table_is_not_recognised(tmp_path):
    path = tmp_path / "stock.csv"
    path.write_text("product,price\npen,3\nink,4\n", encoding="utf-8")
    with pytest.raises(NotRecognised, match="text or the title and the platform"):
        hear(path)


def test_a_table_can_be_asked_for_by_name(path):
    assert hear(path, as_format="table", mapping=MAPPING).reading.format == "table"


def test_every_error_of_a_mapping_is_one_for_people(path):
    sample = next(iter(tables(source(path)))).sample(path.name)
    with pytest.raises(TingfengError):
        mapper(sample, Options(mapping="columns: {text: nowhere}"))
