import type { enFrame } from "./enFrame";

/** German texts of the frame around every page, and words that several pages share. */
export const deFrame: typeof enFrame = {
  brand: "GPTX Green AI Ledger",
  brandShort: "Green AI Ledger",
  skip: "Zum Inhalt springen",
  nav: {
    label: "Hauptmenü",
    home: "Start",
    record: "Eintragen",
    retire: "Stilllegen",
    ledger: "Mein Ledger",
    explore: "Erkunden",
    verify: "Prüfen",
  },
  titles: (page) => `${page} · GPTX Green AI Ledger`,
  loading: "Wird gelesen …",
  retry: "Noch einmal versuchen",
  copy: "Kopieren",
  copied: "Kopiert",
  none: "keine",
  language: "Sprache",
  optional: "freiwillig",
  unknownValue: "unbekannt",
  contract: {
    ledger: "FootprintLedger",
    credits: "RetiredCredits",
    desk: "RetirementDesk",
    council: "OracleCouncil",
  },
  footer: {
    source: "Alles, was hier über den Stand des Ledgers steht, liest Ihr Browser von der Blockchain.",
    chain: "Blockchain",
    block: "Block",
    rpc: "RPC",
    methodology: "Methodik",
  },
  bounds: {
    low: "untere Grenze",
    central: "mittlerer Wert",
    high: "obere Grenze",
    label: (low, central, high) => `Zwischen ${low} und ${high}, mittlerer Wert ${central}`,
    note: "Grenzen unter den angegebenen Faktoren, keine Vertrauensbereiche.",
  },
  coverage: {
    title: "Deckung",
    of: (covered, high) => `${covered} von ${high} (obere Grenze) zugeordnet`,
    over: "Es ist mehr zugeordnet als die berichtigte obere Grenze.",
  },
  readFrom: (contract, call) => `Gelesen von ${contract}.${call}`,
  status: {
    backendDown:
      "Das Backend antwortet nicht. Das Ledger wird von der Blockchain gelesen und funktioniert weiter; Schätzungen, Anmeldung, Mitzeichnung und Bestellungen müssen warten.",
    backendPartly: (parts) => `Das Backend läuft, ein Teil davon aber nicht: ${parts}.`,
    chainDown: (rpc) =>
      `Die Blockchain antwortet unter ${rpc} nicht. Was hier steht, kann veraltet sein, und bis sie wieder da ist, lässt sich nichts eintragen.`,
    otherChain: (expected, found) =>
      `Der RPC antwortet für die Blockchain ${found}, diese Seite ist aber für die Blockchain ${expected} eingerichtet. Nichts davon wird hier als unseres gezeigt.`,
    readFailed: "Das konnte nicht von der Blockchain gelesen werden.",
    askFailed: "Das Backend konnte dies nicht beantworten.",
    answered: (status) => `Das Backend antwortete mit ${status}`,
    noConfig:
      "Die Seite weiß nicht, welche Blockchain sie lesen soll, denn ihre Konfiguration konnte nicht geladen werden.",
    crashed: "Dieser Teil der Seite ist ausgefallen. Es wurde nichts gesendet.",
  },
};
