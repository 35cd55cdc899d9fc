"""The services of Huitang, each with the same shape; none imports another."""
