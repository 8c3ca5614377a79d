"""Lines of the employer: whose they are, and what about them does not fit."""
