"""How a scorer and its workers talk: a JSON list of texts a line, and their sentiments as columns, a line too."""

from typing import Final

import msgspec

from sentiment.result import Columns
from sentiment.toward import About

ENCODER: Final = msgspec.json.Encoder()
ASKED: Final = msgspec.json.Decoder(list[str | About])
COLUMNS: Final = msgspec.json.Decoder(Columns)
