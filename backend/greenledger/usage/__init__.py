"""The AI usage database: what was measured, which reports were built from it, and who is signed in."""
