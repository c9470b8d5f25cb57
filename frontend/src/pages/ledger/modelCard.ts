import { decimalText } from "../../amounts";

/** `co2_eq_emissions` of a model card; what is empty is left out. Form: huggingface.co/docs/hub/model-cards-co2 */
export interface ModelCard {
  emissions_ug: bigint;
  source: string;
  trainingType: "" | "pre-training" | "fine-tuning";
  location: string;
  hardware: string;
}

const UG_DECIMALS = 6; // of a gram

/** A text as a YAML scalar: every JSON string is one in double quotes (YAML 1.2, section 1.3). */
function scalar(text: string): string {
  // JSON lets these stand as they are, YAML takes them for line ends.
  return JSON.stringify(text).replace(/[\u0085\u2028\u2029]/g, (end) => {
    return `\\u${end.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

/** The front matter of a model card, with its lines of three dashes. Emissions are exact, in grams of CO2e. */
export function modelCardText({ emissions_ug, source, trainingType, location, hardware }: ModelCard): string {
  const members = [
    ["source", source],
    ["training_type", trainingType],
    ["geographical_location", location.trim()],
    ["hardware_used", hardware.trim()],
  ] as const;
  const lines = members
    .filter(([, value]) => value !== "")
    .map(([name, value]) => `  ${name}: ${scalar(value)}`);
  const emissions = `  emissions: ${decimalText(emissions_ug, UG_DECIMALS)}`;
  return ["---", "co2_eq_emissions:", emissions, ...lines, "---", ""].join("\n");
}
