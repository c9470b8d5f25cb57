"""Carbonmark, API version 20."""
