"""One bill: what is on it, what its holder says of it, what that comes to."""
