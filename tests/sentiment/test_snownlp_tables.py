from dataclasses import asdict
from pathlib import Path

import numpy as np
import platformdirs
import pytest

from sentiment.engines.snownlp_tables import load_tables


def test_a_damaged_copy_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    expected = asdict(load_tables())
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda _: tmp_path)
    for made in (load_tables.__wrapped__(), _damaged(tmp_path)):
        assert all(np.array_equal(value, expected[name]) for name, value in asdict(made).items())


def _damaged(folder: Path):
    [kept] = folder.iterdir()
    kept.write_bytes(kept.read_bytes()[:-100])
    return load_tables.__wrapped__()


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda _: tmp_path / "file")
    assert np.array_equal(load_tables.__wrapped__().tri_key, load_tables().tri_key)
