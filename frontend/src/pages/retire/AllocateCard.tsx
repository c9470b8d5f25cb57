import { useState } from "react";
import type { Address } from "viem";
import { Link, useSearchParams } from "wouter";
import { type AccountState, useAccountState } from "../../chain/useAccountState";
import { Hash } from "../../components/Hash";
import { Notice } from "../../components/Notice";
import { QueryView } from "../../components/QueryView";
import type { AllocationsDone } from "../../flows/allocate";
import { freeUg } from "../../flows/allocationAmounts";
import { carbon, short } from "../../format";
import { parseCertificateId, tokenHex } from "../../ids";
import { text } from "../../strings/text";
import { AllocateForm } from "./AllocateForm";

const words = text.allocate;

function Done({ done, onAgain }: { done: AllocationsDone; onAgain: () => void }) {
  return (
    <div className="stack-tight">
      <Notice>
        <p>
          {words.done(
            carbon(
              done.allocations.reduce((sum, { amountUg }) => sum + amountUg, 0n),
              "exact",
            ),
          )}
        </p>
        {done.transactions.map((hash) => (
          <p key={hash}>
            <Hash value={hash} path="tx" />
          </p>
        ))}
      </Notice>
      <div className="actions">
        {done.allocations.map(({ attestation }) => (
          <Link key={attestation} className="button" href={`/attestation/${attestation}`}>
            {done.allocations.length === 1 ? words.view : words.viewOf(short(attestation))}
          </Link>
        ))}
        <button type="button" className="button" onClick={onAgain}>
          {words.again}
        </button>
      </div>
    </div>
  );
}

function Choice({ state }: { state: AccountState }) {
  const [params] = useSearchParams();
  const [done, setDone] = useState<AllocationsDone>();
  const usable = state.certificates.filter(({ state: certificate }) => freeUg(certificate) > 0n);
  const wanted = parseCertificateId(params.get("certificate") ?? "");
  const asked = state.certificates.find(({ id }) => id === wanted);
  const first = usable.find(({ id }) => id === wanted) ?? usable[0];
  if (done) return <Done done={done} onAgain={() => setDone(undefined)} />;
  if (!first) return <p className="soft">{words.noCertificate}</p>;
  return (
    <AllocateForm
      certificates={state.certificates}
      attestations={state.attestations}
      // What is typed stays, whatever else arrives: only another certificate that is asked for starts anew.
      key={asked ? tokenHex(asked.id) : ""}
      preferred={tokenHex(first.id)}
      onDone={setDone}
    />
  );
}

/** Assigns what the account holds to what it, or somebody else, recorded. Needs the chain alone. */
export function AllocateCard({ account }: { account: Address }) {
  const query = useAccountState(account);
  return (
    <section className="card" aria-labelledby="allocate">
      <h2 id="allocate">{words.title}</h2>
      <p className="soft">{words.lead}</p>
      <QueryView query={query} failed={text.status.readFailed}>
        {(state) => <Choice state={state} />}
      </QueryView>
    </section>
  );
}
