import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { FlowEnvironment } from "../../flows/environment";
import type { RetiredToken, RetireStage } from "../../flows/retireToken";
import { useWallet } from "../../wallet/useWallet";

type Send = (environment: FlowEnvironment, onStage: (stage: RetireStage) => void) => Promise<RetiredToken>;

/** What the two forms of this page share: fields that are confirmed as they stand, and the sending of it. */
export function useFinalForm(send: Send | null, onRetired: (retired: RetiredToken) => void) {
  const queries = useQueryClient();
  const { environment } = useWallet();
  const [grams, setGrams] = useState("");
  const [beneficiary, setBeneficiary] = useState("");
  const [understood, setUnderstood] = useState(false);
  const [stage, setStage] = useState<RetireStage | null>(null);
  const sending = useMutation({
    mutationFn: async (given: { send: Send; environment: FlowEnvironment }) =>
      given.send(given.environment, setStage),
    onMutate: () => setStage(null),
    onSuccess: onRetired,
    // Also after a failure: an approval may be in a block, or the listing may have changed. Not waited for.
    onSettled: () => void queries.invalidateQueries({ queryKey: ["chain"] }),
  });

  /** What was confirmed is what was shown: anything else is confirmed anew. */
  function edit<T>(set: (value: T) => void): (value: T) => void {
    return (value) => {
      setUnderstood(false);
      set(value);
    };
  }

  return {
    grams,
    setGrams: edit(setGrams),
    beneficiary,
    setBeneficiary: edit(setBeneficiary),
    edit,
    understood,
    setUnderstood,
    stage,
    sending,
    canSend: environment !== null && send !== null && understood && !sending.isPending,
    submit: (event: FormEvent) => {
      event.preventDefault();
      if (environment && send && understood) sending.mutate({ send, environment });
    },
  };
}
