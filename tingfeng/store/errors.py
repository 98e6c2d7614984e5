"""What is said when the store cannot do what was asked."""

from collections.abc import Iterable
from difflib import get_close_matches

from tingfeng.errors import TingfengError


class StoreError(TingfengError):
    """The store's file cannot be opened, read or written."""


class UnknownNameError(TingfengError):
    """A watchlist, subject, import or mention that is not in the store; says the nearest one that is."""

    def __init__(self, kind: str, name: str, known: Iterable[str] = ()) -> None:
        names = list(known)
        near = get_close_matches(name, names, n=1, cutoff=0.5)
        hint = f"did you mean {near[0]!r}?" if near else ""
        if not near and names:
            hint = f"there is {', '.join(repr(one) for one in names[:10])}"
        super().__init__(f"There is no {kind} {name!r}", hint=hint)
