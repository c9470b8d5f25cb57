import { useSearchParams } from "wouter";
import { LookUpForm } from "../components/LookUpForm";
import { PageHead } from "../components/PageHead";
import { explore } from "../strings/exploreText";
import { LatestRecords } from "./explore/LatestRecords";
import { LatestRetirements } from "./explore/LatestRetirements";
import { Results } from "./explore/Results";
import { MAX_QUERY, understand } from "./explore/understand";

const words = explore.explore;

function problemOf(written: string): string | undefined {
  const { kind } = understand(written);
  return kind === "short" || kind === "malformed" ? words[kind] : undefined;
}

/** What is on the ledger, newest first, and one field that finds any of it. */
export default function ExplorePage() {
  const [params, setParams] = useSearchParams();
  const written = params.get("q") ?? "";
  return (
    <>
      <PageHead title={words.title} eyebrow={words.eyebrow} headline={words.headline} lead={words.lead} />
      <div className="stack">
        <section className="card" aria-label={words.search}>
          <LookUpForm
            key={written}
            label={words.searchLabel}
            action={words.search}
            given={written}
            error={problemOf(written)}
            maxLength={MAX_QUERY}
            primary
            onLook={(asked) => setParams(asked === "" ? {} : { q: asked })}
          />
          <Results understood={understand(written)} />
        </section>
        <LatestRecords />
        <LatestRetirements />
      </div>
    </>
  );
}
