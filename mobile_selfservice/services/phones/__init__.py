"""What somebody has of their own: the employer's phone, or a stipend for one."""
