"""Consents: who else has a part in a nomination, the links by which they are asked, and what they have answered."""
