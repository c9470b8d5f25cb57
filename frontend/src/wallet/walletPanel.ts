import { createContext, useContext } from "react";

/** Whether the list of wallets is open: a button in a page may open the list in the header. */
export interface WalletPanel {
  open: boolean;
  setOpen: (open: boolean) => void;
}

export const WalletPanelContext = createContext<WalletPanel>({ open: false, setOpen: () => undefined });

export function useWalletPanel(): WalletPanel {
  return useContext(WalletPanelContext);
}
