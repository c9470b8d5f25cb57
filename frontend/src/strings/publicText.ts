import { enFrame } from "./enFrame";
import { enPublic } from "./enPublic";
import { loaded } from "./loaded";

/** What a page for strangers says: a part of every language's texts, so that it need not load the others. */
export const text = loaded.text ?? { ...enFrame, ...enPublic };
