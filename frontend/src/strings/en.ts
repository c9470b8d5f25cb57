import { enFrame } from "./enFrame";
import { enPages } from "./enPages";
import { enPublic } from "./enPublic";
import { enRetire } from "./enRetire";
import { enTokens } from "./enTokens";
import { enWriting } from "./enWriting";

/** English, the first catalogue: the wallet and failures, and all that has a file of its own. */
export const en = {
  ...enFrame,
  ...enPages,
  ...enPublic,
  ...enRetire,
  ...enTokens,
  ...enWriting,
  wallet: {
    connect: "Connect wallet",
    choose: "Choose a wallet",
    noneFound:
      "No wallet has announced itself yet. Install one that supports EIP-6963, or unlock it: it appears here by itself.",
    connecting: "Waiting for the wallet…",
    disconnect: "Disconnect",
    connectedAs: (account: string) => `Connected as ${account}`,
    wrongChain: (chain: string) => `Your wallet is on another network. Recording and retiring need ${chain}.`,
    switch: (chain: string) => `Switch to ${chain}`,
    restoring: "Looking for your wallet…",
    relayed: "Wallet on another device (WalletConnect)",
    relayedNote:
      "The messages go through the relay of WalletConnect, a third party. It sees your address of the network and when you use the wallet, not what you sign.",
    relayWaiting: "Waiting for the relay…",
    relayedScan: "Scan this with your wallet, or copy the link into it.",
    relayedCode: "QR code that connects a wallet",
    relayedCopy: "Copy the link",
  },
  signIn: {
    action: "Sign in",
    signedIn: "Signed in",
    pending: "Waiting for your signature…",
    statement: "Sign in to GPTX Green AI Ledger. This costs no gas and moves nothing.",
  },
  access: {
    title: "Two steps before you write",
    connectTitle: "Connect a wallet",
    connectText: "Your own key records and holds everything. The backend never has it.",
    signInTitle: "Sign in",
    signInText: "A signature shows the backend that the account is yours. It costs nothing.",
    done: "done",
  },
  devWallet: {
    name: "Development wallet",
    approve: "Approve",
    reject: "Reject",
    connectTitle: "Show this account to the page?",
    connectMeaning: "The page learns the address. It can ask for signatures, but cannot sign by itself.",
    signTitle: "Sign this message?",
    signMeaning: "A signature costs nothing and moves nothing.",
    sendTitle: "Send this transaction?",
    sendMeaning: "It is written to the local chain and paid with worthless test money.",
    account: "Account",
    message: "Message",
    to: "To",
    call: "Function",
    arguments: "Arguments",
    data: "Data",
  },
  failure: {
    title: "This did not go through",
    refused: "You refused the request in your wallet. Nothing was sent; you can try again whenever you like.",
    unauthorized: "The wallet has not allowed this account for this page. Connect it again.",
    walletGone: "The wallet has lost its connection. Nothing was sent; unlock it or connect it again.",
    walletBusy: "Your wallet already has a request open. Answer it there first.",
    wrongChain: "The wallet is on another network. Switch it to the ledger's network and try again.",
    noFunds: "The account cannot pay the network fee of this transaction.",
    chainDown: "The chain does not answer. Nothing was sent; try again when it is back.",
    backendDown: "The backend does not answer. Nothing was lost; try again when it is back.",
    reverted: (reason: string) => `The contract would refuse this: “${reason}”. Your wallet was not asked.`,
    revertedSilently: "The contract would refuse this and gives no reason. Your wallet was not asked.",
    revertedInBlock:
      "The transaction was put in a block, but the contract refused it: the ledger changed in the meantime.",
    revertedAtWallet:
      "Your wallet found that the contract would refuse this now. Nothing was sent; look at the page anew and try again.",
    fee: "The wallet's network fee is not enough, or not valid, for the next block. Nothing was sent; let the wallet set the fee and try again.",
    nonce:
      "The wallet's count of your transactions does not fit the chain's. Nothing was sent; wait for your other transactions, or reset the account's activity in the wallet.",
    replaced: "The transaction was replaced or cancelled in the wallet.",
    stuck:
      "The transaction waits and is not in a block yet. It may still arrive: speed it up or cancel it in your wallet before you send another.",
    unseen:
      "The chain does not have the transaction yet. An account that several people or a service send for may send it later; look into your wallet before you try again.",
    accountChanged: "The wallet now uses another account. Start again with the account that you want.",
    otherAccount: "The backend answered for another account. Nothing was signed.",
    otherMinter: "Only another account may mint this certificate. Nothing was signed.",
    otherEstimate:
      "The co-signed figures differ from the estimate shown here. Nothing was signed; look at the new estimate first.",
    notCosigned: "This retirement is not co-signed yet.",
    noEvent: "The transaction went through, but its event is not the expected one. Do not rely on it.",
    noAttestation: "No attestation with this id is on the ledger.",
    shape: (field: string, expected: string) => `The answer cannot be used: ${field} must be ${expected}.`,
    unknown: (detail: string) =>
      detail ? `Something unexpected happened: ${detail}` : "Something unexpected happened.",
    field: (field: string, problem: string, expected: string) =>
      `${field}: ${problem}${expected ? `. Expected: ${expected}` : ""}`,
  },
  calls: {
    names: {
      record: "Record a footprint on the ledger",
      allocate: "Allocate retired credits to an attestation, for good",
      approve: "Let a contract take a stated amount of a token",
      open: "Pay an order into the desk",
      open_with_authorization: "Pay an order into the desk with the signed payment",
      open_with_permit: "Pay an order into the desk with the signed approval",
      refund: "Send a payment back to its payer",
      drip: "Take worthless test money",
      retire_token: "Retire carbon tokens, for good",
      retire_token_with_permit: "Retire carbon tokens with the signed approval, for good",
      buy_and_retire: "Buy carbon credits and retire them, for good",
      buy_and_retire_with_permit: "Buy carbon credits with the signed approval and retire them, for good",
    },
    other: (name: string) => `Call ${name}`,
    and: ", then: ",
    asks: (what: string) => `Your wallet asks you to allow: ${what}. The network fee comes on top.`,
  },
  pending: {
    title: "Sent before",
    waiting: (what: string) => `${what}: sent, and not in a block yet.`,
    mined: (what: string, block: string) => `${what}: in block ${block}.`,
    needsWallet: "Your wallet sent this and has to say what became of it: connect it on the right network.",
    again: "Look again",
    forget: "Forget it",
    dismiss: "Dismiss",
  },
  stages: {
    stating: "Workload stored by the backend",
    cosigning: "Recomputed and signed by the council",
    checking: "Checked against the contract",
    confirm: "Confirmed in your wallet",
    sent: "Sent to the chain",
    mined: "In a block",
    now: "in progress",
    done: "done",
    failed: "failed",
    waiting: "not yet",
  },
};
