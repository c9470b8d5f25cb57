import { afterEach, expect, test } from "vitest";
import { ACCOUNT, CONFIG, STRANGER } from "../testing/fixtures";
import { FlowStopped } from "./failure";
import { forgetPending, isWatched, keepPending, onPendingChange, readPending } from "./pendingTransactions";

const OWNER = { config: CONFIG, account: ACCOUNT };
const HASH = `0x${"ab".repeat(32)}`;
const SENT = { kind: "transaction", id: HASH, calls: ["record"] } as const;
const KEY = `greenledger.pending.${CONFIG.chainId}.${ACCOUNT.toLowerCase()}`;

afterEach(() => localStorage.clear());

test("keepPending: while it waits, the transaction is in the storage, for its account and chain alone", async () => {
  await keepPending(OWNER, SENT, async () => {
    expect(readPending(OWNER)).toMatchObject([SENT]);
    expect(isWatched(HASH)).toBe(true);
    expect(readPending({ ...OWNER, account: STRANGER })).toEqual([]);
    expect(readPending({ ...OWNER, config: { chainId: 1 } })).toEqual([]);
  });
});

test("keepPending: once its end was seen, it is forgotten", async () => {
  expect(await keepPending(OWNER, SENT, async () => "in a block")).toBe("in a block");
  expect(readPending(OWNER)).toEqual([]);
  expect(localStorage.getItem(KEY)).toBeNull();
});

test.each(["reverted", "replaced"] as const)("keepPending: %s is an end too", async (kind) => {
  const wait = () => Promise.reject(new FlowStopped(kind, "it ended"));
  await expect(keepPending(OWNER, SENT, wait)).rejects.toThrow("it ended");
  expect(readPending(OWNER)).toEqual([]);
});

test.each([new FlowStopped("slow", "no end yet"), new Error("the chain talks nonsense")])(
  "keepPending: %s is no end, so it stays and the list takes it over",
  async (error) => {
    await expect(keepPending(OWNER, SENT, () => Promise.reject(error))).rejects.toBe(error);
    expect(readPending(OWNER)).toMatchObject([SENT]);
    expect(isWatched(HASH)).toBe(false);
  },
);

test("keepPending: somebody who went to another page meanwhile is still told", async () => {
  const start = window.location.pathname;
  await keepPending(OWNER, SENT, async () => history.pushState(null, "", "/ledger"));
  history.pushState(null, "", start);
  expect(readPending(OWNER)).toMatchObject([SENT]);
});

test("readPending: what is not an entry is left out, and broken text is as good as none", () => {
  const good = { ...SENT, sentAt: 1, page: "/record" };
  const bad = [null, 7, { ...good, id: "0x12" }, { ...good, calls: [1] }, { ...good, kind: "other" }];
  localStorage.setItem(KEY, JSON.stringify([...bad, good]));
  expect(readPending(OWNER)).toEqual([good]);
  localStorage.setItem(KEY, "[{");
  expect(readPending(OWNER)).toEqual([]);
});

test("onPendingChange: hears of what is kept and forgotten, until it ends", async () => {
  let heard = 0;
  const end = onPendingChange(() => {
    heard += 1;
  });
  await keepPending(OWNER, SENT, async () => undefined);
  expect(heard).toBe(2);
  end();
  forgetPending(OWNER, HASH);
  expect(heard).toBe(2);
});
