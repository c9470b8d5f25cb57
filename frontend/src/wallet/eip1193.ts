/** An EIP-1193 request. */
export interface ProviderRequest {
  method: string;
  params?: unknown;
}

/** The error of EIP-1193: a number that says what kind of no it is. */
export class ProviderError extends Error {
  override name = "ProviderRpcError";

  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

export const REFUSED = 4001;
export const UNAUTHORIZED = 4100;
export const UNSUPPORTED = 4200;
export const UNKNOWN_CHAIN = 4902;
