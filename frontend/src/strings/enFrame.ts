/** English texts of the frame around every page, and words that several pages share. */
export const enFrame = {
  brand: "GPTX Green AI Ledger",
  brandShort: "Green AI Ledger",
  skip: "Skip to content",
  nav: {
    label: "Main",
    home: "Home",
    record: "Record",
    retire: "Retire",
    ledger: "My ledger",
    explore: "Explore",
    verify: "Verify",
  },
  titles: (page: string) => `${page} · GPTX Green AI Ledger`,
  loading: "Reading…",
  retry: "Try again",
  copy: "Copy",
  copied: "Copied",
  none: "none",
  language: "Language",
  optional: "optional",
  unknownValue: "unknown",
  contract: {
    ledger: "FootprintLedger",
    credits: "RetiredCredits",
    desk: "RetirementDesk",
    council: "OracleCouncil",
  },
  footer: {
    source: "All ledger state on this page is read from the chain, by your browser.",
    chain: "Chain",
    block: "Block",
    rpc: "RPC",
    methodology: "Methodology",
  },
  bounds: {
    low: "low",
    central: "central",
    high: "high",
    label: (low: string, central: string, high: string) => `Between ${low} and ${high}, central ${central}`,
    note: "Bounds under the stated factors, not confidence limits.",
  },
  coverage: {
    title: "Coverage",
    of: (covered: string, high: string) => `${covered} of ${high} (high bound) allocated`,
    over: "More is allocated than the corrected high bound.",
  },
  readFrom: (contract: string, call: string) => `Read from ${contract}.${call}`,
  status: {
    backendDown:
      "The backend does not answer. The ledger is read from the chain and still works; estimates, signing in, co-signing and orders have to wait.",
    backendPartly: (parts: string) => `The backend runs, but a part of it does not: ${parts}.`,
    chainDown: (rpc: string) =>
      `The chain does not answer at ${rpc}. What is shown may be old, and nothing can be recorded until it is back.`,
    otherChain: (expected: number, found: number) =>
      `The RPC answers for chain ${found}, but this page is set up for chain ${expected}. Nothing it says is shown as ours.`,
    readFailed: "This could not be read from the chain.",
    askFailed: "The backend could not answer this.",
    answered: (status: number) => `The backend answered ${status}`,
    noConfig: "The page does not know which chain to read, because its configuration could not be loaded.",
    crashed: "This part of the page failed. Nothing was sent.",
  },
};
