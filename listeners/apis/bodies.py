"""What an API says in the body of an answer, for those that judge it."""

from typing import Any

import httpx

from listeners.nested import Document
from listeners.reading.jsontext import BROKEN, DECODER


def value(response: httpx.Response) -> Any:
    """The JSON that an answer is, as a file reader has it; one of BROKEN where it is none."""
    return DECODER.decode(response.content.decode("utf-8-sig"))


def said(response: httpx.Response) -> Document:
    """The JSON object in an answer; empty where there is none."""
    try:
        found = value(response)
    except BROKEN:
        return {}
    return found if isinstance(found, dict) else {}


def number(value: object) -> int | None:
    """A code that is written as a number or as text; None for anything else."""
    try:
        return int(str(value))
    except ValueError:
        return None
