"""What the carriers' rate codes mean, and what depends on those nobody has mapped."""
