"""XLSX in and out: the whole tree, and the members of a society."""
