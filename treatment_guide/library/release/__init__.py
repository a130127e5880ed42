"""What a release of the guide says: its hashes, its outcomes in words, its stamp, its stored form."""
