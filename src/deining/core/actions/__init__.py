"""What changes users, brands and memberships: every write of the core, one noun a file."""
