"""A real dashboard in a real browser: `tingfeng serve` in a process of its own, and Chromium."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.get_chromium import find_chromium

TINGFENG = Path(sys.executable).parent / "tingfeng"
QUIET = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"),
]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(home: Path, *options: str) -> Iterator[str]:
    """The address of a dashboard over `home`, which answers until the block ends."""
    port = free_port()
    command = [str(TINGFENG), "serve", "--port", str(port), *options]
    environment = os.environ | {"TINGFENG_HOME": str(home)}
    environment.pop("TINGFENG_STORE", None)
    with (home / "serve.out").open("w") as output:
        server = subprocess.Popen(command, env=environment, stdout=output, stderr=subprocess.STDOUT)
        try:
            _wait(f"http://127.0.0.1:{port}/_stcore/health", server, home / "serve.out")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(30)


def _wait(address: str, server: subprocess.Popen[bytes], output: Path) -> None:
    for _ in range(1200):
        if server.poll() is not None:
            break
        try:
            with urlopen(address, timeout=1):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    pytest.fail(f"the dashboard did not start:\n{output.read_text()[-3000:]}")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = find_chromium()
    if path is None:
        pytest.fail("no Chromium: run make test, which gets one")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """A function that opens an address in a fresh window (language and colours chosen by keyword)."""
    contexts: list[BrowserContext] = []

    def open_one(address: str, *, colours: str = "light", locale: str = "en-GB") -> Page:
        context = chromium.new_context(
            viewport={"width": 1400, "height": 900}, color_scheme=colours, locale=locale, accept_downloads=True
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.goto(address)
        return page

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture
def picture(pytestconfig: pytest.Config) -> Callable[[Page, str], None]:
    """A function that saves a page as a picture of the user guide, when pictures are asked for."""
    folder = pytestconfig.getoption("--screenshots")

    def save(page: Page, name: str) -> None:
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            page.wait_for_timeout(800)
            page.screenshot(path=Path(folder) / f"{name}.png")

    return save
