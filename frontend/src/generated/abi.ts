// Generated from the contracts by `make generate`: do not edit.
export { councilAbi } from "./councilAbi";
export { ledgerAbi } from "./ledgerAbi";
export { creditsAbi } from "./creditsAbi";
export { deskAbi } from "./deskAbi";
export { creditAdapterAbi } from "./creditAdapterAbi";
export { creditMarketAbi } from "./creditMarketAbi";
