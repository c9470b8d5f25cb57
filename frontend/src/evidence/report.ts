import type { FootprintReport, RetirementReport } from "../chain/typedData";
import { readAddress, readHash, readRow, readText, readWhole } from "./reader";

/** Reads a footprint report from JSON. Throws `InvalidShape` naming the field. */
export function readFootprintReport(json: unknown): FootprintReport {
  const report = readRow(json, "report");
  const row = readRow(report.footprint, "report.footprint");
  const at = "report.footprint";
  return {
    account: readAddress(report, "account", "report"),
    footprint: {
      root: readHash(row, "root", at),
      count: Number(readWhole(row, "count", at)),
      methodology: readHash(row, "methodology", at),
      period_start: readWhole(row, "period_start", at),
      period_end: readWhole(row, "period_end", at),
      energy_uwh: readWhole(row, "energy_uwh", at),
      low_ug: readWhole(row, "low_ug", at),
      central_ug: readWhole(row, "central_ug", at),
      high_ug: readWhole(row, "high_ug", at),
      market_ug: readWhole(row, "market_ug", at),
      embodied_ug: readWhole(row, "embodied_ug", at),
      water_ul: readWhole(row, "water_ul", at),
      tier: Number(readWhole(row, "tier", at)),
      supersedes: readHash(row, "supersedes", at),
      valid_until: readWhole(row, "valid_until", at),
    },
  };
}

/** Reads a retirement report from JSON. Throws `InvalidShape` naming the field. */
export function readRetirementReport(json: unknown): RetirementReport {
  const report = readRow(json, "report");
  const row = readRow(report.retirement, "report.retirement");
  const source = readRow(report.source, "report.source");
  const at = "report.retirement";
  return {
    holder: readAddress(report, "holder", "report"),
    minter: readAddress(report, "minter", "report"),
    order: readHash(report, "order", "report"),
    retirement: {
      registry: readHash(row, "registry", at),
      project: readText(row, "project", at),
      vintage: Number(readWhole(row, "vintage", at)),
      amount_ug: readWhole(row, "amount_ug", at),
      beneficiary: readText(row, "beneficiary", at),
      serials: readText(row, "serials", at),
      retired_at: readWhole(row, "retired_at", at),
      evidence: readHash(row, "evidence", at),
      valid_until: readWhole(row, "valid_until", at),
    },
    source: {
      kind: Number(readWhole(source, "kind", "report.source")),
      book: readHash(source, "book", "report.source"),
      first: readWhole(source, "first", "report.source"),
      last: readWhole(source, "last", "report.source"),
    },
  };
}
