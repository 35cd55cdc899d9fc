"""People who appear in programmes: they belong to the installation, not to one edition."""
