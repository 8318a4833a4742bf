"""Taking a person out of every place there is, so that only keyed hashes are left."""
