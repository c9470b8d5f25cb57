import { useState } from "react";
import type { Address } from "viem";
import { useSearchParams } from "wouter";
import type { AccountState } from "../../chain/accountView";
import { useAccountState } from "../../chain/useAccountState";
import { QueryView } from "../../components/QueryView";
import { freeUg } from "../../flows/allocationAmounts";
import { parseCertificateId, tokenHex } from "../../ids";
import { text } from "../../strings/text";
import { AllocateForm } from "./AllocateForm";

const words = text.allocate;

function Choice({ state }: { state: AccountState }) {
  const [params] = useSearchParams();
  const [round, setRound] = useState(0);
  const usable = state.certificates.filter(({ state: certificate }) => freeUg(certificate) > 0n);
  const wanted = parseCertificateId(params.get("certificate") ?? "");
  const first = usable.find(({ id }) => id === wanted) ?? usable[0];
  // A form that has allocated stays until it is asked for more, although nothing may be left by then.
  if (!first && round === 0) return <p className="soft">{words.noCertificate}</p>;
  return (
    <AllocateForm
      key={round}
      certificates={usable}
      attestations={state.attestations}
      preferred={first ? tokenHex(first.id) : ""}
      onDone={() => setRound(round + 1)}
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
