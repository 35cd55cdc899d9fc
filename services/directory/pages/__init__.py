"""The templates and words of the public pages: signing in, and the first run."""
