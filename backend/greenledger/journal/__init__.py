"""What the database keeps of the chain: the events that were followed and the transactions that were sent."""
