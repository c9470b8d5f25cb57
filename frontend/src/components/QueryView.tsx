import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { text } from "../strings/text";
import { Loading } from "./Loading";
import { Notice } from "./Notice";

interface Props<T> {
  query: UseQueryResult<T>;
  /** What to say if nothing could be read. */
  failed: string;
  children: (data: T) => ReactNode;
}

/** Shows what a query brought, that it is on its way, or that it failed and can be tried again. */
export function QueryView<T>({ query, failed, children }: Props<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.isError) {
    return (
      <Notice kind="bad">
        <p>{failed}</p>
        <div className="actions">
          <button type="button" className="button" onClick={() => void query.refetch()}>
            {text.retry}
          </button>
        </div>
      </Notice>
    );
  }
  return <Loading />;
}
