"""From a carrier's files to bills that are released."""
