"""Files of any layout, read by a profile in which a person mapped their columns."""
