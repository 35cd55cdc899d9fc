"""Programme files, in and out: every format on its own, and the update that a newer file makes."""
