"""What runs by itself: on a schedule, or after the person has gone on."""
