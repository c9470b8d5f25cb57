import type { ReactNode } from "react";
import { text } from "../strings/publicText";
import { Loading } from "./Loading";
import { Notice } from "./Notice";

/** What a read has brought so far: of our own store, or of the query library. */
export interface Brought<T> {
  data: T | undefined;
  isError: boolean;
  refetch: () => unknown;
}

interface Base<T> {
  query: Brought<T>;
  /** What to say if nothing could be read. */
  failed: string;
}

interface Whole<T> extends Base<T> {
  missing?: undefined;
  children: (data: T) => ReactNode;
}

interface OrMissing<T> extends Base<T> {
  /** What to say if the query brought null: what was asked for is not there. */
  missing: string;
  children: (data: NonNullable<T>) => ReactNode;
}

/** Shows what a query brought, that it is on its way, or that it failed and can be tried again. */
export function QueryView<T>(props: Whole<T> | OrMissing<T>) {
  const { query, failed } = props;
  if (query.data !== undefined) {
    if (props.missing === undefined) return props.children(query.data);
    if (query.data !== null) return props.children(query.data);
    return (
      <Notice>
        <p>{props.missing}</p>
      </Notice>
    );
  }
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
