"""What leaves the house: mentions as CSV, XLSX and Parquet, and labels that come back in an edited file."""

from tingfeng.reports.corrections import Corrections, read_corrections
from tingfeng.reports.exporting import FORMATS, export

__all__ = ["FORMATS", "Corrections", "export", "read_corrections"]
