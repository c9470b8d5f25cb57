"""GPTX Green AI Ledger: carbon footprints of AI work and certificates of retired credits."""

__version__ = "0.1.0"
