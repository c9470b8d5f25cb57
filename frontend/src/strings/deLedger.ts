import type { enLedger } from "./enLedger";

/** German texts of the charts, exports and snippets of one's own ledger. */
export const deLedger: typeof enLedger = {
  overTime: {
    title: "Deckung im Lauf der Zeit",
    caption: {
      month:
        "Fußabdruck und Deckung nach dem Monat, in dem die Arbeit einer Attestierung endete. Jeder Zeitraum zählt ganz.",
      year: "Fußabdruck und Deckung nach dem Jahr, in dem die Arbeit einer Attestierung endete. Jeder Zeitraum zählt ganz.",
    },
    footprint: "Fußabdruck, mittlerer Wert",
    bounds: "untere bis obere Grenze",
    covered: "Durch Stilllegungen gedeckt",
    alt: (buckets, from, to) =>
      buckets === 1
        ? `Säulendiagramm für ${from}`
        : `Säulendiagramm mit ${buckets} Zeiträumen von ${from} bis ${to}`,
    table: "Dasselbe als Tabelle",
    columns: {
      month: "Monat",
      year: "Jahr",
      attestations: "Attestierungen",
      low: "Untere Grenze",
      central: "Mittlerer Wert",
      high: "Obere Grenze",
      covered: "Gedeckt",
      share: "der oberen Grenze",
    },
  },
  breakdown: {
    title: "Nach Modell und Region",
    note: "Auf der Blockchain stehen Summen, keine Modelle oder Orte. Diese stammen aus den Arbeitslasten, die Sie beim Gateway angegeben haben; gezählt werden nur die, die zusammen eine Attestierung auf der Blockchain ergeben.",
    signIn:
      "Melden Sie sich an, um Ihr eigenes Ledger nach Modell und Region zu sehen. Für die Summen und die Deckung oben braucht es keine Anmeldung.",
    away: "Das Gateway antwortet nicht, daher sind Modelle und Regionen nicht zu nennen. Die Summen und die Deckung oben sind die der Blockchain.",
    models: "Nach Modell",
    regions: "Nach Region",
    columns: {
      model: "Modell oder Lauf",
      region: "Region",
      bar: "Balken",
      value: "Mittlerer Wert, untere bis obere Grenze",
      share: "Anteil",
    },
    unnamed: "Ohne Namen",
    noPlace: "Ohne Ortsangabe",
    severalPlaces: "Mehrere Orte",
    others: (count) => `${count} kleinere`,
    rest: "Durch Ihre Arbeitslasten hier nicht erklärt",
    nothing: "Noch gibt es nichts aufzuschlüsseln.",
  },
  exports: {
    title: "Export",
    note: (block) =>
      `Von der Blockchain gelesen bei Block ${block}. Die Namen der Spalten enthalten ihre Einheiten; was sich noch ändern kann, trägt den Block im Namen.`,
    attestations: "Attestierungen als CSV",
    certificates: "Zertifikate als CSV",
    json: "Alles als JSON",
    preparing: "Wird gelesen …",
    check: "Einen Export gegen die Blockchain prüfen",
    file: "Exportierte Datei, JSON oder CSV",
    hint: "Die Datei bleibt in Ihrem Browser.",
    otherChain: "Dieser Export ist von einer anderen Blockchain oder einem anderen Ledger.",
    otherAccount: (account) => `Dieser Export ist vom Konto ${account}, nicht von diesem.`,
    malformed: (field, expected) => `Das ist kein Export dieser Seite: ${field} muss ${expected} sein.`,
    notExport: "Diese Datei ist weder das JSON noch eine CSV-Datei eines Exports.",
    ahead: (block) => `Der Export ist vom Block ${block}, den die Blockchain dieser Seite noch nicht hat.`,
    parts: { totals: "Summen", attestations: "Attestierungen", certificates: "Zertifikate" },
    same: (parts, block) =>
      `In jedem Feld gleich dem, was die Blockchain bei Block ${block} enthielt: ${parts}.`,
    unchecked: (parts) => `Nicht in dieser Datei und daher nicht geprüft: ${parts}.`,
    eventsOnly: (count, block) =>
      `Der Knoten sagt nicht mehr, was die Verträge bei Block ${block} enthielten. Die Fußabdrücke von ${count} Attestierungen sind so eingetragen worden; ihre Deckung und ihr Stand, die Summen und die Zertifikate wurden nicht geprüft.`,
    since: (count) => `Seither eingetragen: ${count} weitere.`,
    differ: (count, block) =>
      `${count} Einträge weichen von dem ab, was die Blockchain bei Block ${block} enthielt:`,
    wrong: {
      unknown: "nicht auf der Blockchain",
      "left out": "fehlt in der Datei",
      twice: "mehrmals in der Datei",
    },
  },
  card: {
    title: "Für eine Model Card",
    note: "Kopfdaten in der Form, die Hugging Face liest: Emissionen in Gramm CO₂e. Sie kommen an den Anfang der README.md des Modells, zwischen die Zeilen mit drei Strichen.",
    attestation: "Attestierung",
    type: "Art des Trainings",
    // The values are words of the model card's format, and shown as they are written there.
    types: { "pre-training": "pre-training", "fine-tuning": "fine-tuning" },
    typeNone: "Weggelassen",
    location: "Geografischer Ort",
    locationHint: "So genau, wie Sie ihn nennen dürfen, etwa Quebec, Canada.",
    hardware: "Verwendete Hardware",
    hardwareHint: "Etwa 4 NVIDIA A100 80GB.",
    public: "Dieser Text wird öffentlich, wo Sie ihn einfügen. Auf die Blockchain wird er nicht geschrieben.",
    yaml: "Kopfdaten",
    copy: "Kopfdaten kopieren",
    source: (ledger, id, low, high, link) =>
      `${ledger}, Attestierung ${id}, zwischen ${low} und ${high} g CO2e: ${link}`,
  },
};
