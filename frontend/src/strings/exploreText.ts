import { enExplore } from "./enExplore";
import { loaded } from "./loaded";

/** What the lists for strangers say, apart from other texts: a page loads no texts but its own. */
export const explore = loaded.explore ?? enExplore;
