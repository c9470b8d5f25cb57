import { Link } from "wouter";
import type { Certificate, Minted } from "../../chain/credits";
import { pathOf } from "../../chain/path";
import { freeUg } from "../../flows/allocationAmounts";
import { carbon, mass, short } from "../../format";
import { tokenHex } from "../../ids";
import { useLedger } from "../../ledgerContext";
import { explore } from "../../strings/exploreText";
import { text } from "../../strings/publicText";
import { pathText } from "./pathText";

const { columns } = text.ledger;

export interface RetirementRow {
  id: bigint;
  /** Its mint, where it is known. */
  minted: Minted | undefined;
  /** Its present state, where it is known. */
  state: Certificate | null | undefined;
}

function Row({ row: { id, minted, state } }: { row: RetirementRow }) {
  const { config } = useLedger();
  // The state is read a moment after the events that name it.
  const facts = state ?? (minted && { ...minted.retirement, holder: minted.holder });
  const how = minted ? pathText(pathOf(minted, config)) : explore.paths.moved;
  return (
    <tr>
      <td>
        <Link className="mono" href={`/certificate/${tokenHex(id)}`}>
          {short(tokenHex(id))}
        </Link>{" "}
        {state?.voided && <span className="badge badge-bad">{text.certificate.voided}</span>}
      </td>
      <td>{facts?.project ?? "–"}</td>
      <td>{facts?.vintage ?? "–"}</td>
      <td className="cell-text">{facts?.beneficiary ?? "–"}</td>
      <td>{how}</td>
      <td className="end" title={facts && carbon(facts.amount_ug, "exact")}>
        <strong>{facts ? carbon(facts.amount_ug, "down") : "–"}</strong>
      </td>
      <td className="end">{state ? mass(freeUg(state), "down") : "–"}</td>
    </tr>
  );
}

/** Retirements, one row each. */
export function RetirementRows({ rows }: { rows: readonly RetirementRow[] }) {
  return (
    <div className="table-frame">
      <table>
        <thead>
          <tr>
            <th scope="col">{columns.id}</th>
            <th scope="col">{columns.project}</th>
            <th scope="col">{columns.vintage}</th>
            <th scope="col">{columns.beneficiary}</th>
            <th scope="col">{explore.explore.columns.how}</th>
            <th scope="col" className="end">
              {columns.retired}
            </th>
            <th scope="col" className="end">
              {columns.free}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={tokenHex(row.id)} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}
