import { cleanup, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LedgerContext } from "../../ledgerContext";
import Queries from "../../reads/Queries";
import { ACCOUNT, CONFIG } from "../../testing/fixtures";
import { useSession } from "../../wallet/useSession";
import { OrderView } from "./OrderView";

vi.mock("../../wallet/useWallet", async () => {
  const { ACCOUNT: account } = await import("../../testing/fixtures");
  return { useWallet: () => ({ account, restoring: false, wrongChain: false, environment: null }) };
});

/** Statuses that the gateway answers with. */
let order: number;
let session: number;
let asked: number;

function refusal(status: number): Response {
  return Response.json({ code: "x", title: "Refused", detail: `Answered ${status}.`, status }, { status });
}

beforeEach(() => {
  localStorage.setItem("greenledger.signed-in", "yes");
  session = 200;
  asked = 0;
  vi.stubGlobal("fetch", async (path: string) => {
    if (path !== "/v1/auth/session") {
      asked += 1;
      return refusal(order);
    }
    return session === 200 ? Response.json({ account: ACCOUNT, expires_at: "1" }) : refusal(session);
  });
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  localStorage.clear();
});

function Page({ id }: { id: string }) {
  const { session: own } = useSession();
  return own ? <OrderView id={id} asked={null} /> : <p>Signed out</p>;
}

function show(id: string): void {
  render(
    <LedgerContext value={{ config: CONFIG, reader: null as never }}>
      <Queries>
        <Page id={id} />
      </Queries>
    </LedgerContext>,
  );
}

const WAIT = { timeout: 10_000 };

test("OrderView: an order that is not there is said to be so, and left alone", async () => {
  order = 404;
  show("missing");
  await screen.findByText("Answered 404.", {}, WAIT);
  const before = asked;
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  expect(asked).toBe(before);
  expect(screen.getByText("Answered 404.")).toBeTruthy();
}, 20_000);

test("OrderView: a session that the gateway no longer knows is not shown any more", async () => {
  order = 401;
  show("mine");
  await vi.waitFor(() => expect(asked).toBeGreaterThan(0), WAIT);
  session = 401;
  expect(await screen.findByText("Signed out", {}, WAIT)).toBeTruthy();
  expect(localStorage.getItem("greenledger.signed-in")).toBeNull();
}, 20_000);
