"""Verizon: its "Raw Data Download" and its account and inventory exports."""
