"""The staff desk: home, people, person, imports, merge suggestions, members."""
