"""Who may come in: accounts, passwords, sessions, and who is who."""
