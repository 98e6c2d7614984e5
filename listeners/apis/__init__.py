"""Listeners for APIs: one module a source, each of which says what to ask and how the answers come in pages."""
