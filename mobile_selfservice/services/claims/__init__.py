"""Business calls on a private phone: claimed, signed, decided on, paid."""
