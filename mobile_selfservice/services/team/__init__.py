"""What a department's lines cost, and where its reviews stand."""
