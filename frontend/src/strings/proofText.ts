import { enProof } from "./enProof";
import { loaded } from "./loaded";

/** Where something was read, or why it cannot be, for every page that a stranger opens. */
export const proof = loaded.proof ?? enProof;
