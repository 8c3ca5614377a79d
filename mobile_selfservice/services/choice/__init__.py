"""A phone of the employer's or a stipend: what each comes to. Nothing is stored."""
