"""A process that scores texts for another: `python -m sentiment.worker ENGINE`.

The first line of standard input is the adaptation, each other one a JSON list of texts, or of texts with the names to
read them for; each line of standard output is their sentiments as columns. It ends with its input, so it never outlives
the process that started it.
"""

import os
import signal
import sys
from typing import BinaryIO

from sentiment.analysis import answers as answers_to
from sentiment.learning import Adaptation
from sentiment.wire import ASKED, ENCODER


def serve(engine: str, requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer every line of `requests` until it ends."""
    adaptation = Adaptation.from_json(requests.readline())
    for line in requests:
        answers.write(ENCODER.encode(answers_to(ASKED.decode(line), engine, adaptation)) + b"\n")
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
