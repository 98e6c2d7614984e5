"""Make sure that the browser tests have a Chromium: the one that is here, the system's package, or Playwright's own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
FONTS = ("fonts-noto-cjk", "fonts-noto-color-emoji")


def find_chromium() -> str | None:
    """The path of a Chromium that can be started, or None."""
    chosen = os.environ.get("TINGFENG_CHROMIUM")
    if chosen:
        return chosen
    for name in NAMES:
        if path := shutil.which(name):
            return path
    return str(MAC) if MAC.exists() else _playwrights_own()


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def _from_system() -> bool:
    if os.name != "posix" or not shutil.which("apt-get"):
        return False
    sudo = [] if os.geteuid() == 0 else ["sudo", "--non-interactive"]
    steps = (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "chromium", *FONTS])
    return all(subprocess.run(sudo + step, check=False).returncode == 0 for step in steps)


def _from_playwright() -> bool:
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    return subprocess.run(command, check=False).returncode == 0


def main() -> int:
    """Exit 0 when a Chromium is here at the end."""
    if find_chromium() or (_from_system() and find_chromium()) or (_from_playwright() and find_chromium()):
        return 0
    sys.stderr.write(
        "No Chromium: neither the system's package manager nor Playwright could install one.\n"
        "Install Chromium or Chrome yourself, or name one in TINGFENG_CHROMIUM, then run make test again.\n"
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
