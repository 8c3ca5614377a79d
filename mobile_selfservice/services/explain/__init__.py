"""How every figure the portal shows came about, for whoever may see the figure."""
