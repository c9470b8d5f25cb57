import {
  ExecutionRevertedError,
  FeeCapTooLowError,
  HttpRequestError,
  InsufficientFundsError,
  NonceTooLowError,
  TimeoutError,
} from "viem";
import { expect, test } from "vitest";
import { BackendUnavailable, Problem } from "../api/problem";
import { explain } from "./failure";

test("explain: a problem keeps the fields that the backend named", () => {
  const errors = [{ field: "amount_ug", problem: "is too small", expected: "at least 1000000000" }];
  expect(explain(new Problem(422, "invalid", "Invalid", "The amount is wrong.", errors))).toEqual({
    kind: "problem",
    message: "The amount is wrong.",
    fields: errors,
  });
});

test.each([
  ["refused", Object.assign(new Error("denied"), { code: 4001 })],
  ["refused", new Error("outer", { cause: Object.assign(new Error("inner"), { code: 4001 }) })],
  ["refused", Object.assign(new Error("denied by way of a relay"), { code: 5000 })],
  ["slow", Object.assign(new Error("pending"), { code: -32002 })],
  ["mismatch", Object.assign(new Error("gone"), { name: "ConnectorAccountNotFoundError" })],
  ["no-funds", new Error("outer", { cause: new InsufficientFundsError() })],
  ["chain-down", new HttpRequestError({ url: "http://127.0.0.1:8545" })],
  ["chain-down", new TimeoutError({ body: {}, url: "http://127.0.0.1:8545" })],
  ["backend-down", new BackendUnavailable("/v1/projects")],
  ["unknown", new Error("anything else")],
  ["unknown", "a string that somebody threw"],
  ["unknown", null],
])("explain: %s", (kind, error) => {
  const failure = explain(error);
  expect(failure.kind).toBe(kind);
  expect(failure.message.length).toBeGreaterThan(10);
});

test("explain: an error that is its own cause does not hang the page", () => {
  const error = new Error("loop");
  error.cause = error;
  expect(explain(error).kind).toBe("unknown");
});

test.each([
  ["revert of the wallet's own try", new ExecutionRevertedError(), "Your wallet found"],
  ["fee", new FeeCapTooLowError(), "network fee"],
  ["nonce", new NonceTooLowError(), "count of your transactions"],
])("explain: %s has a sentence of its own, and says that nothing was sent", (_name, cause, sentence) => {
  const sending = Object.assign(new Error("sending", { cause }), { name: "TransactionExecutionError" });
  const { message } = explain(sending);
  expect(message).toContain(sentence);
  expect(message).toContain("Nothing was sent");
});
