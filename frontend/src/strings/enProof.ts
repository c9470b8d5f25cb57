/** English texts about where something was read, or why it cannot be. */
export const enProof = {
  read: {
    title: "Check it yourself",
    lead: "The same question, in the form any node of this chain takes.",
    at: (call: string, block: string) => `Read from ${call} at block ${block}`,
    to: "To",
    data: "Data",
    result: "Result",
    curl: "Copy as curl",
    failed: "The node does not answer this for that block any more.",
  },
  missing: {
    attestation: (contract: string, chain: string) =>
      `The ledger ${contract} on ${chain} has recorded no attestation with this id. An attestation of another ledger has to be looked up there.`,
    certificate: (contract: string, chain: string) =>
      `The contract ${contract} on ${chain} has minted no certificate with this id. A certificate of another contract has to be looked up there.`,
    search: "Search the ledger",
  },
};
