"""Tingfeng 听风: bilingual social listening on one machine."""

__version__ = "0.1.0"
