"""Key dates of editions: circulars, abstracts, registration, arrival; each with an entry in calendars."""
