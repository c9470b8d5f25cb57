import type { Hex } from "viem";
import { expect, test } from "vitest";
import type { OwnReport, StatedWorkload } from "../../api/statedWork";
import type { WorkloadInput } from "../../api/types";
import type { RecordedEvent } from "../../chain/ledger";
import { ACCOUNT, FOOTPRINT_REPORT } from "../../testing/fixtures";
import { attribute, grouped, hardwareOf, modelLabel, regionLabel } from "./breakdown";
import { suggestion } from "./suggestion";

function word(number: number): Hex {
  return `0x${number.toString(16).padStart(64, "a")}`;
}

function stated(id: string, central: number, workload: WorkloadInput = {}): StatedWorkload {
  const total_ug = { low: String(central / 2), central: String(central), high: String(central * 2) };
  return { id, workload, estimate: { total_ug } } as never;
}

function report(number: number, ...workload_ids: string[]): OwnReport {
  return { id: word(number), workload_ids } as never;
}

function record(number: number, central: number): RecordedEvent {
  const sums = { low_ug: BigInt(central / 2), central_ug: BigInt(central), high_ug: BigInt(central * 2) };
  return {
    id: word(number),
    account: ACCOUNT,
    footprint: { ...FOOTPRINT_REPORT.footprint, ...sums },
    transaction: word(number),
    block: 1n,
  };
}

test("attribute: workloads that add up to their attestation are counted, and only on chain", () => {
  const { workloads, rest } = attribute(
    [record(1, 30)],
    [report(1, "a", "b"), report(2, "c")],
    [stated("a", 10), stated("b", 20), stated("c", 99)],
  );
  expect(workloads.map(({ stated: { id }, central_ug }) => [id, central_ug])).toEqual([
    ["a", 10n],
    ["b", 20n],
  ]);
  expect(rest.central_ug).toBe(0n);
});

test.each([
  ["the gateway has no report of it", [], [stated("a", 30)]],
  ["a workload is missing", [report(1, "a", "b")], [stated("a", 30)]],
  ["the figures differ", [report(1, "a")], [stated("a", 28)]],
])("attribute: the chain's figure is the rest where %s", (_name, reports, workloads) => {
  const found = attribute([record(1, 30)], reports, workloads);
  expect(found.workloads).toEqual([]);
  expect(found.rest).toEqual({ low_ug: 15n, central_ug: 30n, high_ug: 60n });
});

test("grouped: groups, the small ones together, and the rest add up to the whole", () => {
  const workloads = Array.from({ length: 15 }, (_, index) =>
    stated(`w${index}`, 2 * (index + 1), { model: `m${index}` }),
  );
  const sum = workloads.reduce((all, one) => all + Number(one.estimate.total_ug.central), 0);
  const ids = workloads.map(({ id }) => id);
  const found = attribute([record(1, sum), record(2, 8)], [report(1, ...ids)], workloads);
  const groups = grouped(found, modelLabel);
  expect(groups).toHaveLength(14);
  expect(groups[0]).toMatchObject({ label: "m14", central_ug: 30n });
  expect(groups[12]).toMatchObject({ label: "3 smaller ones", central_ug: 12n });
  expect(groups[13]).toMatchObject({ central_ug: 8n });
  expect(groups.reduce((all, { central_ug }) => all + central_ug, 0n)).toBe(BigInt(sum + 8));
});

test.each<[string, WorkloadInput]>([
  ["llama-3.1-8b", { model: "llama-3.1-8b", name: "chat" }],
  ["BLOOM", { name: "BLOOM", phases: [{ hardware: "a100" }] }],
  ["image", { task: "image" }],
  ["Not named", { phases: [] }],
])("modelLabel: %s", (label, workload) => {
  expect(modelLabel(stated("a", 2, workload))).toBe(label);
});

test.each<[string, WorkloadInput]>([
  ["France", { place: { country: "FR" } }],
  ["US-CA", { place: { country: "US", state: "CA" } }],
  ["aws eu-north-1", { place: { provider: "aws", region: "eu-north-1" } }],
  ["Several places", { place: { country: "FR" }, phases: [{ hardware: "a" }, { place: { country: "DE" } }] }],
  ["Germany", { phases: [{ place: { country: "DE" } }] }],
  ["No place stated", {}],
  ["No place stated", { phases: [{ hardware: "a" }] }],
])("regionLabel: %s", (label, workload) => {
  expect(regionLabel(stated("a", 2, workload))).toBe(label);
});

test("hardwareOf: each kind once", () => {
  const phases = [{ hardware: "a100" }, { hardware: "h100" }, { hardware: "a100" }, {}];
  expect(hardwareOf(stated("a", 2, { phases }))).toEqual(["a100", "h100"]);
});

const PLACED = { attestation: word(1), low_ug: 1n, central_ug: 2n, high_ug: 4n };
const RUN = { kind: "training", place: { country: "FR" }, phases: [{ hardware: "a100" }] };

test("suggestion: what the workloads of an attestation agree in fills the model card", () => {
  const runs = [stated("a", 2, RUN), stated("b", 2, { ...RUN, phases: [{ hardware: "h100" }] })];
  expect(suggestion(runs.map((one) => ({ ...PLACED, stated: one })))).toEqual({
    trainingType: "pre-training",
    location: "France",
    hardware: "a100, h100",
  });
});

test("suggestion: what they do not agree in, or nobody stated, stays empty", () => {
  const nothing = { trainingType: "", location: "", hardware: "" };
  const mixed = [stated("a", 2, { ...RUN, phases: [] }), stated("b", 2, { kind: "inference" })];
  expect(suggestion(mixed.map((one) => ({ ...PLACED, stated: one })))).toEqual(nothing);
  expect(suggestion([{ ...PLACED, stated: stated("a", 2, { kind: "inference" }) }])).toEqual(nothing);
  expect(suggestion([])).toEqual(nothing);
});
