"""What each role is called on every screen."""

ROLE_NAMES = {
    "employee": "Employee",
    "director": "Department director",
    "finance": "Finance",
    "it": "Information Systems",
    "dcm": "Deputy City Manager",
    "city_manager": "City Manager",
    "counsel": "City Attorney",
    "auditor": "Auditor",
    "administrator": "Administrator",
}
