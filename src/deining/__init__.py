"""Deining: listen to people, find who wants a relationship, and spend their attention like money."""

__version__ = "0.1.0"
