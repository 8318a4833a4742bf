"""Where messages come from and go to: one self-contained folder for each network (floor 3)."""
