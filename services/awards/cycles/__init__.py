"""Cycles (届): one holding of a programme, with its own copy of the definition, its stages, amendments and extensions."""
