"""What can be asked about users, brands, memberships and the log: one noun a file."""
