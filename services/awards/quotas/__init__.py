"""Quotas: the ledger of slots over the organisation tree, and the one-time codes that stand for them."""
