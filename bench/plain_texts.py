"""The packages alone, as `bench.plain` calls them: a JSON list of texts in, seconds of scoring out."""

import json
import sys
import time

from bench.plain import scoring


def main() -> None:
    """Score every text, loading not counted."""
    texts = json.load(sys.stdin)
    score = scoring()
    score("热身")
    started = time.perf_counter()
    for text in texts:
        score(text)
    print(time.perf_counter() - started)


if __name__ == "__main__":
    main()
