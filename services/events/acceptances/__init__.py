"""What stands against a draft, and what of it somebody let stand; how conflicts are found is in `schedule/`."""
