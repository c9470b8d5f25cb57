import { afterEach, expect, test, vi } from "vitest";
import { backendIsUp, noteBackend } from "../status/backend";
import { BackendUnavailable, Problem } from "./problem";
import { request } from "./request";

afterEach(() => {
  vi.unstubAllGlobals();
  noteBackend(true);
});

test("request: no answer marks the backend as down, the next answer as up", async () => {
  vi.stubGlobal("fetch", async () => {
    throw new TypeError("fetch failed");
  });
  await expect(request("/v1/projects")).rejects.toThrow(BackendUnavailable);
  expect(backendIsUp()).toBe(false);

  vi.stubGlobal("fetch", async () => new Response('{"items":[]}'));
  expect(await request("/v1/projects")).toEqual({ items: [] });
  expect(backendIsUp()).toBe(true);
});

test("request: a refusal is a problem, and the backend counts as up", async () => {
  vi.stubGlobal("fetch", async () => new Response('{"title":"No","code":"no"}', { status: 409 }));
  await expect(request("/v1/orders")).rejects.toThrow(Problem);
  expect(backendIsUp()).toBe(true);
});

test("request: a gateway timeout is no answer", async () => {
  vi.stubGlobal("fetch", async () => new Response("", { status: 504 }));
  await expect(request("/v1/orders")).rejects.toThrow(BackendUnavailable);
});

test("request: a caller that gives up says nothing about the backend", async () => {
  const controller = new AbortController();
  vi.stubGlobal("fetch", async (_path: string, init: RequestInit) => {
    controller.abort();
    throw init.signal?.reason;
  });
  await expect(request("/v1/orders", { signal: controller.signal })).rejects.toThrow();
  expect(backendIsUp()).toBe(true);
});
