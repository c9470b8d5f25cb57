import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, expect, test, vi } from "vitest";
import { Router } from "wouter";
import { memoryLocation } from "wouter/memory-location";
import type { OwnAttestation, OwnCertificate } from "../../chain/accountView";
import type { AccountState } from "../../chain/useAccountState";
import { tokenHex } from "../../ids";
import { LedgerContext } from "../../ledgerContext";
import Queries from "../../reads/Queries";
import { ACCOUNT, CONFIG, FOOTPRINT_REPORT } from "../../testing/fixtures";
import { AllocateCard } from "./AllocateCard";

const TONNE = 10n ** 12n;
const shown = vi.hoisted(() => ({ state: undefined as unknown }));

vi.mock("../../wallet/useWallet", () => ({ useWallet: () => ({ environment: null }) }));
vi.mock("../../chain/useAccountState", () => ({
  useAccountState: () => ({ data: shown.state, isError: false, refetch: () => undefined }),
}));

function attestation(number: number, coveredUg = 0n): OwnAttestation {
  const id = `0x${number.toString(16).padStart(64, "0")}` as const;
  const state = {
    low_ug: 1n,
    central_ug: 2n,
    high_ug: TONNE,
    covered_ug: coveredUg,
    recorded_at: 1,
    tier: 3,
    superseded: false,
  };
  return { id, account: ACCOUNT, footprint: FOOTPRINT_REPORT.footprint, transaction: id, block: 1n, state };
}

function certificate(id: bigint, project: string, allocatedUg = 0n): OwnCertificate {
  const state = { amount_ug: TONNE, allocated_ug: allocatedUg, voided: false, project };
  return { id, state: state as OwnCertificate["state"] };
}

function page(state: AccountState, path = "/retire") {
  shown.state = state;
  const { hook, searchHook } = memoryLocation({ path });
  return (
    <LedgerContext value={{ config: CONFIG, reader: null as never }}>
      <Queries>
        <Router hook={hook} searchHook={searchHook}>
          <AllocateCard account={ACCOUNT} />
        </Router>
      </Queries>
    </LedgerContext>
  );
}

function amount(): HTMLInputElement {
  return screen.getByLabelText<HTMLInputElement>(/^Amount/);
}

function chosen(label: RegExp): string | undefined {
  return screen.getByLabelText<HTMLSelectElement>(label).selectedOptions[0]?.textContent ?? undefined;
}

const [OLD, NEW] = [certificate(1n, "OLD-1"), certificate(2n, "NEW-2")];

afterEach(cleanup);

test("AllocateCard: what is typed stays, with its certificate, when another certificate arrives", () => {
  const attestations = [attestation(1)];
  const { rerender } = render(page({ attestations, certificates: [OLD] }));
  fireEvent.input(amount(), { target: { value: "12.5" } });
  rerender(page({ attestations, certificates: [NEW, OLD] }));
  expect(amount().value).toBe("12.5");
  expect(chosen(/^Certificate/)).toMatch(/^OLD-1/);
});

test("AllocateCard: what is chosen stays in sight when nothing of it is left", () => {
  const { rerender } = render(page({ attestations: [attestation(2), attestation(1)], certificates: [OLD] }));
  fireEvent.input(amount(), { target: { value: "12.5" } });
  const attestations = [attestation(2, TONNE), attestation(1)];
  rerender(page({ attestations, certificates: [NEW, certificate(1n, "OLD-1", TONNE)] }));
  expect(chosen(/^Certificate/)).toMatch(/^OLD-1: 0 g/);
  expect(chosen(/^Attestation/)).toMatch(/lacks 0 g$/);
  expect(amount().value).toBe("12.5");
});

test("AllocateCard: the certificate that is asked for is chosen, also where it comes later", () => {
  const path = `/retire?certificate=${tokenHex(1n)}`;
  const attestations = [attestation(1)];
  const { rerender } = render(page({ attestations, certificates: [NEW] }, path));
  expect(chosen(/^Certificate/)).toMatch(/^NEW-2/);
  rerender(page({ attestations, certificates: [NEW, OLD] }, path));
  expect(chosen(/^Certificate/)).toMatch(/^OLD-1/);
});

test("AllocateCard: of ten thousand attestations the newest are listed, the others named by their ids", () => {
  const attestations = Array.from({ length: 10_000 }, (_, index) => attestation(10_000 - index));
  render(page({ attestations, certificates: [OLD] }));
  const list = screen.getByLabelText<HTMLSelectElement>(/^Attestation/);
  expect(list.options).toHaveLength(201);
  expect(screen.getByText(/newest 200/)).toBeTruthy();
});
