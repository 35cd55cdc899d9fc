"""The sample world: organisations, personas, catalogue, and editions with their programmes, seeded through the gateway."""
