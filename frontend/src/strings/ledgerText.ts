import { enLedger } from "./enLedger";
import { loaded } from "./loaded";

/** What only the owner's ledger page says: a page loads no texts but its own. */
export const ledgerText = loaded.ledger ?? enLedger;
