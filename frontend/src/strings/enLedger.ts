/** English texts of the charts, exports and snippets of one's own ledger. */
export const enLedger = {
  overTime: {
    title: "Coverage over time",
    caption: {
      month:
        "Footprint and coverage by the month in which the work of an attestation ended. Each period counts whole.",
      year: "Footprint and coverage by the year in which the work of an attestation ended. Each period counts whole.",
    },
    footprint: "Footprint, central",
    bounds: "low to high",
    covered: "Covered by retirements",
    alt: (buckets: number, from: string, to: string) =>
      buckets === 1 ? `Column chart of ${from}` : `Column chart of ${buckets} periods from ${from} to ${to}`,
    table: "The same as a table",
    columns: {
      month: "Month",
      year: "Year",
      attestations: "Attestations",
      low: "Low",
      central: "Central",
      high: "High",
      covered: "Covered",
      share: "of high",
    },
  },
  breakdown: {
    title: "By model and by region",
    note: "The chain holds sums, not models or places. These come from the workloads that you stated at the gateway; only those that add up to an attestation on the chain are counted.",
    signIn: "Sign in to see your own ledger by model and region. Totals and coverage above need no sign-in.",
    away: "The gateway does not answer, so models and regions cannot be told. Totals and coverage above are the chain’s.",
    models: "By model",
    regions: "By region",
    columns: {
      model: "Model or run",
      region: "Region",
      bar: "Bar",
      value: "Central, low to high",
      share: "Share",
    },
    unnamed: "Not named",
    noPlace: "No place stated",
    severalPlaces: "Several places",
    others: (count: number) => `${count} smaller ones`,
    rest: "Not explained by your workloads here",
    nothing: "There is nothing to break down yet.",
  },
  exports: {
    title: "Export",
    note: (block: string) =>
      `Read from the chain at block ${block}. The names of the columns hold their units; what may still change has the block in its name.`,
    attestations: "Attestations as CSV",
    certificates: "Certificates as CSV",
    json: "All of it as JSON",
    preparing: "Reading…",
    check: "Check an export against the chain",
    file: "Exported file, JSON or CSV",
    hint: "The file stays in your browser.",
    otherChain: "This export is of another chain or another ledger.",
    otherAccount: (account: string) => `This export is of the account ${account}, not of this one.`,
    malformed: (field: string, expected: string) =>
      `This is not an export of this page: ${field} must be ${expected}.`,
    notExport: "This file is neither the JSON nor a CSV of an export.",
    ahead: (block: string) => `The export is of block ${block}, which this page’s chain does not have yet.`,
    parts: { totals: "totals", attestations: "attestations", certificates: "certificates" },
    same: (parts: string, block: string) =>
      `Equal in every field to what the chain held at block ${block}: ${parts}.`,
    unchecked: (parts: string) => `Not in this file, and so not checked: ${parts}.`,
    eventsOnly: (count: string, block: string) =>
      `The node no longer tells what the contracts held at block ${block}. The footprints of ${count} attestations are as they were recorded; their coverage and state, the totals and the certificates were not checked.`,
    since: (count: string) => `${count} more were recorded since.`,
    differ: (count: string, block: string) =>
      `${count} entries differ from what the chain held at block ${block}:`,
    wrong: {
      unknown: "not on the chain",
      "left out": "missing in the file",
      twice: "more than once in the file",
    },
  },
  card: {
    title: "For a model card",
    note: "Front matter in the form that Hugging Face reads: emissions in grams of CO₂e. It goes at the top of the model’s README.md, between the lines of three dashes.",
    attestation: "Attestation",
    type: "Training type",
    types: { "pre-training": "pre-training", "fine-tuning": "fine-tuning" },
    typeNone: "Left out",
    location: "Geographical location",
    locationHint: "As fine as you may say, such as Quebec, Canada.",
    hardware: "Hardware used",
    hardwareHint: "Such as 4 NVIDIA A100 80GB.",
    public: "This text becomes public where you paste it. It is not written on chain.",
    yaml: "Front matter",
    copy: "Copy the front matter",
    source: (ledger: string, id: string, low: string, high: string, link: string) =>
      `${ledger}, attestation ${id}, between ${low} and ${high} g CO2e: ${link}`,
  },
};
