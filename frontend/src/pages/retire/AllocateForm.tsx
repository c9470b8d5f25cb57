import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useMemo, useState } from "react";
import type { Hex } from "viem";
import type { OwnAttestation, OwnCertificate } from "../../chain/accountView";
import { readAttestation } from "../../chain/ledger";
import { useChainQuery } from "../../chain/useChainQuery";
import { STATES_KEY } from "../../chain/useStates";
import { FailureNotice } from "../../components/FailureNotice";
import { Field } from "../../components/Field";
import { Progress } from "../../components/Progress";
import { progressSteps, type StageName, type StageReached } from "../../components/progressSteps";
import type { Allocation, AllocationsDone } from "../../flows/allocate";
import { freeUg, uncoveredUg } from "../../flows/allocationAmounts";
import type { Step } from "../../flows/batch";
import { mass } from "../../format";
import { tokenHex } from "../../ids";
import { text } from "../../strings/text";
import { useWallet } from "../../wallet/useWallet";
import { AllocationRow } from "./AllocationRow";
import { allocationsOf, type Known, OTHER, type RowInput, readRows, targetOf } from "./allocateForm";

const words = text.allocate;
const SENDING: readonly StageName[] = ["checking", "confirm", "sent", "mined"];

interface Props {
  /** All that are held: those with nothing left to allocate are not offered. */
  certificates: readonly OwnCertificate[];
  attestations: readonly OwnAttestation[];
  /** Certificate that is chosen at first, in hex. */
  preferred: string;
  onDone: (done: AllocationsDone) => void;
}

/** Somebody else's attestations by their ids, read when they are asked for. */
function useForeign(rows: readonly RowInput[]): Known {
  const ids = rows.filter(({ target }) => target === OTHER).flatMap((row) => targetOf(row) ?? []);
  const query = useChainQuery(
    ["attestation-slots", ids.join()],
    async (client, config): Promise<Known> => {
      const found = await Promise.all(ids.map((id) => readAttestation(client, config, id)));
      return Object.fromEntries(ids.map((id, index) => [id, found[index]]));
    },
    ids.length > 0,
  );
  return query.data ?? {};
}

function emptyRow(key: number, target: Hex | undefined): RowInput {
  return { key, target: target ?? OTHER, otherId: "", kilograms: "" };
}

/** A certificate and what of it goes to which attestations. */
export function AllocateForm({ certificates, attestations, preferred, onDone }: Props) {
  const queries = useQueryClient();
  const { environment } = useWallet();
  // Of ten thousand, and at each key that is pressed.
  const [lacking, own] = useMemo(
    () => [
      attestations.filter(({ state }) => uncoveredUg(state) > 0n),
      new Map(attestations.map((one) => [one.id, one])),
    ],
    [attestations],
  );
  const [certificateHex, setCertificateHex] = useState(preferred);
  const [rows, setRows] = useState<readonly RowInput[]>([emptyRow(0, lacking[0]?.id)]);
  const [reached, setReached] = useState<{ stage: StageReached; step: Step } | null>(null);

  const targets = rows.flatMap((row) => own.get(targetOf(row) ?? "0x") ?? []);
  const known: Known = {
    ...useForeign(rows),
    ...Object.fromEntries(targets.map(({ id, state }) => [id, state])),
  };
  // What is chosen stays in sight when nothing of it is left.
  const offered = certificates.filter(
    ({ id, state }) => freeUg(state) > 0n || tokenHex(id) === certificateHex,
  );
  const certificate = certificates.find(({ id }) => tokenHex(id) === certificateHex);
  const free = certificate ? freeUg(certificate.state) : 0n;
  const read = readRows(rows, free, known);
  const allocations = allocationsOf(read);
  const used = new Set(rows.map(targetOf));

  const sending = useMutation({
    mutationFn: async (wanted: readonly Allocation[]) => {
      if (!environment || !certificate) throw new Error(words.noAttestation);
      const flow = await import("../../flows/allocate");
      return flow.allocate(environment, certificate.id, wanted, (stage, step) => setReached({ stage, step }));
    },
    onSuccess: onDone,
    // Not waited for: the flow is over, whatever becomes of reading everything again.
    onSettled: () => {
      for (const part of ["chain", STATES_KEY]) void queries.invalidateQueries({ queryKey: [part] });
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (allocations && environment) sending.mutate(allocations);
  }

  function addRow() {
    const next = lacking.find(({ id }) => !used.has(id))?.id;
    setRows([...rows, emptyRow(Math.max(...rows.map(({ key }) => key)) + 1, next)]);
  }

  return (
    <form className="stack-tight" onSubmit={submit} noValidate>
      <Field label={words.certificate}>
        {(control) => (
          <select
            {...control}
            value={certificateHex}
            onChange={(event) => setCertificateHex(event.target.value)}
          >
            {offered.map(({ id, state }) => (
              <option key={tokenHex(id)} value={tokenHex(id)}>
                {words.certificateOption(state.project, mass(freeUg(state), "down"))}
              </option>
            ))}
          </select>
        )}
      </Field>
      {rows.map((row, index) => {
        const found = read[index];
        return (
          found && (
            <AllocationRow
              key={row.key}
              number={index + 1}
              row={row}
              read={found}
              lacking={lacking}
              chosen={own.get(row.target as Hex)}
              onChange={(changed) => setRows(rows.map((one) => (one === row ? changed : one)))}
              onRemove={rows.length > 1 ? () => setRows(rows.filter((one) => one !== row)) : undefined}
            />
          )
        );
      })}
      {reached && (
        <Progress
          label={`${words.progress}: ${words.step(reached.step.number, reached.step.of)}`}
          steps={progressSteps(SENDING, reached.stage, sending.isError)}
        />
      )}
      {sending.error && <FailureNotice error={sending.error} />}
      <div className="actions">
        <button
          type="submit"
          className="button button-primary"
          disabled={!environment || !allocations || sending.isPending}
        >
          {words.action}
        </button>
        <button type="button" className="button" onClick={addRow}>
          {words.add}
        </button>
      </div>
    </form>
  );
}
