import { en } from "./en";
import { loaded } from "./loaded";

/** The texts of the page in the reader's language. */
export const text = loaded.all ?? en;
