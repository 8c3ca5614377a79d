"""Ting's three files of one bill."""
