/** English texts of the pages that only read. */
export const enPages = {
  home: {
    title: "Home",
    eyebrow: "An open ledger for AI and carbon",
    headline: "State the carbon of your AI work. Let anyone check it.",
    lead: "A footprint with honest bounds, co-signed by a council that recomputes it, recorded by your own key. Credits retired against it, gram by gram. No server of ours is needed to read or verify any of it.",
    start: "Record a footprint",
    check: "Check a claim",
    local:
      "This is a local chain. A development wallet is offered in the wallet list, so nothing has to be installed; its money is worthless.",
    specimen: {
      label: "Estimated just now",
      title: "BLOOM-176B, training run",
      detail: (energy: string) => `1,082,990 A100 hours in France, ${energy}, from the published figures.`,
    },
    stepsTitle: "How it works",
    steps: [
      {
        title: "State the work",
        text: "Hours on accelerators or tokens served, place and period. You see low, central and high figures before anything is signed.",
        link: "Start an estimate",
        href: "/record",
      },
      {
        title: "Record it",
        text: "Council members recompute the same integers and sign. Your wallet records the attestation; its id is the hash of the report.",
        link: "See your ledger",
        href: "/ledger",
      },
      {
        title: "Retire and cover",
        text: "Credits are retired at a registry in your name. The certificate cannot be traded; allocate it and the coverage is public.",
        link: "Retire credits",
        href: "/retire",
      },
    ],
    latest: "Latest on the ledger",
    latestNote: "From the events of the contract, newest first.",
    nothing: "Nothing has been recorded yet. The first attestation could be yours.",
  },
  myLedger: {
    title: "Ledger",
    eyebrow: "Read from the chain",
    headline: "My ledger",
    headlineOf: (account: string) => `Ledger of ${account}`,
    lead: "Totals, attestations and certificates of one account. No sign-in and no backend is needed to read it.",
    lookUp: "Look at another account",
    account: "Account address",
    show: "Show",
    malformed: "This is not an address. An address is 0x followed by 40 hexadecimal digits.",
    choose: "Connect a wallet to see its ledger, or enter any address.",
  },
  notFound: { title: "Not found", text: "There is no page at this address.", home: "Go to the start" },
};
