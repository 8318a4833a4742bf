"""A file on its way into a ledger: upload, mapping, progress, undo. `channels.files` does the reading."""
