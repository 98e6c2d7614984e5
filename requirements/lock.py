"""Write the pinned, hashed requirement files anew; they name no index and no host."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
COMPILE = [
    *(sys.executable, "-m", "piptools", "compile", "--quiet", "--upgrade", "--generate-hashes"),
    *("--no-emit-index-url", "--no-emit-find-links", "--no-emit-trusted-host"),
    *("--no-header", "--no-annotate", "--strip-extras", "--allow-unsafe"),
]


def main() -> None:
    """Run first, then development on top of the same versions."""
    run = ["--all-build-deps", "--output-file", "requirements/run.txt", "pyproject.toml"]
    develop = ["-c", "requirements/run.txt", "--output-file", "requirements/dev.txt", "requirements/dev.in"]
    for arguments in (run, develop):
        subprocess.run(COMPILE + arguments, cwd=HERE.parent, check=True)  # noqa: S603 - constant arguments


if __name__ == "__main__":
    main()
