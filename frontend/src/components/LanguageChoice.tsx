import { choose, LANGUAGE, LANGUAGES, type Language } from "../strings/language";
import { text } from "../strings/publicText";

/** The languages of the page, each under its own name. */
export function LanguageChoice() {
  return (
    <nav className="languages" aria-label={text.language}>
      {(Object.keys(LANGUAGES) as Language[]).map((language) => (
        <button
          key={language}
          type="button"
          lang={language}
          aria-current={language === LANGUAGE ? "true" : undefined}
          onClick={() => choose(language)}
        >
          {LANGUAGES[language].name}
        </button>
      ))}
    </nav>
  );
}
