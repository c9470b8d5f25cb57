import { en } from "./en";

/** Every language has exactly the texts of this one. */
export type Catalogue = typeof en;

/** The texts of the page in the reader's language. */
export const text: Catalogue = en;
