"""Editions (届): one holding of a series, with its dates, organisations by role, approval and states."""
