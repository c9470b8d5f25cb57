import { concat, encodeAbiParameters, type Hex, keccak256 } from "viem";

const LEAF_TYPES = [
  { type: "uint8" },
  { type: "uint8" },
  { type: "bytes32" },
  { type: "uint72" },
  { type: "uint72" },
  { type: "uint72" },
] as const;

/** Number by which a leaf names the kind of its workload. */
export const WORKLOAD_KINDS: Readonly<Record<string, number>> = {
  training: 1,
  "fine-tuning": 2,
  inference: 3,
};

/** Version of the canonical form of a workload; in its leaf, so that a later form can live beside this one. */
export const WORKLOAD_VERSION = 1;

export interface Bounds {
  low_ug: bigint;
  central_ug: bigint;
  high_ug: bigint;
}

/** Leaf of one workload, hashed twice so that no inner node can pass for a leaf (OpenZeppelin `standard-v1`). */
export function workloadLeaf(kind: number, version: number, hash: Hex, bounds: Bounds): Hex {
  const data = encodeAbiParameters(LEAF_TYPES, [
    kind,
    version,
    hash,
    bounds.low_ug,
    bounds.central_ug,
    bounds.high_ug,
  ]);
  return keccak256(keccak256(data));
}

/** Root of OpenZeppelin's `standard-v1` tree: leaves sorted by hash, laid out as a heap, each pair sorted. */
export function merkleRoot(leaves: readonly Hex[]): Hex {
  if (leaves.length === 0) throw new RangeError("a tree needs at least one leaf");
  const sorted = [...leaves].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
  // The heap's leaves stand at its end, in reverse order; node i has the children 2i+1 and 2i+2.
  const heap: Hex[] = [...new Array<Hex>(sorted.length - 1).fill("0x"), ...sorted.reverse()];
  for (let index = sorted.length - 2; index >= 0; index -= 1) {
    const pair = [heap[2 * index + 1], heap[2 * index + 2]] as [Hex, Hex];
    pair.sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
    heap[index] = keccak256(concat(pair));
  }
  return heap[0] as Hex;
}

/** Whether a proof leads from a leaf to the root. */
export function isUnder(root: Hex, leaf: Hex, proof: readonly Hex[]): boolean {
  const top = proof.reduce((node, sibling) => {
    const pair = node.toLowerCase() < sibling.toLowerCase() ? [node, sibling] : [sibling, node];
    return keccak256(concat(pair));
  }, leaf);
  return top.toLowerCase() === root.toLowerCase();
}
