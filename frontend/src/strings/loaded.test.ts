import { afterEach, beforeEach, expect, test, vi } from "vitest";

/** The modules choose their language when they run, so that each visit has its own copies of them. */
beforeEach(() => vi.resetModules());
afterEach(() => localStorage.clear());

test("loaded: a reader of German gets the texts, numbers and dates of German", async () => {
  localStorage.setItem("greenledger-language", "de");
  const { loaded, loadPublicTexts, loadWalletTexts } = await import("./loaded");
  await loadPublicTexts();
  expect(loaded.all, "not before a page with a wallet is opened").toBeUndefined();
  const [{ text }, { claim }, { verify }] = await Promise.all([
    import("./publicText"),
    import("./claimText"),
    import("./verifyText"),
  ]);
  expect(text.nav.retire).toBe("Stilllegen");
  expect(claim.trail.retirement).toBe("Stilllegung");
  expect(verify.headline).toBe("Angabe prüfen");
  await loadWalletTexts();
  expect((await import("./text")).text.wallet.disconnect).toBe("Trennen");
  const { carbon, count, countryName, day, dollars, percent } = await import("../format");
  expect(carbon(1_234_567n)).toBe("1,235 g CO₂e");
  expect(count(1_082_990)).toBe("1.082.990");
  expect(countryName("FR")).toBe("Frankreich");
  expect(percent(999n, 1000n)).toBe("99,9 %");
  expect(dollars("1234.5")).toBe("USD 1.234,50");
  expect(day(1_646_956_800n)).toBe("11.03.2022");
});

test("loaded: a reader of English gets nothing of another language", async () => {
  const { loaded, loadPublicTexts, loadWalletTexts } = await import("./loaded");
  await Promise.all([loadPublicTexts(), loadWalletTexts()]);
  expect(loaded).toEqual({});
  expect((await import("./publicText")).text.nav.retire).toBe("Retire");
});
