"""How long what passed between us is kept, kind by kind: rules, what they would remove, removing it."""
