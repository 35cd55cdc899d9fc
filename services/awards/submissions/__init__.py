"""Submissions: what a nomination still lacks, the unit's own notice, handing in with a signed receipt, and taking back."""
