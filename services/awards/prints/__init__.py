"""Prints: a nomination as PDF, the page that its unit seals, and the scan of it that comes back."""
