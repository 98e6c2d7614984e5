"""The command line in this process, and small exports of our own."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tingfeng.cli import main

POSTS = """id,author,published_at,text,likes
a1,Ann,2025-01-13 10:00:00,Lumora sunscreen is great and I love it,5
a2,Bo,2025-01-14 11:00:00,I hate it when it rains,12
a3,Cy,2025-01-15 12:00:00,"Velune cream is great, but Lumora is terrible",
a4,,,,
"""
WATCHLIST = """name: Skin
time_zone: Asia/Shanghai
subjects:
  - {name: Lumora, kind: brand, query: lumora}
  - {name: Velune, kind: competitor, query: velune}
"""


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document on standard output."""
        return json.loads(self.out)


Command = Callable[..., Done]


@pytest.fixture
def tingfeng(home: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs `tingfeng ARGUMENTS` with a home of its own and the fastest engine."""
    assert home.is_dir()
    monkeypatch.setenv("TINGFENG_ENGINE", "vader")

    def run(*arguments: str, stdin: bytes = b"") -> Done:
        result = CliRunner().invoke(main, arguments, input=stdin)
        return Done(result.exit_code, result.stdout, result.stderr)

    return run


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with `posts.csv` and `skin.yaml`."""
    path = tmp_path / "work"
    path.mkdir()
    monkeypatch.chdir(path)
    (path / "posts.csv").write_text(POSTS, encoding="utf-8")
    (path / "skin.yaml").write_text(WATCHLIST, encoding="utf-8")
    return path
