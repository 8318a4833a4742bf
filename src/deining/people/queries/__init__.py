"""Everything one may ask this room."""
