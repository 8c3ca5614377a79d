"""AT&T's older download in sections."""
