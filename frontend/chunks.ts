/**
 * What goes into one file because every page loads it. Left alone, the build cuts a file wherever the sets of pages that
 * use two modules differ, and forty small files of a public page are 5 KiB larger, gzip, than two.
 */

/**
 * What runs before the texts of the reader's language are loaded. A file runs as a whole, so that nothing which shows a
 * text may be in this one.
 */
const BOOT = [
  "src/(config|pages/loaders|strings/(loaded|language)|status/backend)\\.",
  "vite/(preload-helper|modulepreload)",
];

/** The frame of every page: interface library, routing, transport, configuration. */
const FRAME = [
  "node_modules/(preact|react|react-dom|wouter|regexparam|use-sync-external-store)/",
  "viem/_esm/clients/(createClient|transports/(http|createTransport))\\.",
  "viem/_esm/utils/(rpc|promise|internal)/",
  "viem/_esm/utils/(buildRequest|uid|stringify|getVersion|wait)\\.",
  "viem/_esm/errors/(base|request|rpc|utils|version|transport)\\.",
  "viem/_esm/actions/public/(getBlockNumber|getChainId)\\.",
  "src/(App|start|format|amounts|ids|ledgerContext)\\.",
  "src/(status/|reads/(store|useRead)\\.|chain/(client|explorerLinks)\\.)",
  "src/strings/(enFrame|enPublic|publicText)\\.",
  "src/components/(Banners|CrashGuard|Loading|Shell|Footer|Notice|PageHead|LanguageChoice)\\.",
];

/** What reads the chain: calls and events in and out of the ABI, with the hashes that takes. */
const READ = [
  "viem/_esm/utils/abi/((de|en)codeAbiParameters|(prepareE|e)ncodeFunctionData|decodeFunctionResult)\\.",
  "viem/_esm/utils/abi/(decodeEventLog|encodeEventTopics|getAbiItem|formatAbiItem)\\.",
  "viem/_esm/utils/((encoding|data|hash|address)/|(cursor|regex)\\.)",
  "viem/_esm/errors/(abi|data|encoding|address|cursor)\\.",
  "@noble/hashes/esm/(sha3|utils|_u64|crypto)\\.",
  "src/(generated/publicAbi|reads/useChainRead|strings/(proofText|enProof))\\.",
  "src/chain/(events|eventStore|logs|readCall|credits|ledger|footprint|path|rawCall)\\.",
  "src/components/(QueryView|Fact|Hash|ReadFrom|CoverageBar|BoundBar|CopyButton)\\.",
];

/** For the build's `codeSplitting`. A module that few pages use stays out, whatever its name. */
export const chunkGroups = [
  { name: "boot", test: new RegExp(BOOT.join("|")), priority: 3 },
  { name: "frame", test: new RegExp(FRAME.join("|")), minShareCount: 2, priority: 2 },
  { name: "read", test: new RegExp(READ.join("|")), minShareCount: 4, priority: 1 },
];
