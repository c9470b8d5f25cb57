"""Validation as a product: published runs as workloads, ours beside theirs, and a verdict for each."""
