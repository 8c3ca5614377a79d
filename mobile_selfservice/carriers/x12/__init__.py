"""ANSI X12 811, the consolidated service invoice of the telephone companies."""
