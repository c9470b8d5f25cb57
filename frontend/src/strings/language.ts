/** Languages of the page, with the way each writes numbers and dates and its own name. */
export const LANGUAGES = {
  en: { locale: "en-GB", name: "English" },
  de: { locale: "de-DE", name: "Deutsch" },
} as const;

export type Language = keyof typeof LANGUAGES;

const REMEMBERED = "greenledger-language";

function isLanguage(value: string | null | undefined): value is Language {
  return value !== null && value !== undefined && Object.hasOwn(LANGUAGES, value);
}

function remembered(): string | null {
  try {
    return localStorage.getItem(REMEMBERED);
  } catch {
    return null; // storage may be switched off
  }
}

/** What the reader chose, else the first of the browser's languages that there is, else English. */
export function readerLanguage(chosen: string | null, preferred: readonly string[]): Language {
  if (isLanguage(chosen)) return chosen;
  return preferred.map((tag) => tag.toLowerCase().split("-")[0]).find(isLanguage) ?? "en";
}

/** The language of this visit; texts are loaded once, so another one takes a reload. */
export const LANGUAGE = readerLanguage(remembered(), navigator.languages ?? []);

/** How numbers and dates are written. */
export const LOCALE = LANGUAGES[LANGUAGE].locale;

/** Changes the language, for this and later visits. */
export function choose(language: Language): void {
  try {
    localStorage.setItem(REMEMBERED, language);
  } catch {
    return;
  }
  window.location.reload();
}
