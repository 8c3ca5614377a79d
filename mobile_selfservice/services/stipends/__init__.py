"""Stipends: asked for, approved, checked, entered, proved, paused and ended."""
