"""Pure computation: Arrow in, Arrow out. Imports neither Django nor any other room."""
