"""T-Mobile's lists of calls and messages, one file for each line and kind."""
