import type { UseQueryResult } from "@tanstack/react-query";
import { cleanup, render, screen } from "@testing-library/preact";
import { afterEach, expect, test } from "vitest";
import { text } from "../strings/text";
import { QueryView } from "./QueryView";

afterEach(cleanup);

function query(data: string | null | undefined, isError = false): UseQueryResult<string | null> {
  return { data, isError, refetch: () => undefined } as unknown as UseQueryResult<string | null>;
}

function show(given: UseQueryResult<string | null>) {
  render(
    <QueryView query={given} failed="cannot be read" missing="is not there">
      {(data) => <p>{data.toUpperCase()}</p>}
    </QueryView>,
  );
}

test("QueryView: what the query brought is shown", () => {
  show(query("found"));
  expect(screen.getByText("FOUND")).toBeTruthy();
  expect(screen.queryByText("is not there")).toBeNull();
});

test("QueryView: null is said to be missing", () => {
  show(query(null));
  expect(screen.getByText("is not there")).toBeTruthy();
});

test("QueryView: null without a sentence for it goes to the children", () => {
  render(
    <QueryView query={query(null)} failed="cannot be read">
      {(data) => <p>{data === null ? "nothing yet" : data}</p>}
    </QueryView>,
  );
  expect(screen.getByText("nothing yet")).toBeTruthy();
});

test("QueryView: a failed query can be tried again, and is not missing", () => {
  show(query(undefined, true));
  expect(screen.getByText("cannot be read")).toBeTruthy();
  expect(screen.getByRole("button", { name: text.retry })).toBeTruthy();
  expect(screen.queryByText("is not there")).toBeNull();
});
