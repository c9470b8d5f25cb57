import { expect, test, vi } from "vitest";
import { current, onReread, provide, refresh, reread, use } from "./store";

let last = 0;
/** A key that no other test uses. */
function key(...parts: string[]): string[] {
  last += 1;
  return [...parts, String(last)];
}

test("use: the value is read at once, and told to whoever shows it", async () => {
  const own = key("chain");
  provide(own, async () => 1, 0);
  const tell = vi.fn();
  use(own, tell);
  await refresh(own);
  expect(current(own)).toEqual({ data: 1, error: null, isError: false, isPending: false });
  expect(tell).toHaveBeenCalled();
});

test("refresh: two at once read once", async () => {
  const own = key("chain");
  const read = vi.fn(async () => 1);
  provide(own, read, 0);
  await Promise.all([refresh(own), refresh(own)]);
  expect(read).toHaveBeenCalledOnce();
});

test("refresh: the last value stays when a later read fails, and the failure is told", async () => {
  const own = key("chain");
  provide(own, async () => 1, 0);
  await refresh(own);
  provide(own, () => Promise.reject(new Error("away")), 0);
  await refresh(own);
  expect(current(own)).toMatchObject({ data: 1, isError: true });
});

test("refresh: what fails once is tried again before it counts as failed", async () => {
  vi.useFakeTimers();
  const own = key("chain");
  const read = vi.fn().mockRejectedValueOnce(new Error("away")).mockResolvedValue(2);
  provide(own, read, 1);
  const reading = refresh(own);
  await vi.runAllTimersAsync();
  await reading;
  vi.useRealTimers();
  expect(current(own)).toMatchObject({ data: 2, isError: false });
});

test("reread: what is shown and starts so is read again; what is not shown or is something else is not", async () => {
  const [shown, hidden, other] = [key("chain"), key("chain"), key("backend")];
  const reads = new Map<string[], ReturnType<typeof vi.fn>>();
  for (const own of [shown, hidden, other]) {
    const read = vi.fn(async () => 1);
    reads.set(own, read);
    provide(own, read, 0);
  }
  const ends = [use(shown, () => undefined), use(other, () => undefined), use(hidden, () => undefined)];
  ends[2]?.();
  await Promise.all([refresh(shown), refresh(hidden), refresh(other)]);
  const before = [shown, hidden, other].map((own) => reads.get(own)?.mock.calls.length ?? 0);
  reread(["chain"]);
  await Promise.resolve();
  await refresh(shown);
  const after = [shown, hidden, other].map((own) => reads.get(own)?.mock.calls.length ?? 0);
  expect(after.map((count, index) => count - (before[index] ?? 0))).toEqual([1, 0, 0]);
});

test("reread: a read that is under way is followed by another, since it may have looked too early", async () => {
  const own = key("chain");
  let finish: (value: number) => void = () => undefined;
  const read = vi.fn(
    () =>
      new Promise<number>((resolve) => {
        finish = resolve;
      }),
  );
  provide(own, read, 0);
  use(own, () => undefined);
  reread(["chain"]);
  finish(1);
  await vi.waitFor(() => expect(read).toHaveBeenCalledTimes(2));
  finish(2);
  await vi.waitFor(() => expect(current(own)).toMatchObject({ data: 2 }));
});

test("onReread: others are told what to read again, until they no longer ask for it", () => {
  const follow = vi.fn();
  const end = onReread(follow);
  reread(["backend"]);
  end();
  reread(["backend"]);
  expect(follow).toHaveBeenCalledExactlyOnceWith(["backend"]);
});
