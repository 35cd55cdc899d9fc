"""Sheets: many nominations at once, from a workbook made of their form."""
