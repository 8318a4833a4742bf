"""The project looks at itself: the test suite, lint, types, floors. Needs the development packages."""
