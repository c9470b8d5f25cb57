import { useQuery } from "@tanstack/react-query";
import type { Hex } from "viem";
import { getReports } from "../../api/gateway";
import { readAttestations } from "../../chain/ledger";
import { attestationId } from "../../chain/typedData";
import { readFootprintReport } from "../../evidence/report";
import type { CosignedReport } from "../../flows/record";
import { carbon, day } from "../../format";
import { useLedger } from "../../ledgerContext";
import { text } from "../../strings/text";

const words = text.record;

/** Co-signed reports of this account that can still be recorded and are not on chain. */
function useWaitingReports(account: string | null) {
  const { config, reader } = useLedger();
  return useQuery({
    queryKey: ["backend", "mine", "waiting", account],
    enabled: account !== null,
    queryFn: async (): Promise<CosignedReport[]> => {
      const now = Date.now() / 1000;
      const living = (await getReports()).filter(({ valid_until }) => Number(valid_until) > now);
      const reports = living.map((item) => {
        const report = readFootprintReport(item.report);
        const id: Hex = attestationId(report, config.chainId, config.ledger);
        return { reportId: item.id, id, report, signatures: item.signatures };
      });
      const states = await readAttestations(
        reader,
        config,
        reports.map(({ id }) => id),
      );
      return reports.filter((_, index) => states[index]?.recorded_at === 0);
    },
  });
}

interface Props {
  account: string | null;
  onContinue: (report: CosignedReport) => void;
}

/** Lets somebody go on who left the page between the co-signing and the transaction. */
export function WaitingReports({ account, onContinue }: Props) {
  const { data: reports = [] } = useWaitingReports(account);
  if (reports.length === 0) return null;
  return (
    <section className="card" aria-labelledby="waiting">
      <h2 id="waiting">{words.waitingTitle}</h2>
      <ul className="stack-tight">
        {reports.map((cosigned) => {
          const { central_ug, period_start, period_end } = cosigned.report.footprint;
          return (
            <li key={cosigned.id} className="card-head">
              <span>{`${carbon(central_ug)}, ${text.attestation.between(day(period_start), day(period_end))}`}</span>
              <button type="button" className="button" onClick={() => onContinue(cosigned)}>
                {words.waitingContinue}
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
