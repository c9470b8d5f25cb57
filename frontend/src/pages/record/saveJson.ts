import { saveText } from "../../saveText";

/** Offers a JSON document to the person as a file. */
export function saveJson(fileName: string, json: unknown): void {
  saveText(fileName, `${JSON.stringify(json, null, 2)}\n`, "application/json");
}
