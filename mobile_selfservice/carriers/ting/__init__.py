"""Ting's three files of one bill: minutes, messages, megabytes."""
