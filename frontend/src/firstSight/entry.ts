import { showFirst } from "./show";

/** The first script of the document: in a file of its own, and before all others. */
const root = document.getElementById("root");
if (root !== null) showFirst(root, window.location);
