"""What a new installation begins with: the root, its first administrator, and the one of the server itself."""
