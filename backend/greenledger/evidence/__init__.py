"""Evidence of footprints: canonical bytes, hashes, Merkle trees, typed data, recompute and compare."""
