"""Venues and their rooms, which belong to the installation and are shared by editions."""
