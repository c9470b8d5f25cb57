import type { enClaim } from "./enClaim";

/** German texts of one claim: an attestation or a certificate, with what stands behind it. */
export const deClaim: typeof enClaim = {
  share: {
    title: "Teilen und aufbewahren",
    link: "Dauerhafte Adresse",
    copyLink: "Adresse kopieren",
    print: "Drucken oder als PDF sichern",
    receipt: "Beleg (PDF) vom Gateway",
    receiptFailed:
      "Das Gateway gibt für dieses Zertifikat gerade keinen Beleg heraus. Diese Seite zu drucken geht ohne ihn.",
    qr: "QR-Code der Adresse dieser Seite",
    badgeText: "Fußabdruck und Deckung auf dem GPTX Green AI Ledger",
    badgeAlt: "Plakette mit den Zahlen dieser Seite, von der Blockchain gelesen",
    markdown: "Markdown kopieren",
    html: "HTML kopieren",
    shields: "Adresse für shields.io kopieren",
    picture: "Zeichnung sichern (SVG)",
  },
  evidence: {
    tiers: [
      "",
      "Zähler der Anlage, oder Zähler der Server mit veröffentlichtem PUE",
      "Zähler aller Geräte, PUE bekannt",
      "Gerätestunden mit gemessener Leistung oder Auslastung",
      "Gerätestunden bei einer Vorgabe für die Leistung",
      "Tokens oder Operationen mit bekannten offenen Gewichten und bekannter Hardware",
      "Tokens mit geschätzten Parametern oder unbekanntem Standort",
      "Ein veröffentlichter Durchschnitt, oder Ausgaben",
    ],
    title: "Stand der Nachweise",
    approved: "Methodik",
    isApproved: "Vom Ledger zugelassen: Neue Berichte danach werden angenommen.",
    notApproved: "Nicht mehr zugelassen: Neue Berichte danach werden abgelehnt. Was eingetragen ist, bleibt.",
    published: "Veröffentlicht unter",
    unknownMethod: "eine Methodik, die diese Seite nicht dem Namen nach kennt",
    current: "Der Bericht gilt: Kein späterer des Kontos hat ihn ersetzt.",
    replaced: "Ein späterer Bericht des Kontos hat ihn ersetzt. Verlassen Sie sich auf jenen.",
    council:
      "Signiert vom Prüfrat, dessen Mitglieder ihn jeweils nachgerechnet haben; das Ledger hat die Signaturen geprüft.",
    disclosed:
      "Die Arbeitslasten dahinter sind unter der Merkle-Wurzel gehasht. Wer das Nachweispaket bekommen hat, kann jede einzelne prüfen.",
    voided: (count) =>
      `Von den zugeordneten Zertifikaten ungültig: ${count}. Ihr Anteil zählt, bis er zurückgenommen wird.`,
    state: "Geltung",
    signatures: "Signaturen",
    workloads: "Arbeitslasten",
  },
  history: {
    title: "Berichtigungen",
    none: "Dieser Bericht berichtigt keinen und wurde nicht berichtigt.",
    here: "dieser",
    first: "Erster Bericht",
    correction: "Berichtigung",
  },
  source: {
    kinds: [
      "",
      "Bereich von Seriennummern im Register",
      "Herkunft von einer Blockchain",
      "Geteilter Block",
      "Von einem Adapter stillgelegt",
    ],
    range: (first, last) => `${first} bis ${last}`,
    origin: (chain, index) => `Blockchain ${chain}, Stilllegung ${index}`,
  },
  fields: {
    low: "Standortbasiert, untere Grenze",
    central: "Standortbasiert, mittlerer Wert",
    high: "Standortbasiert, obere Grenze",
    validUntil: "War einzutragen vor",
    supersedes: "Fußabdruck, den er berichtigt",
    exactly: (ug) => `genau ${ug} µg`,
  },
  trail: {
    title: "Von der Arbeit bis zum Register",
    record: "Eintrag",
    recordNone: "Noch keiner Attestierung zugeordnet.",
    recordOf: (amount) => `${amount} zugeordnet zu`,
    recordMore: (count) => `und ${count} weitere, unten aufgeführt`,
    purchase: "Kauf",
    purchaseUnknown:
      "Nicht auf dieser Blockchain: Der Prüfrat hat signiert, dass die Gutschriften stillgelegt wurden, wer auch immer sie bezahlt hat.",
    purchaseAdapter:
      "Keiner: Die Tokens wurden in einer einzigen Transaktion übergeben und stillgelegt, durch",
    purchaseDesk: "In die Kasse gezahlt für Bestellung",
    purchasePaid: (paid) => `${paid} gingen an den Verkäufer`,
    retirement: "Stilllegung",
    retirementText: (amount, project, vintage, beneficiary) =>
      `${amount} aus ${project}, Jahrgang ${vintage}, stillgelegt für ${beneficiary}`,
    serial: "Register",
    openRegistry: (name) => `Bei ${name} nachschlagen`,
  },
  voids: {
    title: "Dieses Zertifikat ist ungültig",
    reasons: [
      "",
      "Der Prüfrat hat es zurückgenommen, weil es irrtümlich ausgestellt wurde.",
      "Der Prüfrat hat es zurückgenommen, weil das Register die Stilllegung rückgängig gemacht hat.",
    ],
    explanation:
      "Es bleibt lesbar, es lässt sich nichts mehr daraus zuordnen, und was daraus zugeordnet war, wird zurückgenommen.",
  },
  moves: { title: "In eine andere Wallet umgezogen", from: "Von" },
};
