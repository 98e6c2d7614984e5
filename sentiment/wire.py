"""How a scorer and its workers talk: a JSON list of texts a line, and their sentiments as columns, a line too."""

from typing import Final

import msgspec

from sentiment.result import Columns

ENCODER: Final = msgspec.json.Encoder()
TEXTS: Final = msgspec.json.Decoder(list[str])
COLUMNS: Final = msgspec.json.Decoder(Columns)
