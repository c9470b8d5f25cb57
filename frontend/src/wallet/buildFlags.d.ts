/** Project id of an operator who builds with WalletConnect, set by vite.config.ts; empty: the page has nothing of it. */
declare const WALLETCONNECT_PROJECT_ID: string;
