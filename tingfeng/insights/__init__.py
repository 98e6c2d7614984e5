"""Measures: small frames of true numbers."""
