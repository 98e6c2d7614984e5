"""What an API says in the body of an answer, for those that judge it."""

import httpx

from listeners.nested import Document
from listeners.reading.jsontext import BROKEN, DECODER


def said(response: httpx.Response) -> Document:
    """The JSON object in an answer; empty where there is none."""
    try:
        found = DECODER.decode(response.content.decode("utf-8-sig"))
    except BROKEN:
        return {}
    return found if isinstance(found, dict) else {}


def number(value: object) -> int | None:
    """A code that is written as a number or as text; None for anything else."""
    try:
        return int(str(value))
    except ValueError:
        return None
