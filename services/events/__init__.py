"""Flagship series, their editions, programme, schedule, releases and registration."""
