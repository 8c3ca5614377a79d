"""Trying a draft policy on months that are already certified, and changing nothing."""
