"""A process that scores texts for another: `python -m sentiment.worker ENGINE`.

The first line of standard input is the adaptation, each other one a JSON list of texts; each line of standard output is
the list of their sentiments. It ends with its input, so it never outlives the process that started it.
"""

import os
import signal
import sys
from typing import BinaryIO

from sentiment.analysis import analyze
from sentiment.learning import Adaptation
from sentiment.wire import ENCODER, TEXTS


def serve(engine: str, requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer every line of `requests` until it ends."""
    adaptation = Adaptation.from_json(requests.readline())
    for line in requests:
        found = analyze(TEXTS.decode(line), engine=engine, adaptation=adaptation)
        answers.write(ENCODER.encode(found) + b"\n")
        answers.flush()


def main() -> None:
    """Serve on the pipes that this process was started with."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the whole group; the starter decides what ends
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not get between the answers
    try:
        serve(sys.argv[1], sys.stdin.buffer, answers)
    except BrokenPipeError:
        os._exit(0)


if __name__ == "__main__":
    main()
