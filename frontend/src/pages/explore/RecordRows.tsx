import { Link } from "wouter";
import type { Attestation, RecordedEvent } from "../../chain/ledger";
import { carbon, day, mass, percent, short } from "../../format";
import { explore } from "../../strings/exploreText";
import { text } from "../../strings/publicText";

const { columns } = text.ledger;

interface Props {
  rows: readonly RecordedEvent[];
  /** The present state of each row, where it is known. */
  states: readonly Attestation[] | undefined;
  /** Whether to name whose each is. */
  withAccount?: boolean;
}

/** Attestations, one row each. */
export function RecordRows({ rows, states, withAccount = false }: Props) {
  return (
    <div className="table-frame">
      <table>
        <thead>
          <tr>
            <th scope="col">{columns.id}</th>
            {withAccount && <th scope="col">{explore.explore.columns.account}</th>}
            <th scope="col">{columns.period}</th>
            <th scope="col">{columns.tier}</th>
            <th scope="col" className="end">
              {columns.total}
            </th>
            <th scope="col" className="end">
              {columns.bounds}
            </th>
            <th scope="col" className="end">
              {columns.covered}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, account, footprint }, index) => (
            <tr key={id}>
              <td>
                <Link className="mono" href={`/attestation/${id}`}>
                  {short(id)}
                </Link>{" "}
                {states?.[index]?.superseded && (
                  <span className="badge badge-gold">{text.ledger.superseded}</span>
                )}
              </td>
              {withAccount && (
                <td>
                  <Link className="mono" href={`/account/${account}`}>
                    {short(account)}
                  </Link>
                </td>
              )}
              <td>{text.attestation.between(day(footprint.period_start), day(footprint.period_end))}</td>
              <td>{footprint.tier}</td>
              <td className="end">
                <strong>{carbon(footprint.central_ug)}</strong>
              </td>
              <td className="end soft">{`${mass(footprint.low_ug, "down")} – ${mass(footprint.high_ug, "up")}`}</td>
              <td className="end">{covered(states?.[index])}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function covered(state: Attestation | undefined): string {
  return state === undefined ? "–" : percent(state.covered_ug, state.high_ug);
}
