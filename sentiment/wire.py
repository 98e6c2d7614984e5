"""How a scorer and its workers talk: one JSON list a line."""

from typing import Final

import msgspec

from sentiment.result import Sentiment
from sentiment.toward import About

ENCODER: Final = msgspec.json.Encoder()
ASKED: Final = msgspec.json.Decoder(list[str | About])
SENTIMENTS: Final = msgspec.json.Decoder(list[Sentiment])
