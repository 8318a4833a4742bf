"""Measures what the docs claim, on data found through `--data`, and prints it beside its rivals.

Only a developer's machine runs a bench: the rivals need the packages of the `dev` extra.
"""
