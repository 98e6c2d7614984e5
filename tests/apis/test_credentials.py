"""Where credentials and addresses come from."""

from pathlib import Path

import pytest

from listeners.apis.credentials import address, credential
from listeners.apis.registry import apis
from tests.apis.toy import Toy
from tingfeng.errors import TingfengError


def kept(home: Path, text: str, mode: int = 0o600) -> None:
    (home / "secrets.yaml").write_text(text)
    (home / "secrets.yaml").chmod(mode)


def test_the_environment_comes_before_the_file(home: Path, monkeypatch: pytest.MonkeyPatch):
    kept(home, "toy: 'id:from the file'\n")
    assert credential(Toy()) == "id:from the file"
    monkeypatch.setenv("TINGFENG_TOY_TOKEN", "id:given")
    assert credential(Toy()) == "id:given"
    assert credential(apis()["hackernews"]) is None


def test_a_missing_one_is_named(home: Path):
    assert home.is_dir()
    with pytest.raises(TingfengError) as error:
        credential(Toy())
    assert error.value.where == "TINGFENG_TOY_TOKEN"
    assert "id:secret" in error.value.what
    assert "docs/listeners/toy.md" in error.value.hint


@pytest.mark.parametrize(
    ("text", "mode", "what"),
    [
        ("toy: id:s3cr3t-canary\n", 0o644, "Others can read"),
        ("toy: [s3cr3t-canary]\n", 0o600, "not a list of"),
        ("toy: 's3cr3t-canary\n", 0o600, "not a list of"),
        ("- s3cr3t-canary\n", 0o600, "not a list of"),
    ],
)
def test_a_file_that_will_not_do_is_refused_without_its_words(home: Path, text: str, mode: int, what: str):
    kept(home, text, mode)
    with pytest.raises(TingfengError) as error:
        credential(Toy())
    assert what in str(error.value)
    assert "s3cr3t" not in str(error.value)


def test_a_credential_that_cannot_travel_is_refused(home: Path, monkeypatch: pytest.MonkeyPatch):
    assert home.is_dir()
    monkeypatch.setenv("TINGFENG_TOY_TOKEN", "ключ")
    with pytest.raises(TingfengError, match="holds what no key has"):
        credential(Toy())


def test_another_address(monkeypatch: pytest.MonkeyPatch):
    assert address(Toy()) is None
    monkeypatch.setenv("TINGFENG_TOY_URL", "http://127.0.0.1:9000/toy/")
    assert address(Toy()) == "http://127.0.0.1:9000/toy"
    monkeypatch.setenv("TINGFENG_TOY_URL", "127.0.0.1:9000")
    with pytest.raises(TingfengError, match=r"no http\(s\) URL"):
        address(Toy())
