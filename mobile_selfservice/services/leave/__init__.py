"""Leave: who is away, when it is long, and what that means for phone and stipend."""
