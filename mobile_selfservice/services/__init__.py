"""What the portal can do: one act a function, grouped by department of work.

Beside the groups stand what all of them ask: `access` (the only doors to a record),
`history`, `refusals`, `actors`, `policy_in_force` and the calendar.
"""
