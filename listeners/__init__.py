"""Listeners: one module a source, each of which turns export files into frames of mentions."""
