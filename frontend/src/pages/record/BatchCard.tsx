import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { CutOff, type UploadProgress, uploadWorkloads } from "../../api/upload";
import { FailureNotice } from "../../components/FailureNotice";
import { Notice } from "../../components/Notice";
import { count } from "../../format";
import { text } from "../../strings/text";
import { useSession } from "../../wallet/useSession";
import { useWallet } from "../../wallet/useWallet";
import { type Batch, BatchFile } from "./BatchFile";
import { BatchRecord } from "./BatchRecord";
import { BatchResult } from "./BatchResult";

const words = text.record.batch;

function baseName({ name }: File): string {
  return name.replace(/\.[^.]*$/, "");
}

function Sending({ progress }: { progress: UploadProgress | undefined }) {
  const said =
    progress && words.sofar(count(progress.rows), count(progress.accepted), count(progress.rejected));
  return (
    <div className="stack-tight">
      <p role="status">{said ?? words.sending}</p>
      <progress aria-label={words.uploading} />
    </div>
  );
}

function UploadFailure({ error }: { error: unknown }) {
  if (!(error instanceof CutOff)) return <FailureNotice error={error} />;
  return (
    <Notice kind="bad">
      <p>{words.cutOff}</p>
    </Notice>
  );
}

interface Props {
  isCodeCarbon: boolean;
  onBusy: (busy: boolean) => void;
}

/** Many workloads from a file: sent, checked row by row, what was wrong shown, the rest recorded. */
export default function BatchCard({ isCodeCarbon, onBusy }: Props) {
  const { environment } = useWallet();
  const { session } = useSession();
  const [progress, setProgress] = useState<UploadProgress>();
  const leaving = useRef(new AbortController());
  const upload = useMutation({
    mutationFn: ({ file, mediaType, options }: Batch) =>
      uploadWorkloads(file, mediaType, options, setProgress, leaving.current.signal),
    onMutate: () => {
      setProgress(undefined);
      onBusy(true);
    },
    onSettled: () => onBusy(false),
  });

  useEffect(() => {
    leaving.current = new AbortController();
    return () => leaving.current.abort();
  }, []);

  const name = upload.variables ? baseName(upload.variables.file) : "";
  const ids = upload.data?.ids ?? [];
  return (
    <div className="stack">
      <section className="card" aria-labelledby="batch">
        <h2 id="batch">{upload.data ? words.result : words.headline}</h2>
        {!upload.data && !upload.isPending && (
          <BatchFile isCodeCarbon={isCodeCarbon} allowed={session !== null} onUpload={upload.mutate} />
        )}
        {upload.isPending && <Sending progress={progress} />}
        {upload.error && <UploadFailure error={upload.error} />}
        {upload.data && <BatchResult name={name} summary={upload.data} />}
        {upload.data && ids.length === 0 && <p>{words.nothing}</p>}
        {upload.data && (
          <div className="actions">
            <button type="button" className="button" onClick={() => upload.reset()}>
              {words.again}
            </button>
          </div>
        )}
      </section>
      {ids.length > 0 && (
        <BatchRecord key={upload.submittedAt} environment={environment} ids={ids} onBusy={onBusy} />
      )}
    </div>
  );
}
