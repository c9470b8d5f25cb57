"""Tools for AI agents over the Model Context Protocol: they read and prepare, and never sign or spend."""
