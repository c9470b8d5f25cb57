import type { enVerify } from "./enVerify";

/** German texts of the page that checks a claim. */
export const deVerify: typeof enVerify = {
  title: "Prüfen",
  eyebrow: "Vertrauen Sie niemandem",
  headline: "Angabe prüfen",
  lead: "Fügen Sie die Kennung einer Attestierung oder eines Zertifikats ein, oder öffnen Sie, was der Inhaber offengelegt hat. Ihr Browser liest die Blockchain und rechnet jede Zahl selbst nach; an uns wird nichts gesendet.",
  byId: "Nach Kennung",
  id: "Kennung einer Attestierung oder eines Zertifikats",
  look: "Nachschlagen",
  malformed: "Eine Kennung ist 0x mit 64 hexadezimalen Ziffern.",
  notFound: "Auf dieser Blockchain hat weder eine Attestierung noch ein Zertifikat diese Kennung.",
  foundAttestation: "Das ist eine Attestierung auf diesem Ledger.",
  foundCertificate: "Das ist ein Zertifikat dieses Vertrags.",
  open: "Öffnen",
  unreadable: "Die Blockchain konnte nicht gelesen werden, also ist nichts bestätigt.",
  byFile: "Nach dem Offengelegten",
  file: "Nachweispaket oder Arbeitslast (JSON)",
  drop: "Wählen Sie die Datei aus oder ziehen Sie sie hierher. Ein Nachweispaket nennt seine Attestierung; zu bloßen Arbeitslasten geben Sie oben die Kennung an.",
  paste: "Stattdessen einfügen",
  pasted: "JSON-Text",
  check: "Diesen Text prüfen",
  reading: "Die Datei wird gelesen …",
  tooLarge: (bytes) => `Die Datei hat ${bytes} Byte, mehr als die 64 MiB, die hier gelesen werden.`,
  notLoaded:
    "Die Faktoren des Modells konnten nicht geladen werden, denn der Server dieser Seite antwortet nicht. Öffnen Sie diese Seite wieder, wenn er antwortet; danach geht die Prüfung ohne ihn.",
  unexpected: (detail) => `Das ließ sich nicht prüfen: ${detail}`,
  notJson: (detail) => `Die Datei ist nicht lesbar: ${detail}.`,
  wrongField: (field, problem, expected) =>
    `${field === "" ? "" : `${field}: `}${problem}. Erwartet: ${expected}.`,
  unknownMethodology: (id) =>
    `Die Attestierung nennt eine Methodik, für die diese Seite keine Faktoren hat: ${id}. Sie kennt diese:`,
  wrongCount: (given, expected) =>
    `Die Datei enthält ${given} Arbeitslasten ohne Beweise, und die Attestierung gibt ${expected} an. Nötig sind alle, oder zu jeder ein Merkle-Beweis.`,
  noRoot:
    "Arbeitslasten mit Beweisen werden gegen die Wurzel auf dem Ledger geprüft. Geben Sie oben die Kennung ihrer Attestierung an.",
  needsId:
    "Um welche Attestierung geht es? Geben Sie oben ihre Kennung an, um diese Zahlen mit dem Ledger zu vergleichen.",
  otherId:
    "In der Datei geht es um eine andere Attestierung als in der Kennung oben. Geprüft wird hier die der Datei.",
  noEvent:
    "Das Ereignis dieser Attestierung konnte nicht gelesen werden; verglichen werden daher nur die Felder, die das Ledger speichert.",
  noReport:
    "Das Ereignis dieser Attestierung konnte von diesem Knoten nicht gelesen werden; ihre Methodik ist also nicht bekannt, und es wurde nichts nachgerechnet.",
  recomputing: (done, all) => `Nachgerechnet: ${done} von ${all} Arbeitslasten`,
  verdicts: {
    equal: "Jedes Feld ist gleich: hier aus den Arbeitslasten nachgerechnet und auf dem Ledger.",
    equalInPart: (shown, all) =>
      `Bei ${shown} von ${all} Arbeitslasten ist jedes Feld gleich. Was die Datei nicht enthält, wurde nicht geprüft.`,
    different: "Mindestens ein Feld weicht ab. Verlassen Sie sich nicht auf diese Angabe.",
    notRecorded:
      "Auf diesem Ledger ist keine Attestierung mit dieser Kennung eingetragen; es gibt also nichts zu vergleichen.",
    nothing: "Es wurde nichts nachgerechnet: Öffnen Sie, was das Konto offengelegt hat.",
    estimate: "Hier nachgerechnet. Mit dem Ledger wurde nichts verglichen.",
  },
  differs: (fields) => `Abweichend: ${fields}`,
  superseded: "Ein späterer Bericht des Kontos hat diese Attestierung ersetzt.",
  recomputedWith: (set) =>
    `In Ihrem Browser nachgerechnet mit ${set}, dessen Merkle-Wurzel die Methodik ergibt.`,
  table: {
    caption: "Feld für Feld",
    field: "Feld",
    stated: "In der Datei",
    chain: "Auf dem Ledger",
    recomputed: "Hier nachgerechnet",
    equal: "Gleich?",
    outcomes: { equal: "Gleich", different: "Abweichend", single: "Nicht verglichen" },
  },
  coverage: "Deckung auf der Blockchain",
  explanation: "Warum diese Zahlen",
  whichWorkload: (all) => `Arbeitslast, 1 bis ${all}`,
  noSuchWorkload: (all) => `Eine ganze Zahl von 1 bis ${all}.`,
  total: "Summe, standortbasiert",
  energy: "Energie",
  market: "Marktbasierte Summe",
  embodied: "Davon aus der Herstellung",
  water: "Wasser",
  narrows: (state, share) => `${state} (${share} % enger)`,
  noDefaults: "Kein Vorgabewert wurde verwendet: Alles war angegeben.",
  defaults: (count) => (count === 1 ? "1 Vorgabewert verwendet" : `${count} Vorgabewerte verwendet`),
  boundsTitle: "Was die Grenzen enger machen würde",
};
