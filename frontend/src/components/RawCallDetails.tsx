import { curlOf, type RawCall, readRaw } from "../chain/rawCall";
import { useLedger } from "../ledgerContext";
import { useRead } from "../reads/useRead";
import { proof } from "../strings/proofText";
import { CopyButton } from "./CopyButton";
import { Fact } from "./Fact";
import { Hash } from "./Hash";
import { QueryView } from "./QueryView";

const words = proof.read;

/** A call of a contract as it goes over the wire, with the answer. */
export default function RawCallDetails({ call }: { call: RawCall }) {
  const { config, reader } = useLedger();
  const query = useRead(["raw call", call.to, call.data, call.block.toString()], () => readRaw(reader, call));
  return (
    <div className="stack-tight">
      <p className="small soft">{words.lead}</p>
      <dl className="facts">
        <Fact name={words.to}>
          <Hash value={call.to} path="address" full />
        </Fact>
        <Fact name={words.data}>
          <span className="mono break raw">{call.data}</span>
        </Fact>
        <Fact name={words.result}>
          <QueryView query={query} failed={words.failed}>
            {(result) => <span className="mono break raw">{result}</span>}
          </QueryView>
        </Fact>
      </dl>
      <div className="actions">
        <CopyButton label={words.curl} value={curlOf(config.rpcUrl, call)} />
      </div>
    </div>
  );
}
