"""Links that show a draft as it would be released, for some days, to whoever has them."""
