import { useMutation } from "@tanstack/react-query";
import type { Address } from "viem";
import type { RecordedEvent } from "../../chain/ledger";
import { FailureNotice } from "../../components/FailureNotice";
import { count } from "../../format";
import { useLedger } from "../../ledgerContext";
import { saveText } from "../../saveText";
import { ledgerText } from "../../strings/ledgerText";
import { exportJson, readAccountExport } from "./accountExport";
import { CheckExport } from "./CheckExport";
import { attestationsCsv, certificatesCsv } from "./exportCsv";

const words = ledgerText.exports;
const CSV = "text/csv";

const KINDS = [
  { label: words.attestations, file: "attestations.csv", type: CSV, write: attestationsCsv },
  { label: words.certificates, file: "certificates.csv", type: CSV, write: certificatesCsv },
  { label: words.json, file: "ledger.json", type: "application/json", write: exportJson },
] as const;

interface Props {
  account: Address;
  block: bigint;
  records: readonly RecordedEvent[];
}

/** The account as files, read whole at one block when they are asked for. */
export function Exports({ account, block, records }: Props) {
  const { config, reader } = useLedger();
  const save = useMutation({
    mutationFn: async ({ file, type, write }: (typeof KINDS)[number]) => {
      const { exported } = await readAccountExport(reader, config, account);
      const name = `${account.slice(2, 10).toLowerCase()}-block-${exported.block}-${file}`;
      saveText(name, write(exported), type);
    },
  });
  return (
    <section className="card" aria-labelledby="exports">
      <h2 id="exports">{words.title}</h2>
      <p className="soft">{words.note(count(block))}</p>
      <div className="actions">
        {KINDS.map((kind) => (
          <button
            key={kind.file}
            type="button"
            className="button"
            disabled={save.isPending}
            onClick={() => save.mutate(kind)}
          >
            {kind.label}
          </button>
        ))}
        <span role="status" className="small soft">
          {save.isPending ? words.preparing : ""}
        </span>
      </div>
      {save.error && <FailureNotice error={save.error} />}
      <CheckExport account={account} records={records} />
    </section>
  );
}
