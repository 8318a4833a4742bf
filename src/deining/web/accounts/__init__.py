"""Signing in, and how people come to have an account."""
