"""What the written policy says, as pure functions over frozen values."""
