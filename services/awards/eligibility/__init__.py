"""Eligibility: who may stand in a programme, decided by rules that are data and explained clause by clause."""
