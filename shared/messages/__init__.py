"""The facts that each service publishes: the only thing services share about each other."""
