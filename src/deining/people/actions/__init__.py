"""Every write of this room, one noun a file."""
