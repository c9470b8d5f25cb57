import { type DragEvent, useId, useState } from "react";
import { Link } from "wouter";
import { readAttestation } from "../../chain/ledger";
import { useChainQuery } from "../../chain/useChainQuery";
import { CoverageBar } from "../../components/CoverageBar";
import { Notice } from "../../components/Notice";
import { QueryView } from "../../components/QueryView";
import {
  bundleId,
  type Check,
  checkBundle,
  type EvidenceBundle,
  MAX_BUNDLE_BYTES,
  readBundle,
} from "../../evidence/bundle";
import { InvalidShape } from "../../evidence/reader";
import { useLedger } from "../../ledgerContext";
import { text } from "../../strings/text";

const words = text.verify;
const BADGES = { equal: "badge", different: "badge badge-bad", unchecked: "badge badge-gold" } as const;

function CheckRow({ check, rpcUrl }: { check: Check; rpcUrl: string }) {
  return (
    <li>
      <div className="card-head">
        <span>{words.checks[check.name]}</span>
        <span className={BADGES[check.outcome]}>{words.outcomes[check.outcome]}</span>
      </div>
      {check.name === "model" && <code className="code">{`${words.command} ${rpcUrl}`}</code>}
      {check.outcome === "different" && check.stated !== undefined && (
        <dl className="small mono break">
          <div>{`${words.expected}: ${check.stated}`}</div>
          <div>{`${words.found}: ${check.found}`}</div>
        </dl>
      )}
    </li>
  );
}

function Result({ bundle }: { bundle: EvidenceBundle }) {
  const { config } = useLedger();
  const id = bundleId(bundle, config);
  const query = useChainQuery(["attestation-slot", id], (client) => readAttestation(client, config, id));
  return (
    <QueryView query={query} failed={words.unreadable}>
      {(attestation) => {
        const checks = checkBundle(bundle, config, attestation);
        const differs = checks.some(({ outcome }) => outcome === "different");
        return (
          <div className="stack">
            <Notice kind={differs ? "bad" : "info"}>
              <p>{differs ? words.notEqual : words.allEqual}</p>
            </Notice>
            <h3>{words.checked}</h3>
            <ul className="checks">
              {checks.map((check) => (
                <CheckRow key={check.name} check={check} rpcUrl={config.rpcUrl} />
              ))}
            </ul>
            {attestation && (
              <div>
                <h3>{words.coverage}</h3>
                <CoverageBar covered={attestation.covered_ug} high={attestation.high_ug} />
                <div className="actions">
                  <Link className="button" href={`/attestation/${id}`}>
                    {words.open}
                  </Link>
                </div>
              </div>
            )}
          </div>
        );
      }}
    </QueryView>
  );
}

async function openBundle(file: File): Promise<EvidenceBundle> {
  if (file.size > MAX_BUNDLE_BYTES) throw new Error(words.tooLarge);
  let json: unknown;
  try {
    json = JSON.parse(await file.text());
  } catch {
    throw new Error(words.notJson);
  }
  try {
    return readBundle(json);
  } catch (error) {
    throw error instanceof InvalidShape ? new Error(words.shape(error.field, error.expected)) : error;
  }
}

/** Opens an evidence bundle and says, check by check, what is equal. The file stays in the browser. */
export function BundleCheck() {
  const id = useId();
  const [over, setOver] = useState(false);
  const [opened, setOpened] = useState<{ bundle: EvidenceBundle } | { problem: string } | null>(null);

  function take(file: File | undefined) {
    if (!file) return;
    openBundle(file).then(
      (bundle) => setOpened({ bundle }),
      (error: Error) => setOpened({ problem: error.message }),
    );
  }

  function drop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files[0]);
  }

  return (
    <section className="card" aria-labelledby="by-bundle">
      <h2 id="by-bundle">{words.byBundle}</h2>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a shortcut; the file input inside does the same by keyboard */}
      <div
        className={over ? "drop drop-over" : "drop"}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <label className="field-label" htmlFor={id}>
          {words.bundle}
        </label>
        <input
          id={id}
          type="file"
          accept="application/json,.json"
          onChange={(event) => take(event.target.files?.[0])}
        />
        <p className="hint">{words.drop}</p>
      </div>
      {opened && "problem" in opened && (
        <Notice kind="bad">
          <p>{opened.problem}</p>
        </Notice>
      )}
      {opened && "bundle" in opened && <Result bundle={opened.bundle} />}
    </section>
  );
}
