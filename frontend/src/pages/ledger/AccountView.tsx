import type { Address } from "viem";
import { Link } from "wouter";
import type { AccountState, OwnAttestation, OwnCertificate } from "../../chain/accountView";
import { useAccountState } from "../../chain/useAccountState";
import { BoundBar } from "../../components/BoundBar";
import { CoverageBar } from "../../components/CoverageBar";
import { Hash } from "../../components/Hash";
import { QueryView } from "../../components/QueryView";
import { freeUg } from "../../flows/allocationAmounts";
import { carbon, day, mass, percent, short } from "../../format";
import { tokenHex } from "../../ids";
import { text } from "../../strings/text";

const words = text.ledger;

function Headings({ names, ends }: { names: readonly string[]; ends: number }) {
  return (
    <thead>
      <tr>
        {names.map((name, index) => (
          <th key={name} scope="col" className={index >= ends ? "end" : undefined}>
            {name}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function Totals({ account, totals }: { account: Address; totals: AccountState["totals"] }) {
  return (
    <section className="card" aria-labelledby="totals">
      <div className="card-head">
        <h2 id="totals">{words.totals}</h2>
        <span className="badge">{words.count(Number(totals.count))}</span>
      </div>
      <p className="figure-value">{carbon(totals.central_ug)}</p>
      <BoundBar low={totals.low_ug} central={totals.central_ug} high={totals.high_ug} />
      <div>
        <h3>{text.coverage.title}</h3>
        <CoverageBar covered={totals.covered_ug} high={totals.high_ug} />
      </div>
      <div className="hint">
        <Hash value={account} path="address" full />{" "}
        <span className="mono break">
          {text.readFrom(text.contract.ledger, `account(${short(account)})`)}
        </span>
      </div>
    </section>
  );
}

function Attestations({ rows }: { rows: readonly OwnAttestation[] }) {
  const { columns } = words;
  if (rows.length === 0) return <p className="soft">{words.noAttestations}</p>;
  return (
    <div className="table-frame">
      <table>
        <Headings
          names={[columns.id, columns.period, columns.tier, columns.total, columns.bounds, columns.covered]}
          ends={3}
        />
        <tbody>
          {rows.map(({ id, footprint, state }) => (
            <tr key={id}>
              <td>
                <Link className="mono" href={`/attestation/${id}`}>
                  {short(id)}
                </Link>
                {state.superseded && <span className="badge badge-gold">{words.superseded}</span>}
              </td>
              <td>{text.attestation.between(day(footprint.period_start), day(footprint.period_end))}</td>
              <td>{state.tier}</td>
              <td className="end">
                <strong>{carbon(state.central_ug)}</strong>
              </td>
              <td className="end soft">{`${mass(state.low_ug)} – ${mass(state.high_ug)}`}</td>
              <td className="end">{percent(state.covered_ug, state.high_ug)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Certificates({ rows }: { rows: readonly OwnCertificate[] }) {
  const { columns } = words;
  if (rows.length === 0) return <p className="soft">{words.noCertificates}</p>;
  return (
    <div className="table-frame">
      <table>
        <Headings
          names={[
            columns.id,
            columns.project,
            columns.vintage,
            columns.beneficiary,
            columns.retired,
            columns.free,
          ]}
          ends={4}
        />
        <tbody>
          {rows.map(({ id, state }) => (
            <tr key={tokenHex(id)}>
              <td>
                <Link className="mono" href={`/certificate/${tokenHex(id)}`}>
                  {short(tokenHex(id))}
                </Link>
              </td>
              <td>{state.project}</td>
              <td>{state.vintage}</td>
              <td>{state.beneficiary}</td>
              <td className="end">
                <strong>{carbon(state.amount_ug)}</strong>
              </td>
              <td className="end">{mass(freeUg(state))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What the chain says about an account. */
export function AccountView({ account }: { account: Address }) {
  const query = useAccountState(account);
  return (
    <QueryView query={query} failed={text.status.readFailed}>
      {({ totals, attestations, certificates }) => (
        <div className="stack">
          <Totals account={account} totals={totals} />
          <section className="card" aria-labelledby="attestations">
            <h2 id="attestations">{words.attestations}</h2>
            <Attestations rows={attestations} />
          </section>
          <section className="card" aria-labelledby="certificates">
            <h2 id="certificates">{words.certificates}</h2>
            <Certificates rows={certificates} />
          </section>
        </div>
      )}
    </QueryView>
  );
}
