"""People: identities and who is behind them, the ledger of all that passed, segments, privacy. Floor 2."""
