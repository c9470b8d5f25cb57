// A tree over as many workload leaves as the first argument says, by OpenZeppelin's library; seconds as JSON.
import { StandardMerkleTree } from "@openzeppelin/merkle-tree";

const TYPES = ["uint8", "uint8", "bytes32", "uint72", "uint72", "uint72"];
const count = Number(process.argv[2]);
const rows = Array.from({ length: count }, (_, at) => [
  1 + (at % 3), 1, `0x${at.toString(16).padStart(64, "0")}`, 1_000_000 * at, 2_000_000 * at, 3_000_000 * at,
]);

function seconds() {
  const start = performance.now();
  const before = process.cpuUsage();
  const tree = StandardMerkleTree.of(rows, TYPES);
  const used = process.cpuUsage(before);
  return { root: tree.root, wall: (performance.now() - start) / 1e3, cpu: (used.user + used.system) / 1e6 };
}

seconds();
const runs = [seconds(), seconds(), seconds()];
process.stdout.write(JSON.stringify({ root: runs[0].root, samples: runs.map(({ wall, cpu }) => [wall, cpu]) }));
