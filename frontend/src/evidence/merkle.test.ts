import type { Hex } from "viem";
import { expect, test } from "vitest";
import { FOOTPRINT_REPORT, vectors } from "../testing/fixtures";
import { merkleRoot, WORKLOAD_VERSION, workloadLeaf } from "./merkle";

test.each(vectors.trees.map((tree) => [tree.leaves.length, tree] as const))(
  "merkleRoot: a tree of %d leaves has the root that the Python package computes",
  (_count, { leaves, root }) => {
    expect(merkleRoot(leaves as Hex[])).toBe(root);
    expect(merkleRoot([...leaves].reverse() as Hex[])).toBe(root);
  },
);

test("merkleRoot: no leaves have no root", () => {
  expect(() => merkleRoot([])).toThrow(RangeError);
});

test("workloadLeaf: the leaf of the only workload is the root of its report", () => {
  const { footprint } = FOOTPRINT_REPORT;
  const hash = vectors.workload_hash as Hex;
  expect(workloadLeaf(1, WORKLOAD_VERSION, hash, footprint)).toBe(footprint.root);
  expect(workloadLeaf(2, WORKLOAD_VERSION, hash, footprint)).not.toBe(footprint.root);
});

test("workloadLeaf: another version of the canonical form has another leaf", () => {
  const { footprint } = FOOTPRINT_REPORT;
  const hash = vectors.workload_hash as Hex;
  expect(workloadLeaf(1, 1, hash, footprint)).toBe(footprint.root);
  expect(workloadLeaf(1, 2, hash, footprint)).not.toBe(footprint.root);
});
