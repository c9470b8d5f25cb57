"""What of a claim is shown in a README or a chat: badges and cards, with numbers from the chain."""
