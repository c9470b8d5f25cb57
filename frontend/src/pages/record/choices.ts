import { getCatalogue } from "../../api/gateway";
import { nextTurn } from "../../firstSight/turns";
import { countryName } from "../../format";
import { LOCALE } from "../../strings/language";

export interface Option {
  id: string;
  name: string;
}

/** What the lists of the form hold. */
export interface Choices {
  hardware: readonly Option[];
  models: readonly Option[];
  /** Under their names in the reader's language, in its order. */
  countries: readonly Option[];
}

type Named = readonly { id: string; name?: string }[];

function named(items: Named): Option[] {
  return items.map(({ id, name }) => ({ id, name: name ?? id }));
}

function countries(items: Named): Option[] {
  const { compare } = new Intl.Collator(LOCALE);
  return items
    .map(({ id, name }) => ({ id, name: countryName(id) ?? name ?? id }))
    .sort((one, other) => compare(one.name, other.name));
}

/** The catalogue of the model, ready to be shown. */
export async function readChoices(): Promise<Choices> {
  const catalogue = await getCatalogue();
  // The names of 250 countries take as long as all the rest of the form.
  await nextTurn();
  const inOrder = countries(catalogue.countries);
  await nextTurn();
  return { hardware: named(catalogue.hardware), models: named(catalogue.models), countries: inOrder };
}
