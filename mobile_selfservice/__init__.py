"""Mobile self-service: run a written mobile-phone policy with your people."""
