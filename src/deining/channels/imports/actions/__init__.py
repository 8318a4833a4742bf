"""Everything that changes an import. One noun a file."""
