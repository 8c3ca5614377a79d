"""AT&T's older download: one section of calls, one of data, for each line."""
