"""Contracts whose source is exactly what was deployed, in the shapes that block explorers ask for."""
