"""What leads to a person is neither in the quarantine nor in names, in whatever form and file it came."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from listeners.formats.tingfeng_export import HEADER
from listeners.privacy import excerpt, is_private, mask, masked
from tests.listeners.conftest import hear
from tingfeng.operations import run


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("mail bob.b+x@mail.example.com!", "mail [e-mail]!"),
        ("联系bob@qq.com领取", "联系[e-mail]领取"),
        ("bob＠mail.com bob\\u0040mail.com", "[e-mail] [e-mail]"),
        ("13800138000", "[phone]"),
        ("微信13912345678号", "微信[phone]号"),
        ("vx13912345678, Bob13912345678", "vx[phone], Bob[phone]"),
        ("13912345678.0", "[phone].0"),
        ("+86 138-0013-8000", "[phone]"),
        ("+8613800138000 008613800138000 8613800138000", "[phone] [phone] [phone]"),
        ("138 0013 8000 / 13800 138000 / 1380-0138-000 / 138.0013.8000", "[phone] / [phone] / [phone] / [phone]"),
        ("(138) 0013 8000", "[phone]"),
        ("１３８００１３８０００", "[phone]"),
        ("+1 (555) 123-4567, +44 20 7946 0958, 0044 20 7946 0958", "[phone], [phone], [phone]"),
        ("010-12345678 or 555-123-4567", "[phone] or [phone]"),
        ("from 10.9.0.17.", "from [ip]."),
        ("11010519491231002X 110105194912310021", "[id card] [id card]"),
        ("https://a.example/n/1?xsec_token=AB%3D&p=2", "https://a.example/n/1?xsec_token=&p=2"),
        ('"https:\\/\\/a.example?p=2\\u0026access_token=AB", 1', '"https:\\/\\/a.example?p=2\\u0026access_token=", 1'),
    ],
)
def test_contacts_are_masked_in_every_form(text, kept):
    assert mask(text) == kept


@pytest.mark.parametrize(
    "text",
    [
        "7459600560920985601",
        "745960056092098560",
        "6785d313800138000a000001",
        "550e8400-e29b-41d4-a716-446655440000",
        "1736823611000",
        "1736823611",
        "1736823611.123456",
        "2025-01-14T03:00:00+08:00",
        "2025-01-14 13:00:00.123456",
        "Tue Jan 14 03:00:00 +0000 2025",
        "1,234,567,890",
        "12345678",
        "0.13800138000",
        "-0.0012345678901",
        "3.5",
        "v8.0.45.1",
        "300.1.2.3",
        "@kova 买2.5杯",
        "https://www.tiktok.com/@kova.coffee/video/7459600560920985601",
        "6.95E+18",
        "UTC+8 2025-01-14 03:00",
    ],
)
def test_ids_counts_times_and_links_stay(text):
    assert mask(text) == text


def test_names_are_masked_and_unknown_ones_stay_so():
    names = pl.Series(["小王", "小王13800138000", "bob@mail.com", "user 123456789012345", None])
    assert masked(names).to_list() == ["小王", "小王[phone]", "[e-mail]", "user 123456789012345", None]


PRIVATE = (
    "email|E-Mail|Author Email|userEmail|email_address|phone_number|Mobile|tel|contact|IP|ip_address|"
    "client_ip|登录IP|ip地址|WeChat ID|weixin|vx|QQ|qq号|address|邮箱|联系邮箱|"
    "手机|手机号码|电话|联系方式|微信|微信号|收货地址|身份证号|id card|wechat_account|avatarThumbnail"
)


@pytest.mark.parametrize("column", PRIVATE.split("|"))
def test_columns_of_contacts_are_private(column):
    assert is_private(column, "wx_bob")


@pytest.mark.parametrize(
    ("column", "value", "private"),
    [
        ("reactions", [{"name": "Ann"}], True),
        ("reactions", '[{"name":"Ann"}]', True),
        ("reactions/0/name", "Ann", True),
        ("likedBy", {"name": "Ann"}, True),
        ("点赞用户", "小河，小王", True),
        ("reactions", 12, False),
        ("reactions", "1.2万", False),
        ("topReactionsCount", "12", False),
        ("overreactions", "none", False),
    ],
)
def test_lists_of_people_are_private_and_their_numbers_are_not(column, value, private):
    assert is_private(column, value) == private


OTHER = (
    "IP属地|ip_location|ip_region|mention|mentions|email_count|phone model|公众号|微信公众号|id|"
    "description|hotel|clip|recipient|like_count|评论用户ip|author_name|design|likes|时间"
)


@pytest.mark.parametrize("column", OTHER.split("|"))
def test_other_columns_are_not(column):
    assert not is_private(column, "wx_bob")


def test_a_link_in_a_column_of_addresses_is_one_of_a_page():
    assert not is_private("原文地址", "https://weibo.com/1/a")
    assert not is_private("Web address", "//weibo.com/1/a")
    assert is_private("地址", "河边路 1 号")


def test_an_excerpt_of_broken_json_has_no_contacts():
    line = (
        '{"id": 7459600560920985601, "phone":"13212345678", "tel": 13212345678, "x": 13212345678, \'wechat\': \'wx1\', '
        '"\\u90ae\\u7bb1": "odd", "note": "a@b.com", "contact": {"qq": "wx2"}, "more": "wx3"'
    )
    assert excerpt(line) == (
        '{"id": 7459600560920985601, "phone": null, "tel": null, "x": [phone], "wechat": null, '
        '"邮箱": null, "note": "[e-mail]", "contact": null'
    )


def test_a_contact_that_an_excerpt_would_cut_is_left_out():
    text = "好" * 1992
    assert excerpt(f"{text} 13800138000 and more") == text
    assert excerpt(f"{text}\0 138") == f"{text} 138"


@given(st.text(max_size=60), st.text("0123456789-+. ()abc@", max_size=60))
def test_masking_again_changes_nothing(text, digits):
    assert mask(mask(text + digits)) == mask(text + digits)


def test_masking_takes_time_in_proportion_to_the_text():
    for piece in ("a", "1", "a.", "1 ", "a@", "-", "1-", "+1", "f-", "00"):
        assert len(mask(piece * 300_000)) <= 600_000


CANARIES = {
    "email": "canary1@mail.example",
    "手机号": "13711110001",
    "client_ip": "10.77.7.1",
    "微信号": "wx_canary",
    "note": "call +86 137 1111 0002 or canary2@mail.example from 10.77.7.2, 11010519491231002X",
    "profile": json.dumps({"email": "canary3@mail.example", "vx": "wx_canary", "phones": [13711110003], "n": 1}),
}
SECRETS = (b"canary", b"1371111", b"137 1111", b"10.77.7", b"19491231")
GOOD = {"platform": "facebook", "id": "5122334455667788", "published_at": "2025-01-13T10:00:00Z", "text": "露茉很好用"}
BAD = GOOD | {"id": "5122334455667799", "published_at": "2025-99-99"} | CANARIES


def rows() -> list[dict[str, str]]:
    good = GOOD | dict.fromkeys(CANARIES, "")
    return [good, good | {"id": "5122334455667700"}, BAD]


def write_csv(path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(rows()[0])
        writer.writerows(row.values() for row in rows())
        writer.writerow([*GOOD.values(), *CANARIES.values(), "canary4@mail.example", "13711110004"])
        writer.writerow(["canary5@mail.example", "13711110005"])


def write_lines(path: Path) -> None:
    nested = BAD | {"profile": json.loads(CANARIES["profile"])}
    lines = [
        *map(json.dumps, [*rows()[:2], nested]),
        json.dumps(BAD)[:-30],
        '{"tel": 13711110004, "a": "wx@canary.example',
    ]
    path.write_text("\n".join(lines))


def write_array(path: Path) -> None:
    path.write_text(
        json.dumps([*rows(), ["canary4@mail.example", {"qq": "wx_canary"}]])[:-1] + ', {"id": 13711110006 oops}]'
    )


def write_workbook(path: Path) -> None:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([list(GOOD | CANARIES), *(list(row.values()) for row in rows())]):
            sheet.write_row(number, 0, row)


@pytest.mark.parametrize("write", [write_csv, write_lines, write_array, write_workbook])
def test_no_contact_of_a_rejected_row_is_stored(write: Callable[[Path], None], home: Path, tmp_path: Path) -> None:
    path = tmp_path / "export.dat"
    write(path)
    total = run("import", {"paths": [{"given": path.name, "path": str(path)}]})["total"]
    kept = run("rejects", {})["rows"]
    assert total["rejected"] == len(kept) == total["read"] - 2
    stored = b"".join(file.read_bytes() for file in home.rglob("*") if file.is_file())
    assert b"5122334455667799" in stored
    assert [secret for secret in SECRETS if secret in stored] == []

    row = next(row for row in kept if "2025-99-99" in row["reason"])
    record: dict[str, Any] = json.loads(row["raw"])
    assert (record["id"], record["email"], record["手机号"]) == ("5122334455667799", None, None)
    assert record["note"] == "call [phone] or [e-mail] from [ip], [id card]"
    assert json.loads(record["profile"]) == {"email": None, "vx": None, "phones": None, "n": 1}
    mended = json.dumps(record | {"published_at": "2025-01-13T11:00:00Z"})
    done = run("retry", {"rows": [{"number": row["number"], "raw": mended}]})
    assert done["total"]["new"] == 1
    assert len(done["rows"]) == len(kept) - 1


def test_names_in_an_own_export_are_masked_too(tmp_path):
    cells = dict.fromkeys(HEADER, "") | GOOD | {"kind": "post", "author_name": "小王 13711110001"}
    (tmp_path / "a.csv").write_text(
        f"{','.join(HEADER)}\n{','.join(cells[name] for name in HEADER)}\n", encoding="utf-8"
    )
    heard = hear(tmp_path / "a.csv")
    assert (heard.reading.format, heard.mentions["author_name"].to_list()) == ("tingfeng", ["小王 [phone]"])


def test_a_sheet_that_nobody_reads_is_named_without_contacts(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet("posts").add_table(
            0, 0, 1, 3, {"data": [list(GOOD.values())], "columns": [{"header": name} for name in GOOD]}
        )
        book.add_worksheet("people").write_column(0, 0, ["canary1@mail.example", "canary2@mail.example"])
    assert [reject.raw for reject in hear(tmp_path / "a.xlsx").rejects] == ["people: [e-mail]"]


def test_the_example_of_an_unread_cell_has_no_contacts(tmp_path):
    (tmp_path / "a.csv").write_text(
        "text,likes,platform\n今天的咖啡,3,x\n昨天的茶,ask canary1@mail.example,x\n", encoding="utf-8"
    )
    assert hear(tmp_path / "a.csv").reading.unread["likes"].example == "ask [e-mail]"
