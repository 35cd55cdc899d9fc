"""Who else is at a draft just now, and which session they have selected."""
