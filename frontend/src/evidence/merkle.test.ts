import type { Hex } from "viem";
import { expect, test } from "vitest";
import { FOOTPRINT_REPORT, vectors } from "../testing/fixtures";
import { merkleRoot, workloadLeaf } from "./merkle";

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
  expect(workloadLeaf(1, vectors.workload_hash as Hex, footprint)).toBe(footprint.root);
  expect(workloadLeaf(2, vectors.workload_hash as Hex, footprint)).not.toBe(footprint.root);
});
