"""The values of the written policy: who sets them, what they alter, what they were."""
