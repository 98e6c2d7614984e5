"""The web dashboard: pages, charts, words in English and 中文."""
