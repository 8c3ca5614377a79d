"""What is signed of a bill, printed, and answered by the director."""
