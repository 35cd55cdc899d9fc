"""What every public page stands on: layout, macros, styles, words and dates. No page of its own, and no route."""
