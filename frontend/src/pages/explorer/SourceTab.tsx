import { useState } from "react";
import type { Address } from "viem";
import { Field } from "../../components/Field";
import { Loading } from "../../components/Loading";
import { explorer } from "../../strings/explorerText";
import { useSource } from "./contracts";
import type { VerifiedSource } from "./sourcify";

const words = explorer.source;

function Verified({ source }: { source: VerifiedSource }) {
  const [path, setPath] = useState(source.sources[0]?.path ?? "");
  const shown = source.sources.find((file) => file.path === path);
  return (
    <section className="card" aria-labelledby="source">
      <h2 id="source" className="break">
        {source.name}
      </h2>
      <p>{words.exact}</p>
      <p className="hint">
        {words.compiler}: <span className="mono">{words.vyper(source.compiler)}</span>
      </p>
      <Field label={words.file}>
        {(control) => (
          <select {...control} value={path} onChange={({ target }) => setPath(target.value)}>
            {source.sources.map((file) => (
              <option key={file.path}>{file.path}</option>
            ))}
          </select>
        )}
      </Field>
      {/* Long lines scroll sideways, and keys must be able to do that as well. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: see above */}
      <section className="source" tabIndex={0} aria-label={path}>
        <pre className="mono small">{shown?.content}</pre>
      </section>
    </section>
  );
}

/** The source that the gateway has verified; without the gateway, that there is none to show. */
export function SourceTab({ address }: { address: Address }) {
  const { data } = useSource(address);
  if (data === undefined) return <Loading />;
  if (data === "unverified") return <p className="soft">{words.unverified}</p>;
  if (data === "unanswered") return <p className="soft">{words.unanswered}</p>;
  return <Verified source={data} />;
}
