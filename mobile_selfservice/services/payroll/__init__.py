"""What payroll is told to pay: stipend runs, their file, and corrections of them."""
