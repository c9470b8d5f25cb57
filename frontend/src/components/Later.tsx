import { type ReactNode, useEffect, useState } from "react";
import { nextTurn } from "../firstSight/turns";

/**
 * Its content comes when what stands before it can be seen, in a task of its own: a long page shown at once would hold
 * up whoever already reads or types. Only for what stands below or beside, so that nothing moves when it comes.
 */
export function Later({ children }: { children: ReactNode }) {
  const [isHere, setHere] = useState(false);
  useEffect(() => {
    let isGone = false;
    void nextTurn().then(() => isGone || setHere(true));
    return () => {
      isGone = true;
    };
  }, []);
  return isHere ? children : null;
}
