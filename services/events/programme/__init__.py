"""The programme: sessions, tracks, people and their roles; when and where is the schedule's."""
