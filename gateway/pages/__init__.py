"""The pages that belong to no service: problems explained, a refusal shown to a reader, the API's description."""
