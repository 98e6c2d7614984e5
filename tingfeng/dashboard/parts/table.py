"""Tables that leave a page: CSV that spreadsheets open right and that cannot run anything."""

import csv
import io

import pandas as pd

from tingfeng.dashboard.figures import missing
from tingfeng.mentions.guard import guard


def as_csv(frame: pd.DataFrame) -> bytes:
    """UTF-8 with BOM, formulas neutralised, unknown values empty."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([guard(str(name)) for name in frame.columns])
    for row in frame.itertuples(index=False):
        writer.writerow([_cell(value) for value in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _cell(value: object) -> object:
    if isinstance(value, str):
        return guard(value)
    return "" if missing(value) else value
