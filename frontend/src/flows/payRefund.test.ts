import { expect, test } from "vitest";
import { deskOrderId } from "../chain/deskOrder";
import { DESK, DESK_ORDER, fakeDesk } from "../testing/deskFixtures";
import { CONFIG, STRANGER } from "../testing/fixtures";
import { StrictChain } from "../testing/strictChain";
import { explain } from "./failure";
import { refund } from "./payRefund";

const ID = deskOrderId(DESK_ORDER, CONFIG.chainId, DESK);

function chainAt(now: bigint, state = 1): StrictChain {
  // A stranger: the desk lets anyone send a payment back once its deadline has passed.
  const chain = new StrictChain(CONFIG, [fakeDesk({ state })], STRANGER);
  chain.now = now;
  return chain;
}

test("refund: after the deadline anyone sends the payment back", async () => {
  const chain = chainAt(DESK_ORDER.deadline + 1n);
  await refund(chain.environment(), DESK, ID, DESK_ORDER, () => undefined);
  expect(chain.sent).toHaveLength(1);
});

test.each([
  [DESK_ORDER.deadline, 1, "deadline has not passed"],
  [DESK_ORDER.deadline + 1n, 2, "closed"],
])("refund: at %d in state %d the wallet is not asked", async (now, state, sentence) => {
  const chain = chainAt(now, state);
  const error = await refund(chain.environment(), DESK, ID, DESK_ORDER, () => undefined).catch(
    (reason: unknown) => reason,
  );
  expect(explain(error).message).toContain(sentence);
  expect(chain.asked).toEqual([]);
});
