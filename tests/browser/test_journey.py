"""The main job in a real browser: import a file, filter, correct a label, take the CSV away and read it back."""

import csv
import io
import json
import os
import re
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import TINGFENG, serving

pytestmark = pytest.mark.browser

ROWS = """视频ID,评论ID,评论内容,昵称,时间,点赞数,视频链接
7450000000000000001,7450000000000000101,可瓦咖啡的燕麦拿铁太好喝了，绝绝子,阿柚,2025-01-13 09:30:00,1.2万,https://www.douyin.com/video/7450000000000000001
7450000000000000001,7450000000000000102,kova又涨价，无语，避雷,小满,2025-01-13 23:50:00,10+,https://www.douyin.com/video/7450000000000000001
7450000000000000001,7450000000000000103,the oat latte at Kova is amazing,jess,2025-01-14 08:00:00,3,https://www.douyin.com/video/7450000000000000001
7450000000000000001,7450000000000000104,蓝松几点关门,晚风,2025-01-14 10:00:00,,https://www.douyin.com/video/7450000000000000001
7450000000000000001,7450000000000000105,=HYPERLINK("http://evil.example") 可瓦咖啡,<b>坏人</b>,2025-01-15 10:00:00,0,https://www.douyin.com/video/7450000000000000001
"""

WATCHLIST = """
name: Coffee
time_zone: Asia/Shanghai
subjects:
  - {name: Kova, kind: brand, query: '可瓦咖啡 OR kova'}
  - {name: Bluepine, kind: competitor, query: 蓝松}
"""


def tingfeng(home: Path, *arguments: str) -> object:
    """What a command prints as JSON while the dashboard runs."""
    command = [str(TINGFENG), *arguments, "--json"]
    environment = os.environ | {"TINGFENG_HOME": str(home)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)


def settled(page: Page) -> Page:
    """The page when Streamlit has finished drawing it."""
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
    return page


@pytest.fixture
def kova(tmp_path: Path) -> Path:
    path = tmp_path / "douyin comments.csv"
    path.write_text(ROWS, encoding="gb18030")
    return path


def test_from_an_export_to_the_clients_csv(home, kova, open_page, tmp_path):
    tingfeng(home, "watchlist", "save", str(_written(tmp_path / "coffee.yaml", WATCHLIST)))
    with serving(home) as address:
        page = open_page(f"{address}/sources?lang=en")
        _import(page, kova)

        page.goto(f"{address}/mentions?lang=en&watchlist=Coffee&period=all")
        expect(page.get_by_text("5 mentions", exact=True)).to_be_visible()
        _search(page, "kova NOT latte")
        expect(page.get_by_text("1 mention", exact=True)).to_be_visible()
        assert "kova+NOT+latte" in page.url.replace("%20", "+")

        _correct(page, "positive")
        labels = tingfeng(home, "measure", "sentiment", "--watchlist", "Coffee", "--by", "platform", "--query", "避雷")
        assert [(row["positive"], row["corrected"]) for row in labels["rows"]] == [(1, 1)]

        page.goto(f"{address}/mentions?lang=en&watchlist=Coffee&period=all")
        rows = sorted(_downloaded(page), key=lambda row: row["id"])
        assert [row["id"] for row in rows] == [f"74500000000000001{number:02}" for number in range(1, 6)]
        corrected = {row["id"]: (row["label"], row["corrected"]) for row in rows}
        assert corrected["7450000000000000102"] == ("positive", "true")
        assert rows[4]["text"] == '\'=HYPERLINK("http://evil.example") 可瓦咖啡'
        assert (rows[0]["likes"], rows[3]["likes"]) == ("12000", "")
        assert rows[1]["published_at"] == "2025-01-13T15:50:00Z"


def test_hostile_names_are_text_and_new_mentions_show_at_the_next_interaction(home, kova, open_page):
    with serving(home) as address:
        page = open_page(f"{address}/mentions?lang=zh&period=all")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert tingfeng(home, "import", str(kova), "--platform", "douyin")["total"]["new"] == 5
        page.reload()
        expect(page.get_by_text("5 条提及", exact=True)).to_be_visible()
        expect(page.get_by_text("<b>坏人</b>")).to_be_visible()
        later = kova.with_name("later.csv")
        later.write_text(ROWS.replace("00000000010", "00000000020"), encoding="utf-8")
        assert tingfeng(home, "import", str(later), "--platform", "douyin")["total"]["new"] == 5
        page.get_by_text("表格", exact=True).click()
        expect(page.get_by_text("10 条提及", exact=True)).to_be_visible()


def _written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def _import(page: Page, path: Path) -> None:
    page.locator("input[type=file]").first.set_input_files(path)
    button = page.get_by_role("button", name=re.compile("Import 1 file"))
    expect(button).to_be_visible()
    settled(page)
    button.click()
    expect(page.get_by_text("5 mentions stored.")).to_be_visible()


def _search(page: Page, query: str) -> None:
    box = page.get_by_placeholder(re.compile("NOT"))
    box.fill(query)
    box.press("Enter")


def _correct(page: Page, label: str) -> None:
    settled(page)
    page.get_by_role("button", name=re.compile("Why this label")).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name=re.compile(label, re.IGNORECASE)).first.click()
    expect(dialog.get_by_text(re.compile("corrected|Correction", re.IGNORECASE)).first).to_be_visible()


def _downloaded(page: Page) -> list[dict[str, str]]:
    settled(page)
    page.get_by_role("button", name=re.compile("Download")).first.click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name=re.compile("CSV")).click()
    raw = Path(waiting.value.path()).read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
