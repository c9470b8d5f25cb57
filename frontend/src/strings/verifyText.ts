import { enVerify } from "./enVerify";
import { loaded } from "./loaded";

/** What the page that checks a claim says, apart from other texts: a page loads no texts but its own. */
export const verify = loaded.verify ?? enVerify;
