"""An invented city, its phone bills, and a year of its story.

Everything is drawn from a seed, so that the same seed gives the same city: the same
carrier files to the byte and the same records. Nobody in it exists; its numbers are the
555-01xx that North America keeps for stories.
"""
