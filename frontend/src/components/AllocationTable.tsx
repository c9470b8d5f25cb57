import { Link } from "wouter";
import type { Allocation } from "../chain/credits";
import { carbon, short } from "../format";
import { tokenHex } from "../ids";
import { text } from "../strings/publicText";
import { Hash } from "./Hash";

interface Props {
  allocations: readonly Allocation[];
  /** Which end of the allocation is linked: the other one is the page that it stands on. */
  link: "attestation" | "certificate";
}

/** Allocations, one row each, with the transaction that made them. */
export function AllocationTable({ allocations, link }: Props) {
  const heading = link === "attestation" ? text.certificate.toAttestation : text.certificate.from;
  return (
    <div className="table-frame">
      <table>
        <thead>
          <tr>
            <th scope="col">{text.certificate.amountColumn}</th>
            <th scope="col">{heading}</th>
            <th scope="col">{text.certificate.transaction}</th>
          </tr>
        </thead>
        <tbody>
          {allocations.map((allocation) => {
            const id = link === "attestation" ? allocation.attestation : tokenHex(allocation.certificate);
            return (
              <tr key={`${allocation.transaction} ${allocation.certificate} ${allocation.attestation}`}>
                <td title={carbon(allocation.amount_ug, "exact")}>{carbon(allocation.amount_ug, "down")}</td>
                <td>
                  <Link className="mono" href={`/${link}/${id}`}>
                    {short(id)}
                  </Link>
                </td>
                <td>
                  <Hash value={allocation.transaction} path="tx" />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
