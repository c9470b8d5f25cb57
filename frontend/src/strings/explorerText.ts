import { enExplorer } from "./enExplorer";
import { loaded } from "./loaded";

/** The texts of our own block explorer, apart from the others: no other page loads them. */
export const explorer = loaded.explorer ?? enExplorer;
