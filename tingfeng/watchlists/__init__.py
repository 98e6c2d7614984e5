"""Watchlists: named sets of subjects, and which mentions each subject matches."""
