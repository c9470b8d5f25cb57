import { deFrame } from "./deFrame";
import { dePages } from "./dePages";
import { dePublic } from "./dePublic";
import { deRetire } from "./deRetire";
import { deTokens } from "./deTokens";
import { deWriting } from "./deWriting";
import type { en } from "./en";

/*
 * Words of the German texts, one for each thing (docs/GLOSSARY.md says what the English ones mean). Readers are "Sie".
 *
 * footprint: Fußabdruck; attestation: Attestierung; report: Bericht; workload: Arbeitslast; methodology: Methodik;
 * low, central, high: untere Grenze, mittlerer Wert, obere Grenze; tier: Nachweisstufe; evidence: Nachweis;
 * evidence bundle: Nachweispaket; to record: eintragen; to correct: berichtigen; superseded: ersetzt; void: ungültig;
 * ledger: das Ledger (never "Register", which is the registry); registry: Register; council: Prüfrat;
 * to co-sign: mitzeichnen; to sign: signieren; chain: Blockchain; account: Konto; id: Kennung; claim: Angabe;
 * credits: Gutschriften (never "Zertifikate", which is what we call only our own certificate); certificate: Zertifikat;
 * to retire: stilllegen; retirement: Stilllegung; vintage: Jahrgang; serial: Seriennummer; beneficiary: Begünstigte;
 * holder: Inhaber; to mint: ausstellen; to allocate: zuordnen; coverage: Deckung; desk: Kasse; offer: Angebot;
 * quote: Preisangebot; order: Bestellung; badge: Plakette; proof: Beweis; wallet: die Wallet; removal: CO₂-Entnahme.
 */

/** German: the wallet and failures, and all that has a file of its own. */
export const de: typeof en = {
  ...deFrame,
  ...dePages,
  ...dePublic,
  ...deRetire,
  ...deTokens,
  ...deWriting,
  wallet: {
    connect: "Wallet verbinden",
    choose: "Wallet auswählen",
    noneFound:
      "Noch hat sich keine Wallet gemeldet. Installieren Sie eine, die EIP-6963 unterstützt, oder entsperren Sie Ihre: Sie erscheint dann hier von selbst.",
    connecting: "Warten auf die Wallet …",
    disconnect: "Trennen",
    connectedAs: (account) => `Verbunden als ${account}`,
    wrongChain: (chain) =>
      `Ihre Wallet ist in einem anderen Netz. Zum Eintragen und Stilllegen braucht es ${chain}.`,
    switch: (chain) => `Zu ${chain} wechseln`,
    restoring: "Ihre Wallet wird gesucht …",
    relayed: "Wallet auf einem anderen Gerät (WalletConnect)",
    relayedNote:
      "Die Nachrichten gehen über das Relay von WalletConnect, einem Dritten. Es sieht Ihre Netzadresse und wann Sie die Wallet benutzen, aber nicht, was Sie signieren.",
    relayWaiting: "Warten auf das Relay …",
    relayedScan: "Mit der Wallet scannen, oder den Link in sie kopieren.",
    relayedCode: "QR-Code, der eine Wallet verbindet",
    relayedCopy: "Link kopieren",
  },
  signIn: {
    action: "Anmelden",
    signedIn: "Angemeldet",
    pending: "Warten auf Ihre Signatur …",
    // A message for signing in may hold ASCII characters only (ERC-4361).
    statement: "Anmeldung bei GPTX Green AI Ledger. Das kostet kein Gas und bewegt nichts.",
  },
  access: {
    title: "Zwei Schritte, bevor Sie schreiben",
    connectTitle: "Wallet verbinden",
    connectText: "Ihr eigener Schlüssel trägt alles ein und hält alles. Das Backend hat ihn nie.",
    signInTitle: "Anmelden",
    signInText: "Eine Signatur zeigt dem Backend, dass das Konto Ihres ist. Sie kostet nichts.",
    done: "erledigt",
  },
  devWallet: {
    name: "Entwicklungs-Wallet",
    approve: "Zustimmen",
    reject: "Ablehnen",
    connectTitle: "Dieses Konto der Seite zeigen?",
    connectMeaning:
      "Die Seite erfährt die Adresse. Sie kann um Signaturen bitten, aber nicht selbst signieren.",
    signTitle: "Diese Nachricht signieren?",
    signMeaning: "Eine Signatur kostet nichts und bewegt nichts.",
    sendTitle: "Diese Transaktion senden?",
    sendMeaning: "Sie wird auf die lokale Blockchain geschrieben und mit wertlosem Testgeld bezahlt.",
    account: "Konto",
    message: "Nachricht",
    to: "An",
    call: "Funktion",
    arguments: "Argumente",
    data: "Daten",
  },
  failure: {
    title: "Das hat nicht geklappt",
    refused:
      "Sie haben die Anfrage in Ihrer Wallet abgelehnt. Es wurde nichts gesendet; Sie können es jederzeit wieder versuchen.",
    unauthorized: "Die Wallet hat dieses Konto für diese Seite nicht freigegeben. Verbinden Sie sie erneut.",
    walletGone:
      "Die Wallet hat ihre Verbindung verloren. Es wurde nichts gesendet; entsperren oder verbinden Sie sie erneut.",
    walletBusy: "In Ihrer Wallet ist schon eine Anfrage offen. Beantworten Sie zuerst diese.",
    wrongChain:
      "Die Wallet ist in einem anderen Netz. Wechseln Sie in das Netz des Ledgers und versuchen Sie es noch einmal.",
    noFunds: "Das Konto kann die Netzgebühr dieser Transaktion nicht bezahlen.",
    chainDown:
      "Die Blockchain antwortet nicht. Es wurde nichts gesendet; versuchen Sie es, wenn sie wieder da ist.",
    backendDown:
      "Das Backend antwortet nicht. Es ging nichts verloren; versuchen Sie es, wenn es wieder da ist.",
    reverted: (reason) => `Der Vertrag würde das ablehnen: „${reason}“. Ihre Wallet wurde nicht gefragt.`,
    revertedSilently:
      "Der Vertrag würde das ablehnen und nennt keinen Grund. Ihre Wallet wurde nicht gefragt.",
    revertedInBlock:
      "Die Transaktion kam in einen Block, aber der Vertrag hat sie abgelehnt: Das Ledger hat sich inzwischen geändert.",
    revertedAtWallet:
      "Ihre Wallet hat festgestellt, dass der Vertrag das jetzt ablehnen würde. Es wurde nichts gesendet; sehen Sie sich die Seite neu an und versuchen Sie es noch einmal.",
    fee: "Die Netzgebühr der Wallet reicht für den nächsten Block nicht oder ist nicht gültig. Es wurde nichts gesendet; lassen Sie die Wallet die Gebühr wählen und versuchen Sie es noch einmal.",
    nonce:
      "Ihre Wallet zählt Ihre Transaktionen anders als die Blockchain. Es wurde nichts gesendet; warten Sie auf Ihre anderen Transaktionen, oder setzen Sie in der Wallet die Aktivität des Kontos zurück.",
    replaced: "Die Transaktion wurde in der Wallet ersetzt oder abgebrochen.",
    stuck:
      "Die Transaktion wartet und ist noch in keinem Block. Sie kann noch ankommen: Beschleunigen Sie sie in Ihrer Wallet oder brechen Sie sie dort ab, bevor Sie eine weitere senden.",
    unseen:
      "Die Blockchain hat die Transaktion noch nicht. Ein Konto, für das mehrere Personen oder ein Dienst senden, kann sie später senden; sehen Sie in Ihrer Wallet nach, bevor Sie es noch einmal versuchen.",
    accountChanged:
      "Die Wallet verwendet jetzt ein anderes Konto. Beginnen Sie neu mit dem Konto, das Sie meinen.",
    otherAccount: "Das Backend hat für ein anderes Konto geantwortet. Es wurde nichts signiert.",
    otherMinter: "Nur ein anderes Konto darf dieses Zertifikat ausstellen. Es wurde nichts signiert.",
    otherEstimate:
      "Die mitgezeichneten Zahlen weichen von der hier gezeigten Schätzung ab. Es wurde nichts signiert; sehen Sie sich zuerst die neue Schätzung an.",
    notCosigned: "Diese Stilllegung ist noch nicht mitgezeichnet.",
    noEvent:
      "Die Transaktion ging durch, aber ihr Ereignis ist nicht das erwartete. Verlassen Sie sich nicht darauf.",
    noAttestation: "Auf dem Ledger ist keine Attestierung mit dieser Kennung.",
    shape: (field, expected) => `Die Antwort ist nicht brauchbar: ${field} muss ${expected} sein.`,
    unknown: (detail) =>
      detail ? `Etwas Unerwartetes ist geschehen: ${detail}` : "Etwas Unerwartetes ist geschehen.",
    field: (field, problem, expected) => `${field}: ${problem}${expected ? `. Erwartet: ${expected}` : ""}`,
  },
  calls: {
    names: {
      record: "Einen Fußabdruck auf dem Ledger eintragen",
      allocate: "Stillgelegte Gutschriften einer Attestierung zuordnen, endgültig",
      approve: "Einem Vertrag einen genannten Betrag eines Tokens freigeben",
      open: "Eine Bestellung in die Kasse zahlen",
      open_with_authorization: "Eine Bestellung mit der signierten Zahlung in die Kasse zahlen",
      open_with_permit: "Eine Bestellung mit der signierten Freigabe in die Kasse zahlen",
      refund: "Eine Zahlung an das zahlende Konto zurückschicken",
      drip: "Wertloses Testgeld holen",
      retire_token: "CO₂-Tokens stilllegen, endgültig",
      retire_token_with_permit: "CO₂-Tokens mit der signierten Freigabe stilllegen, endgültig",
      buy_and_retire: "Gutschriften kaufen und stilllegen, endgültig",
      buy_and_retire_with_permit: "Gutschriften mit der signierten Freigabe kaufen und stilllegen, endgültig",
    },
    other: (name) => `${name} aufrufen`,
    and: ", danach: ",
    asks: (what) => `Ihre Wallet fragt, ob Sie zustimmen: ${what}. Dazu kommt die Netzgebühr.`,
  },
  pending: {
    title: "Früher gesendet",
    waiting: (what) => `${what}: gesendet und noch in keinem Block.`,
    mined: (what, block) => `${what}: in Block ${block}.`,
    needsWallet:
      "Ihre Wallet hat das gesendet und muss sagen, was daraus wurde: Verbinden Sie sie im richtigen Netz.",
    again: "Noch einmal nachsehen",
    forget: "Vergessen",
    dismiss: "Ausblenden",
  },
  stages: {
    stating: "Arbeitslast beim Backend abgelegt",
    cosigning: "Vom Prüfrat nachgerechnet und signiert",
    checking: "Gegen den Vertrag geprüft",
    confirm: "In Ihrer Wallet bestätigt",
    sent: "An die Blockchain gesendet",
    mined: "In einem Block",
    now: "läuft",
    done: "erledigt",
    failed: "fehlgeschlagen",
    waiting: "noch nicht",
  },
};
