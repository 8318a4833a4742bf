"""What `deining find` shows: in the terminal, as one HTML page, as JSON and CSV."""
