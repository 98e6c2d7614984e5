"""The documentation says what the product does."""

import re
import runpy

import pytest

from tingfeng.cli import main
from tingfeng.home import CHECKOUT
from tingfeng.operations.formats import formats

DOCS = CHECKOUT / "docs"
MADE = runpy.run_path(str(DOCS / "make.py"))["pages"]()


@pytest.mark.parametrize("path", MADE, ids=lambda path: path.stem)
def test_generated_pages_are_current(path):
    assert path.read_text(encoding="utf-8") == MADE[path], "run make docs"


def test_every_format_has_a_page():
    assert {path.stem for path in (DOCS / "listeners").glob("*.md")} - {"README"} == {
        known["name"] for known in formats()
    }


def test_every_command_is_in_the_user_guide():
    guide = (DOCS / "user-guide.md").read_text(encoding="utf-8")
    assert {name for name in main.commands if f"tingfeng {name}" not in guide} == set()


@pytest.mark.parametrize("page", [CHECKOUT / "README.md", *DOCS.rglob("*.md")], ids=lambda page: page.stem)
def test_links_lead_somewhere(page):
    links = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []
