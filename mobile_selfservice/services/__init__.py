"""What the portal can do: one act a function."""
