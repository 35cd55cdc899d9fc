"""One entry: what a date fact becomes, and its iCalendar bytes."""
