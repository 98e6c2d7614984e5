"""How a scorer and its workers talk: one JSON list a line."""

from typing import Final

import msgspec

from sentiment.result import Sentiment

ENCODER: Final = msgspec.json.Encoder()
TEXTS: Final = msgspec.json.Decoder(list[str])
SENTIMENTS: Final = msgspec.json.Decoder(list[Sentiment])
