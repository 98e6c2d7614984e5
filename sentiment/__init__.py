"""Sentiment: language, label, score, confidence and the spans behind them."""
