"""An adaptation of our own engine as plain data: it is stored, sent to workers and compared, and holds no text but
the terms that are shown to people."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any, Final, NamedTuple, Self

import msgspec

from sentiment.result import Label

#: What a word rule adds to the logit of its pole where nobody says how much.
RULE_WEIGHT: Final = 2.0
#: N-grams' weights are kept as whole numbers of this many logits.
GRAIN: Final = 0.001


class Poles(NamedTuple):
    """What is added to the logits of the two poles, neutral's being 0."""

    negative: float
    positive: float

    @property
    def lean(self) -> float:
        """What is added to the positive minus the negative logit."""
        return self.positive - self.negative


class WordRule(NamedTuple):
    """A person's word on a term: its own words are no opinion (neutral), or lean to `label` by `weight` logits."""

    term: str
    label: Label
    weight: float = RULE_WEIGHT

    @property
    def poles(self) -> Poles:
        """What a text gets for naming the term."""
        return Poles(self.weight * (self.label == "negative"), self.weight * (self.label == "positive"))


class Gram(NamedTuple):
    """What is added to the weights of one bucket of n-grams, in `GRAIN`s."""

    bucket: int
    negative: int
    positive: int


@dataclass(frozen=True, eq=False)
class Adaptation:
    """What was learned on the engine `learned_on` (name and version), and rules, which hold for every version.

    `offsets` by language, of a text in any other language those of "".
    """

    learned_on: str = ""
    offsets: Mapping[str, Poles] = field(default_factory=lambda: MappingProxyType({}))
    terms: Mapping[str, Poles] = field(default_factory=lambda: MappingProxyType({}))
    grams: Sequence[Gram] = ()
    rules: Sequence[WordRule] = ()

    @cached_property
    def mark(self) -> str:
        """Six letters that tell one adaptation from another; empty for one that changes nothing."""
        if not (self.offsets or self.terms or self.grams or self.rules):
            return ""
        return hashlib.sha256(self.to_json()).hexdigest()[:6]

    def to_json(self) -> bytes:
        """The same content always gives the same bytes."""
        return msgspec.json.encode(self._plain(), order="deterministic")

    @classmethod
    def from_json(cls, written: bytes | str) -> Self:
        """What `to_json` gave; ValueError for anything else."""
        try:
            return cls(**msgspec.json.decode(written, type=_Written).fields())
        except msgspec.MsgspecError as error:
            raise ValueError(f"this is no adaptation: {error}") from error

    def with_rules(self, rules: Sequence[WordRule]) -> "Adaptation":
        """The same with other word rules."""
        return replace(self, rules=tuple(rules))

    def on(self, engine: str) -> "Adaptation":
        """What of it holds for `engine` (name and version): rules always, what was learned on that engine only."""
        return self if self.learned_on == engine else Adaptation(rules=self.rules)

    def _plain(self) -> dict[str, Any]:
        return {
            "learned_on": self.learned_on,
            "offsets": dict(self.offsets),
            "terms": dict(self.terms),
            "grams": self.grams,
            "rules": self.rules,
        }


class _Written(msgspec.Struct, forbid_unknown_fields=True):
    """An adaptation as JSON."""

    learned_on: str
    offsets: dict[str, Poles]
    terms: dict[str, Poles]
    grams: tuple[Gram, ...]
    rules: tuple[WordRule, ...]

    def fields(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__struct_fields__}


#: The engine as it ships.
PLAIN: Final = Adaptation()
