// Generated from the factor sets by `make generate`: do not edit.
export const methodologyNames: Readonly<Record<string, string>> = {
  "0x64960bee407ee7a7fad2c758669a064e663980af77be948a7d5cc4ba34f40a6d": "gal-footprint/1 with gal-factors-2026-1",
  "0xb5f80925513c018366a1d31795a1ed7f408ca2809d8aeba9046cd24ce78ddd8a": "gal-footprint/1 with gal-factors-2026-2"
};
