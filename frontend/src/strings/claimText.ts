import { enClaim } from "./enClaim";
import { loaded } from "./loaded";

/** What the page of a claim says, apart from other texts: a page loads no texts but its own. */
export const claim = loaded.claim ?? enClaim;
