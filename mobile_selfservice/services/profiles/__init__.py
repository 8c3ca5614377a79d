"""Column profiles: how files of no known layout are read, as a clerk mapped it."""
