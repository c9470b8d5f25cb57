import type { enTokens } from "./enTokens";

/** German texts of the page that retires carbon tokens on chain. */
export const deTokens: typeof enTokens = {
  tokens: {
    title: "Tokens stilllegen",
    eyebrow: "Gutschriften auf der Blockchain",
    headline: "Eigene Tokens stilllegen",
    lead: "CO₂-Tokens in Ihrer Wallet werden bei ihrem Protokoll stillgelegt, und das Zertifikat wird Ihnen in derselben Transaktion ausgestellt. Ein Konto am Marktplatz oder ein Backend braucht es dafür nicht.",
    link: "Eigene CO₂-Tokens stilllegen",
    linkText:
      "Liegen in Ihrer Wallet schon Gutschriften als Tokens? Legen Sie sie auf der Blockchain still, ohne den Marktplatz.",
    back: "Stattdessen am Marktplatz kaufen",
    connectTitle: "Wallet verbinden",
    connectText:
      "Die Tokens gehören Ihnen: Ihr eigener Schlüssel legt sie still. Eine Anmeldung ist nicht nötig.",
    chooseTitle: "1. Token auswählen",
    noAdapters: "Neben diesem Ledger ist kein Adapter für CO₂-Tokens eingerichtet.",
    noTokens: "Hier ist kein CO₂-Token zur Stilllegung gelistet.",
    held: "Sie halten",
    heldNothing: "Sie halten nichts davon",
    registry: "Register",
    project: "Projekt",
    vintage: "Jahrgang",
    token: "Token",
    adapter: "Adapter",
    protocols: { ToucanAdapter: "Toucan", KlimaAdapter: "Klima" },
    readFrom:
      "Register, Projekt und Jahrgang stehen hier, wie der Eigentümer des Adapters sie gelistet hat; das Symbol nennt das Token selbst.",
    formTitle: "2. Menge und Begünstigte",
    amount: "Menge, g CO₂e",
    amountHint: (most) => `Von 1 g bis ${most}. Sechs Stellen nach dem Komma sind ein Mikrogramm.`,
    all: (amount) => `Alles davon: ${amount}`,
    beneficiary: "Begünstigte",
    beneficiaryHint: (bytes, most) => `${bytes} von ${most} Byte`,
    forEver:
      "Der Name der Begünstigten wird auf eine öffentliche Blockchain geschrieben und bleibt für immer dort. Niemand kann ihn ändern oder entfernen. Schreiben Sie keine personenbezogenen Daten.",
    final:
      "Eine Stilllegung lässt sich nicht rückgängig machen: Die Tokens sind weg, und das Zertifikat ist nicht übertragbar.",
    confirmTitle: "Bitte noch einmal prüfen",
    confirm: (amount, symbol, project) => `${amount} von ${symbol} (${project}) werden stillgelegt für:`,
    understood: "Ich habe Menge und Begünstigte geprüft; beides ist endgültig.",
    action: "Stilllegen und Zertifikat ausstellen",
    progress: "Stilllegung",
    step: (number, of, act) => (of === 1 ? act : `Schritt ${number} von ${of}: ${act}`),
    acts: {
      sign: "Mit einer Signatur erlauben, die nichts kostet",
      approve: "Dem Adapter diese Menge freigeben",
      retire: "Tokens stilllegen und Zertifikat ausstellen",
      buy: "Kaufen, stilllegen und Zertifikat ausstellen",
      together: "In einer Transaktion freigeben, stilllegen und ausstellen",
    },
    buyTitle: "Oder in einer Transaktion kaufen und stilllegen",
    buyLead:
      "Der Adapter kauft beim Protokoll, was Sie auswählen, legt es still und stellt Ihnen das Zertifikat aus. Niemand hält die Gutschriften dazwischen.",
    saleOption: (symbol, project, vintage) => `${symbol}: ${project}, ${vintage}`,
    payIn: "Zahlen in",
    payWith: (symbol, balance) => `${symbol}: Sie halten ${balance}`,
    price: "Preis jetzt",
    perTonne: "Je Tonne",
    maxPrice: "Höchstens zu zahlen",
    maxPriceNote:
      "Ein Prozent mehr als der Preis jetzt. Was das Protokoll davon nicht nimmt, kommt sofort zurück.",
    noPrice: "Für diese Menge nennt das Protokoll keinen Preis.",
    tooDear: (symbol) => `Sie halten weniger ${symbol}, als höchstens zu zahlen wäre.`,
    buyHint: "Ab 1 g. Sechs Stellen nach dem Komma sind ein Mikrogramm.",
    confirmBuy: (amount, symbol, project, price) =>
      `${amount} von ${symbol} (${project}) werden für höchstens ${price} gekauft und stillgelegt für:`,
    buyAction: "Kaufen, stilllegen und Zertifikat ausstellen",
    doneTitle: "Stillgelegt",
    done: (amount) => `${amount} stillgelegt. Das Zertifikat gehört Ihnen: ein Nachweis der Stilllegung.`,
    view: "Zertifikat öffnen",
    allocate: "Einer Attestierung zuordnen",
    another: "Mehr stilllegen",
    errors: {
      amount: "Schreiben Sie die Gramm als Zahl ohne Trennzeichen für Tausender, etwa 1250,5.",
      precise: "Höchstens 6 Stellen nach dem Komma.",
      minimum: "Die kleinste Menge ist 1 g.",
      most: (most) => `Sie halten ${most} von diesem Token.`,
      beneficiaryRequired: "Eine Stilllegung braucht den Namen der Begünstigten.",
      beneficiaryUnseen: "Der Name enthält unsichtbare Zeichen. Schreiben Sie ihn neu, ohne sie.",
      beneficiaryLong: (bytes, most) => `${bytes} Byte; auf die Blockchain passen höchstens ${most}.`,
    },
    failure: {
      listingChanged:
        "Wofür dieses Token steht, wurde auf der Blockchain geändert, während Sie es ansahen. Es wurde nichts signiert; sehen Sie es sich noch einmal an.",
      priceMoved:
        "Der Preis stieg über das, was Sie höchstens zahlen wollten. Es wurde nichts signiert; sehen Sie sich zuerst den neuen Preis an.",
      cannotPay: (symbol) => `In Ihrer Wallet liegt dafür nicht genug ${symbol}. Es wurde nichts signiert.`,
      balanceChanged:
        "In Ihrer Wallet liegt weniger von diesem Token, als Sie stilllegen wollen. Es wurde nichts signiert.",
    },
  },
};
