/** English texts of the page that checks a claim. */
export const enVerify = {
  title: "Verify",
  eyebrow: "Trust nobody",
  headline: "Check a claim",
  lead: "Paste the id of an attestation or certificate, or open what its owner disclosed. Your browser reads the chain and recomputes every figure by itself; nothing is sent to us.",
  byId: "By id",
  id: "Attestation or certificate id",
  look: "Look it up",
  malformed: "An id is 0x followed by 64 hexadecimal digits.",
  notFound: "Neither an attestation nor a certificate has this id on this chain.",
  foundAttestation: "This is an attestation on this ledger.",
  foundCertificate: "This is a certificate of this contract.",
  open: "Open it",
  unreadable: "The chain could not be read, so nothing is confirmed.",
  byFile: "By what was disclosed",
  file: "Evidence bundle or workload (JSON)",
  drop: "Choose the file, or drop it here. A bundle names its attestation; for workloads alone, give the id above.",
  paste: "Paste it instead",
  pasted: "JSON text",
  check: "Check this text",
  reading: "Reading the file…",
  tooLarge: (bytes: string) => `The file has ${bytes} bytes, more than the 64 MiB that are read here.`,
  notLoaded:
    "The factors of the model could not be loaded, because the server of this page does not answer. Open this page again when it does; after that the check works without it.",
  unexpected: (detail: string) => `This could not be checked: ${detail}`,
  notJson: (detail: string) => `The file cannot be read: ${detail}.`,
  wrongField: (field: string, problem: string, expected: string) =>
    `${field === "" ? "" : `${field}: `}${problem}. Expected: ${expected}.`,
  unknownMethodology: (id: string) =>
    `The attestation names a methodology that this page has no factors for: ${id}. It knows these:`,
  wrongCount: (given: number, expected: number) =>
    `The file holds ${given} workloads without proofs, and the attestation states ${expected}. All of them are needed, or a Merkle proof for each.`,
  noRoot:
    "Workloads with proofs are checked against the root on the ledger. Give the id of their attestation above.",
  needsId: "Which attestation is this about? Give its id above to compare these figures with the ledger.",
  otherId: "The file is about another attestation than the id above. What is checked here is the file's.",
  noEvent:
    "The event of this attestation could not be read, so only the fields that the ledger stores are compared.",
  noReport:
    "The event of this attestation could not be read from this node, so its methodology is not known and nothing was recomputed.",
  recomputing: (done: string, all: string) => `Recomputing: ${done} of ${all} workloads`,
  verdicts: {
    equal: "Every field is equal: recomputed here from the workloads, and on the ledger.",
    equalInPart: (shown: string, all: string) =>
      `Equal in every field of ${shown} of ${all} workloads. What the file does not hold was not checked.`,
    different: "At least one field differs. Do not rely on this claim.",
    notRecorded:
      "No attestation with this id was recorded on this ledger, so there is nothing to compare with.",
    nothing: "Nothing was recomputed: open what the account disclosed.",
    estimate: "Recomputed here. Nothing was compared with the ledger.",
  },
  differs: (fields: string) => `Different: ${fields}`,
  superseded: "A later report of the account replaced this attestation.",
  recomputedWith: (set: string) =>
    `Recomputed in your browser with ${set}, whose Merkle root gives the methodology.`,
  table: {
    caption: "Field by field",
    field: "Field",
    stated: "In the file",
    chain: "On the ledger",
    recomputed: "Recomputed here",
    equal: "Equal?",
    outcomes: { equal: "Equal", different: "Different", single: "Not compared" },
  },
  coverage: "Coverage on chain",
  explanation: "Why these figures",
  whichWorkload: (all: string) => `Workload, 1 to ${all}`,
  noSuchWorkload: (all: string) => `A whole number from 1 to ${all}.`,
  total: "Total, location-based",
  energy: "Energy",
  market: "Market-based total",
  embodied: "Of which embodied",
  water: "Water",
  narrows: (state: string, share: string) => `${state} (${share} % closer)`,
  noDefaults: "No default was used: everything was stated.",
  defaults: (count: number) => (count === 1 ? "1 default used" : `${count} defaults used`),
  boundsTitle: "What would narrow the bounds",
};
