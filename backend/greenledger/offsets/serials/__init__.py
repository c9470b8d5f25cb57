"""Serial numbers of retired credits: read as the registries write them, compared, and turned into sources."""
