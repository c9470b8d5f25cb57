"""OpenTelemetry in, stated events out: what calls of language models used, never what was said in them."""
