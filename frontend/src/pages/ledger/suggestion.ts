import { ledgerText } from "../../strings/ledgerText";
import { hardwareOf, type PlacedWorkload, regionLabel } from "./breakdown";
import type { ModelCard } from "./modelCard";

const TYPES: Readonly<Record<string, ModelCard["trainingType"]>> = {
  training: "pre-training",
  "fine-tuning": "fine-tuning",
};

/** The one value that all have, or an empty text. */
function common(values: readonly string[]): string {
  return new Set(values).size === 1 ? (values[0] ?? "") : "";
}

/** What a model card can say of the workloads behind one attestation; what they do not agree in stays empty. */
export function suggestion(
  workloads: readonly PlacedWorkload[],
): Pick<ModelCard, "trainingType" | "location" | "hardware"> {
  const stated = workloads.map((placed) => placed.stated);
  const types = stated.map(({ workload }) => TYPES[String(workload.kind)] ?? "");
  const place = common(stated.map(regionLabel));
  const isPlace = place !== ledgerText.breakdown.noPlace && place !== ledgerText.breakdown.severalPlaces;
  return {
    trainingType: common(types) as ModelCard["trainingType"],
    location: isPlace ? place : "",
    hardware: [...new Set(stated.flatMap((one) => hardwareOf(one)))].join(", "),
  };
}
