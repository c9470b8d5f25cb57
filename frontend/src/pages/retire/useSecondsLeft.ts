import { useEffect, useState } from "react";

const SECOND_MS = 1_000;

function secondsUntil(time: number): number {
  return Math.max(0, Math.ceil(time - Date.now() / SECOND_MS));
}

/** Whole seconds until a moment (Unix seconds), counted down; 0 once it has passed. */
export function useSecondsLeft(until: number): number {
  const [left, setLeft] = useState(() => secondsUntil(until));
  useEffect(() => {
    setLeft(secondsUntil(until));
    const timer = setInterval(() => setLeft(secondsUntil(until)), SECOND_MS);
    return () => clearInterval(timer);
  }, [until]);
  return left;
}
