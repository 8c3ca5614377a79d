"""What an employee gives back: tender, payment, receipt, reversal."""
