"""Merge suggestions: found in the background, decided by colleagues, remembered for good."""
