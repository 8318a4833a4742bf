"""The demo brand: a small museum that does not exist, and 1,500 people who do not either.

A simulator gives each of them a hidden wish for a relationship, or none; the ledger shows only what they
did. So the demo can tell how well the wish is found: `./deining demo --check`. How it works: docs/demo.md.
"""
