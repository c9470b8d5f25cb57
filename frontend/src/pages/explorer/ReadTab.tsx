import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { type AbiFunction, type AbiParameter, type Address, encodeFunctionData } from "viem";
import { Field } from "../../components/Field";
import { Notice } from "../../components/Notice";
import { useLedger } from "../../ledgerContext";
import { explorer } from "../../strings/explorerText";
import type { Contract } from "./contracts";
import { decodeValues } from "./decode";
import { InvalidArgument, isStructured, parseArgument, viewFunctions } from "./readForm";
import { revertReason } from "./transactions";
import { ValueList } from "./ValueList";
import type { ValueRow } from "./values";

const words = explorer.read;

/** What is wrong with each argument, by its position; null where nothing is. */
function problems(inputs: readonly AbiParameter[], written: readonly string[]): (string | null)[] {
  return inputs.map((input, at) => {
    try {
      parseArgument(input, written[at] ?? "");
      return null;
    } catch (error) {
      if (error instanceof InvalidArgument) return error.message;
      throw error;
    }
  });
}

function useAsk(address: Address, item: AbiFunction) {
  const { reader } = useLedger();
  return useMutation({
    mutationFn: async (written: readonly string[]): Promise<readonly ValueRow[] | null> => {
      const args = item.inputs.map((input, at) => parseArgument(input, written[at] ?? ""));
      const data = encodeFunctionData({ abi: [item], functionName: item.name, args });
      const answer = await reader.request({ method: "eth_call", params: [{ to: address, data }, "latest"] });
      return decodeValues(item.outputs, answer);
    },
  });
}

function Refusal({ error }: { error: unknown }) {
  const reason = revertReason(error);
  return (
    <Notice kind="bad">
      <p>{reason === null ? words.silent : words.refused(reason)}</p>
    </Notice>
  );
}

function Question({ address, item }: { address: Address; item: AbiFunction }) {
  const [written, setWritten] = useState<readonly string[]>(item.inputs.map(() => ""));
  const [wrong, setWrong] = useState<readonly (string | null)[]>([]);
  const ask = useAsk(address, item);

  function submit(event: FormEvent) {
    event.preventDefault();
    const found = problems(item.inputs, written);
    setWrong(found);
    if (found.every((problem) => problem === null)) ask.mutate(written);
  }

  return (
    <details className="card">
      <summary className="mono">{`${item.name}(${item.inputs.map(({ type }) => type).join(", ")})`}</summary>
      <form className="stack-tight" onSubmit={submit} noValidate>
        {item.inputs.map((input, at) => (
          <Field
            // biome-ignore lint/suspicious/noArrayIndexKey: arguments have no other name that is always there
            key={at}
            label={words.argument(input.name || String(at), input.type)}
            {...(isStructured(input) ? { hint: words.asJson } : {})}
            error={wrong[at] ?? undefined}
          >
            {(control) => (
              <input
                {...control}
                className="mono"
                value={written[at] ?? ""}
                onChange={({ target }) => setWritten(written.with(at, target.value))}
                autoComplete="off"
                spellCheck={false}
              />
            )}
          </Field>
        ))}
        <div className="actions">
          <button type="submit" className="button" disabled={ask.isPending}>
            {words.ask}
          </button>
        </div>
        <div role="status">
          {ask.isError && <Refusal error={ask.error} />}
          {ask.data === null && <p>{words.undecodable}</p>}
          {ask.data && <ValueList rows={ask.data} />}
        </div>
      </form>
    </details>
  );
}

/** Every view function of a contract as a question that anybody may ask. */
export function ReadTab({ address, contract }: { address: Address; contract: Contract | undefined }) {
  if (!contract) return <p className="soft">{words.noAbi}</p>;
  return (
    <div className="stack">
      <p className="hint">{words.note}</p>
      {viewFunctions(contract.abi).map((item) => (
        <Question
          key={`${item.name}(${item.inputs.map(({ type }) => type).join()})`}
          address={address}
          item={item}
        />
      ))}
    </div>
  );
}
