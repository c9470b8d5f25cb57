import type { enProof } from "./enProof";

/** German texts about where something was read, or why it cannot be. */
export const deProof: typeof enProof = {
  read: {
    title: "Selbst nachprüfen",
    lead: "Dieselbe Frage in der Form, die jeder Knoten dieser Blockchain annimmt.",
    at: (call, block) => `Gelesen von ${call} bei Block ${block}`,
    to: "An",
    data: "Daten",
    result: "Ergebnis",
    curl: "Als curl kopieren",
    failed: "Der Knoten beantwortet das für diesen Block nicht mehr.",
  },
  missing: {
    attestation: (contract, chain) =>
      `Auf dem Ledger ${contract} auf ${chain} ist keine Attestierung mit dieser Kennung eingetragen. Eine Attestierung eines anderen Ledgers muss dort nachgeschlagen werden.`,
    certificate: (contract, chain) =>
      `Der Vertrag ${contract} auf ${chain} hat kein Zertifikat mit dieser Kennung ausgestellt. Ein Zertifikat eines anderen Vertrags muss dort nachgeschlagen werden.`,
    search: "Das Ledger durchsuchen",
  },
};
