"""Isometric registry API v0: an account holder retires its own credits, and anyone reads the evidence."""
