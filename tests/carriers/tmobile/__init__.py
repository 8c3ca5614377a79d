"""T-Mobile's lists of calls and messages."""
