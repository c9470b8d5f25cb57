import { deClaim } from "./deClaim";
import { deExplore } from "./deExplore";
import { deExplorer } from "./deExplorer";
import { deFrame } from "./deFrame";
import { deProof } from "./deProof";
import { dePublic } from "./dePublic";
import { deVerify } from "./deVerify";
import type { PublicTexts } from "./loaded";

/** German on the pages without a wallet. */
export const dePublicPages: PublicTexts = {
  text: { ...deFrame, ...dePublic },
  explore: deExplore,
  explorer: deExplorer,
  claim: deClaim,
  proof: deProof,
  verify: deVerify,
};
