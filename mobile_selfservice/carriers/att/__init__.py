"""AT&T's and FirstNet's files, as their Premier portal gives them."""
