import type { FieldError } from "../model/fields";

/** Why nothing could be checked, in a form that the page has words for. */
export type Failure =
  | { readonly kind: "json"; readonly detail: string }
  | { readonly kind: "fields"; readonly errors: readonly FieldError[] }
  | { readonly kind: "methodology"; readonly id: string; readonly known: readonly string[] }
  | { readonly kind: "count"; readonly given: number; readonly expected: number }
  | { readonly kind: "noRoot" }
  | { readonly kind: "notLoaded" };

export class CheckFailed extends Error {
  override name = "CheckFailed";

  constructor(readonly failure: Failure) {
    super(failure.kind);
  }
}
