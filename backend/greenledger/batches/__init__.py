"""Batches: many workloads of an account under one Merkle tree and one report, however many they are."""
