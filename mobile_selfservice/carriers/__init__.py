"""How each carrier writes an invoice: files in, one plain invoice out."""
