import type { enPages } from "./enPages";

/** German texts of the pages that only read. */
export const dePages: typeof enPages = {
  home: {
    title: "Start",
    eyebrow: "Ein offenes Ledger für KI und CO₂",
    headline: "Geben Sie das CO₂ Ihrer KI-Arbeit an. Lassen Sie es jeden prüfen.",
    lead: "Ein Fußabdruck mit ehrlichen Grenzen, mitgezeichnet von einem Prüfrat, der ihn nachrechnet, eingetragen mit Ihrem eigenen Schlüssel. Dafür stillgelegte Gutschriften, Gramm für Gramm zugeordnet. Zum Lesen und Prüfen braucht niemand einen Server von uns.",
    start: "Fußabdruck eintragen",
    check: "Angabe prüfen",
    local:
      "Dies ist eine lokale Blockchain. In der Liste der Wallets steht eine Entwicklungs-Wallet, es muss also nichts installiert werden; ihr Geld ist wertlos.",
    specimen: {
      label: "Gerade geschätzt",
      title: "BLOOM-176B, Training",
      detail: (energy) =>
        `1.082.990 A100-Stunden in Frankreich, ${energy}, nach den veröffentlichten Zahlen.`,
    },
    stepsTitle: "So geht es",
    steps: [
      {
        title: "Arbeit angeben",
        text: "Stunden auf Beschleunigern oder ausgelieferte Tokens, Ort und Zeitraum. Untere Grenze, mittleren Wert und obere Grenze sehen Sie, bevor etwas signiert wird.",
        link: "Schätzung beginnen",
        href: "/record",
      },
      {
        title: "Eintragen",
        text: "Mitglieder des Prüfrats errechnen dieselben ganzen Zahlen und signieren sie. Ihre Wallet trägt die Attestierung ein; ihre Kennung ist der Hash des Berichts.",
        link: "Ihr Ledger ansehen",
        href: "/ledger",
      },
      {
        title: "Stilllegen und decken",
        text: "Gutschriften werden in einem Register auf Ihren Namen stillgelegt. Das Zertifikat ist nicht handelbar; ordnen Sie es zu, und die Deckung ist öffentlich.",
        link: "Gutschriften stilllegen",
        href: "/retire",
      },
    ],
    latest: "Neues auf dem Ledger",
    latestNote: "Aus den Ereignissen des Vertrags, das Neueste zuerst.",
    nothing: "Noch ist nichts eingetragen. Die erste Attestierung könnte Ihre sein.",
  },
  myLedger: {
    title: "Ledger",
    eyebrow: "Von der Blockchain gelesen",
    headline: "Mein Ledger",
    headlineOf: (account) => `Ledger von ${account}`,
    lead: "Summen, Attestierungen und Zertifikate eines Kontos. Zum Lesen braucht es weder Anmeldung noch Backend.",
    lookUp: "Ein anderes Konto ansehen",
    account: "Adresse des Kontos",
    show: "Zeigen",
    malformed: "Das ist keine Adresse. Eine Adresse ist 0x mit 40 hexadezimalen Ziffern.",
    choose: "Verbinden Sie eine Wallet, um ihr Ledger zu sehen, oder geben Sie eine beliebige Adresse ein.",
  },
  notFound: {
    title: "Nicht gefunden",
    text: "Unter dieser Adresse gibt es keine Seite.",
    home: "Zur Startseite",
  },
};
