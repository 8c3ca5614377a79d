"""The profiles that come with the portal: to start from, never used unseen."""
