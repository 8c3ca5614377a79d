"""Letters, reminders and the signed links in them."""
