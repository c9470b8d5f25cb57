import { zeroAddress } from "viem";
import { expect, test } from "vitest";
import { creditsAbi } from "../generated/abi";
import { ACCOUNT, CERTIFICATE_ID, CONFIG, FOOTPRINT_HASH, FOOTPRINT_ID, STRANGER } from "../testing/fixtures";
import { type FakeEvent, StrictChain } from "../testing/strictChain";
import { readAllocations, readReceived } from "./credits";

const OTHER_ID = CERTIFICATE_ID + 1n;

function reader(past: readonly FakeEvent[]) {
  const call = (name: string) => {
    throw new Error(`the contract was asked for ${name}`);
  };
  const credits = { address: CONFIG.credits, abi: creditsAbi, call, past };
  return new StrictChain(CONFIG, [credits], ACCOUNT).environment().reader;
}

function moved(sender: string, receiver: string, token_id: bigint): FakeEvent {
  return { name: "Transfer", args: { sender, receiver, token_id } };
}

function allocated(amount_ug: bigint, certificate = CERTIFICATE_ID): FakeEvent {
  const ends = { certificate, attestation: FOOTPRINT_ID, account: ACCOUNT };
  return { name: "Allocated", args: { ...ends, footprint_hash: FOOTPRINT_HASH, amount_ug } };
}

function undone(amount_ug: bigint, certificate = CERTIFICATE_ID): FakeEvent {
  const ends = { certificate, attestation: FOOTPRINT_ID, account: ACCOUNT };
  return { name: "AllocationUndone", args: { ...ends, amount_ug } };
}

test("readReceived: a certificate that was moved to the wallet counts as one that was minted to it", async () => {
  const past = [moved(zeroAddress, STRANGER, CERTIFICATE_ID), moved(STRANGER, ACCOUNT, CERTIFICATE_ID)];
  expect(await readReceived(reader(past), CONFIG, ACCOUNT)).toEqual([CERTIFICATE_ID]);
  expect(await readReceived(reader(past), CONFIG, CONFIG.ledger)).toEqual([]);
});

test("readReceived: a certificate that went away and came back is named once", async () => {
  const past = [
    moved(zeroAddress, ACCOUNT, CERTIFICATE_ID),
    moved(zeroAddress, ACCOUNT, OTHER_ID),
    moved(ACCOUNT, STRANGER, CERTIFICATE_ID),
    moved(STRANGER, ACCOUNT, CERTIFICATE_ID),
  ];
  expect(await readReceived(reader(past), CONFIG, ACCOUNT)).toEqual([CERTIFICATE_ID, OTHER_ID]);
});

test("readAllocations: what was undone is left out, once for each time", async () => {
  const past = [allocated(5n), allocated(7n), allocated(5n), undone(5n)];
  const standing = await readAllocations(reader(past), CONFIG, { certificate: CERTIFICATE_ID });
  expect(standing.map(({ amount_ug }) => amount_ug)).toEqual([5n, 7n]);
});

test("readAllocations: undoing one certificate leaves another one's equal allocation", async () => {
  const past = [allocated(5n), allocated(5n, OTHER_ID), undone(5n)];
  const standing = await readAllocations(reader(past), CONFIG, { attestation: FOOTPRINT_ID });
  expect(standing.map(({ certificate }) => certificate)).toEqual([OTHER_ID]);
});
