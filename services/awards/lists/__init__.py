"""The accepted list (受理名单): who is past the formality check, published with its objection window and never rewritten."""
