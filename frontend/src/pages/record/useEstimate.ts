import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { postEstimate } from "../../api/gateway";
import type { WorkloadInput } from "../../api/types";

const TYPING_PAUSE_MS = 350;

/** The value once it has stood still for a moment: an estimate per keystroke would help nobody. */
function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

/** The estimate of a workload; the last one stays in view while the next is on its way. */
export function useEstimate(workload: WorkloadInput | undefined) {
  const key = useSettled(workload === undefined ? "" : JSON.stringify(workload));
  const query = useQuery({
    queryKey: ["backend", "estimate", key],
    queryFn: ({ signal }) => postEstimate(JSON.parse(key), signal),
    enabled: key !== "",
    placeholderData: key === "" ? undefined : keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  /** Whether what is shown belongs to what the form holds now. */
  const isCurrent = workload !== undefined && key === JSON.stringify(workload) && !query.isPlaceholderData;
  return { query, current: isCurrent ? query.data : undefined };
}
