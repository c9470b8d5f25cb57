"""The oracle council: each node recomputes a report before it signs it, and collects m of n signatures."""
