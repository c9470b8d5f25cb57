import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { Hex } from "viem";
import { type BaseUnits, decimalText } from "../../amounts";
import type { OwnAttestation, OwnCertificate } from "../../chain/accountView";
import { readAttestation } from "../../chain/ledger";
import { useChainQuery } from "../../chain/useChainQuery";
import { FailureNotice } from "../../components/FailureNotice";
import { Field } from "../../components/Field";
import { Progress } from "../../components/Progress";
import { progressSteps, type StageName, type StageReached } from "../../components/progressSteps";
import type { AllocationDone } from "../../flows/allocate";
import { freeUg, largestAllocationUg, uncoveredUg } from "../../flows/allocationAmounts";
import { day, mass } from "../../format";
import { parseReportId, tokenHex } from "../../ids";
import { text } from "../../strings/text";
import { useWallet } from "../../wallet/useWallet";
import { readAllocation } from "./allocateForm";
import { KILOGRAM_DECIMALS } from "./retireForm";

const words = text.allocate;
const SENDING: readonly StageName[] = ["checking", "confirm", "sent", "mined"];
const OTHER = "other";

interface Props {
  certificates: readonly OwnCertificate[];
  attestations: readonly OwnAttestation[];
  /** Certificate that is chosen at first, in hex. */
  preferred: string;
  onDone: (done: AllocationDone) => void;
}

/** Somebody else's attestation by its id, read when it is asked for. */
function useForeignAttestation(id: Hex | null) {
  return useChainQuery(
    ["attestation-slot", id ?? ""],
    (client, config) => readAttestation(client, config, id ?? "0x"),
    id !== null,
  );
}

/** Certificate, attestation and amount of one allocation. */
export function AllocateForm({ certificates, attestations, preferred, onDone }: Props) {
  const queries = useQueryClient();
  const { environment } = useWallet();
  const lacking = attestations.filter(({ state }) => uncoveredUg(state) > 0n);
  const [certificateHex, setCertificateHex] = useState(preferred);
  const [target, setTarget] = useState<string>(lacking[0]?.id ?? OTHER);
  const [otherId, setOtherId] = useState("");
  const [kilograms, setKilograms] = useState("");
  const [stage, setStage] = useState<StageReached | null>(null);

  const foreignId = target === OTHER ? parseReportId(otherId) : null;
  const foreign = useForeignAttestation(foreignId);
  const certificate = certificates.find(({ id }) => tokenHex(id) === certificateHex);
  const attestation =
    target === OTHER ? (foreign.data ?? undefined) : attestations.find(({ id }) => id === target)?.state;
  const attestationId = target === OTHER ? foreignId : (target as Hex);
  const most = certificate && attestation ? largestAllocationUg(certificate.state, attestation) : 0n;
  const read = readAllocation(kilograms, most);

  const sending = useMutation({
    mutationFn: async (amountUg: BaseUnits) => {
      if (!environment || !certificate || !attestationId) throw new Error(words.noAttestation);
      const flow = await import("../../flows/allocate");
      return flow.allocate(
        environment,
        { certificate: certificate.id, attestation: attestationId, amountUg },
        setStage,
      );
    },
    onSuccess: (done) => {
      onDone(done);
      // Not waited for: the flow is over, whatever becomes of reading everything again.
      void queries.invalidateQueries({ queryKey: ["chain"] });
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (read.ug !== undefined && environment) sending.mutate(read.ug);
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
            {certificates.map(({ id, state }) => (
              <option key={tokenHex(id)} value={tokenHex(id)}>
                {words.certificateOption(state.project, mass(freeUg(state)))}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={words.attestation}>
        {(control) => (
          <select {...control} value={target} onChange={(event) => setTarget(event.target.value)}>
            {lacking.map(({ id, footprint, state }) => (
              <option key={id} value={id}>
                {words.attestationOption(
                  text.attestation.between(day(footprint.period_start), day(footprint.period_end)),
                  mass(uncoveredUg(state)),
                )}
              </option>
            ))}
            <option value={OTHER}>{words.other}</option>
          </select>
        )}
      </Field>
      {target === OTHER && (
        <Field
          label={words.otherId}
          error={
            otherId !== "" && !foreignId
              ? text.attestation.malformed
              : foreign.data === null
                ? words.missing
                : undefined
          }
        >
          {(control) => (
            <input
              {...control}
              className="mono"
              value={otherId}
              onChange={(event) => setOtherId(event.target.value)}
              maxLength={80}
              spellCheck={false}
              autoComplete="off"
            />
          )}
        </Field>
      )}
      <Field label={words.amount} error={kilograms === "" ? undefined : read.error}>
        {(control) => (
          <input
            {...control}
            inputMode="decimal"
            value={kilograms}
            onChange={(event) => setKilograms(event.target.value)}
            maxLength={40}
            autoComplete="off"
          />
        )}
      </Field>
      {stage && <Progress label={words.progress} steps={progressSteps(SENDING, stage, sending.isError)} />}
      {sending.error && <FailureNotice error={sending.error} />}
      <div className="actions">
        <button
          type="submit"
          className="button button-primary"
          disabled={!environment || read.ug === undefined || !attestation || sending.isPending}
        >
          {words.action}
        </button>
        {most > 0n && (
          <button
            type="button"
            className="button"
            onClick={() => setKilograms(decimalText(most, KILOGRAM_DECIMALS))}
          >
            {words.most(mass(most))}
          </button>
        )}
      </div>
    </form>
  );
}
