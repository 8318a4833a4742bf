"""The pages of imports: the list, a new one, its columns, its progress, its result."""
