// Generated from the contracts by `make generate`: do not edit.
export const ledgerReads = [
 {
  "name": "FootprintSuperseded",
  "inputs": [
   {
    "name": "id",
    "type": "bytes32",
    "indexed": true
   },
   {
    "name": "by",
    "type": "bytes32",
    "indexed": true
   }
  ],
  "anonymous": false,
  "type": "event"
 },
 {
  "name": "FootprintRecorded",
  "inputs": [
   {
    "name": "id",
    "type": "bytes32",
    "indexed": true
   },
   {
    "name": "account",
    "type": "address",
    "indexed": true
   },
   {
    "name": "methodology",
    "type": "bytes32",
    "indexed": true
   },
   {
    "name": "footprint",
    "type": "tuple",
    "components": [
     {
      "name": "root",
      "type": "bytes32"
     },
     {
      "name": "count",
      "type": "uint32"
     },
     {
      "name": "methodology",
      "type": "bytes32"
     },
     {
      "name": "period_start",
      "type": "uint64"
     },
     {
      "name": "period_end",
      "type": "uint64"
     },
     {
      "name": "energy_uwh",
      "type": "uint128"
     },
     {
      "name": "low_ug",
      "type": "uint72"
     },
     {
      "name": "central_ug",
      "type": "uint72"
     },
     {
      "name": "high_ug",
      "type": "uint72"
     },
     {
      "name": "market_ug",
      "type": "uint72"
     },
     {
      "name": "embodied_ug",
      "type": "uint72"
     },
     {
      "name": "water_ul",
      "type": "uint128"
     },
     {
      "name": "tier",
      "type": "uint8"
     },
     {
      "name": "supersedes",
      "type": "bytes32"
     },
     {
      "name": "valid_until",
      "type": "uint64"
     }
    ],
    "indexed": false
   }
  ],
  "anonymous": false,
  "type": "event"
 },
 {
  "name": "MethodologySet",
  "inputs": [
   {
    "name": "methodology",
    "type": "bytes32",
    "indexed": true
   },
   {
    "name": "approved",
    "type": "bool",
    "indexed": false
   },
   {
    "name": "uri",
    "type": "string",
    "indexed": false
   }
  ],
  "anonymous": false,
  "type": "event"
 },
 {
  "stateMutability": "view",
  "type": "function",
  "name": "attestation",
  "inputs": [
   {
    "name": "id",
    "type": "bytes32"
   }
  ],
  "outputs": [
   {
    "name": "",
    "type": "tuple",
    "components": [
     {
      "name": "low_ug",
      "type": "uint72"
     },
     {
      "name": "central_ug",
      "type": "uint72"
     },
     {
      "name": "high_ug",
      "type": "uint72"
     },
     {
      "name": "covered_ug",
      "type": "uint72"
     },
     {
      "name": "recorded_at",
      "type": "uint32"
     },
     {
      "name": "tier",
      "type": "uint8"
     },
     {
      "name": "superseded",
      "type": "bool"
     }
    ]
   }
  ]
 },
 {
  "stateMutability": "view",
  "type": "function",
  "name": "attestations",
  "inputs": [
   {
    "name": "ids",
    "type": "bytes32[]"
   }
  ],
  "outputs": [
   {
    "name": "",
    "type": "tuple[]",
    "components": [
     {
      "name": "low_ug",
      "type": "uint72"
     },
     {
      "name": "central_ug",
      "type": "uint72"
     },
     {
      "name": "high_ug",
      "type": "uint72"
     },
     {
      "name": "covered_ug",
      "type": "uint72"
     },
     {
      "name": "recorded_at",
      "type": "uint32"
     },
     {
      "name": "tier",
      "type": "uint8"
     },
     {
      "name": "superseded",
      "type": "bool"
     }
    ]
   }
  ]
 },
 {
  "stateMutability": "view",
  "type": "function",
  "name": "account",
  "inputs": [
   {
    "name": "owner",
    "type": "address"
   }
  ],
  "outputs": [
   {
    "name": "",
    "type": "tuple",
    "components": [
     {
      "name": "low_ug",
      "type": "uint72"
     },
     {
      "name": "central_ug",
      "type": "uint72"
     },
     {
      "name": "high_ug",
      "type": "uint72"
     },
     {
      "name": "covered_ug",
      "type": "uint72"
     },
     {
      "name": "count",
      "type": "uint40"
     }
    ]
   }
  ]
 },
 {
  "stateMutability": "view",
  "type": "function",
  "name": "coverage_bps",
  "inputs": [
   {
    "name": "id",
    "type": "bytes32"
   }
  ],
  "outputs": [
   {
    "name": "",
    "type": "uint256"
   }
  ]
 },
 {
  "stateMutability": "view",
  "type": "function",
  "name": "is_methodology_approved",
  "inputs": [
   {
    "name": "arg0",
    "type": "bytes32"
   }
  ],
  "outputs": [
   {
    "name": "",
    "type": "bool"
   }
  ]
 }
] as const;

export const creditsReads = [
 {
  "name": "Transfer",
  "inputs": [
   {
    "name": "sender",
    "type": "address",
    "indexed": true
   },
   {
    "name": "receiver",
    "type": "address",
    "indexed": true
   },
   {
    "name": "token_id",
    "type": "uint256",
    "indexed": true
   }
  ],
  "anonymous": false,
  "type": "event"
 },
 {
  "name": "CertificateMinted",
  "inputs": [
   {
    "name": "certificate",
    "type": "uint256",
    "indexed": true
   },
   {
    "name": "holder",
    "type": "address",
    "indexed": true
   },
   {
    "name": "registry",
    "type": "bytes32",
    "indexed": true
   },
   {
    "name": "minter",
    "type": "address",
    "indexed": false
   },
   {
    "name": "order",
    "type": "bytes32",
    "indexed": false
   },
   {
    "name": "retirement",
    "type": "tuple",
    "components": [
     {
      "name": "registry",
      "type": "bytes32"
     },
     {
      "name": "project",
      "type": "string"
     },
     {
      "name": "vintage",
      "type": "uint16"
     },
     {
      "name": "amount_ug",
      "type": "uint72"
     },
     {
      "name": "beneficiary",
      "type": "string"
     },
     {
      "name": "serials",
      "type": "string"
     },
     {
      "name": "retired_at",
      "type": "uint64"
     },
     {
      "name": "evidence",
      "type": "bytes32"
     },
     {
      "name": "valid_until",
      "type": "uint64"
     }
    ],
    "indexed": false
   },
   {
    "name": "source",
    "type": "tuple",
    "components": [
     {
      "name": "kind",
      "type": "uint8"
     },
     {
      "name": "book",
      "type": "bytes32"
     },
     {
      "name": "first",
      "type": "uint256"
     },
     {
      "name": "last",
      "type": "uint256"
     }
    ],
    "indexed": false
   }
  ],
  "anonymous": false,
  "type": "event"
 },
 {
  "name": "Allocated",
  "inputs": [
   {
    "name": "certificate",
    "type": "uint256",
    "indexed": true
   },
   {
    "name": "attestation",
    "type": "bytes32",
    "indexed": true
   },
   {
    "name": "account",
    "type": "address",
    "indexed": true
   },
   {
    "name": "footprint_hash",
    "type": "bytes32",
    "indexed": false
   },
   {
    "name": "amount_ug",
    "type": "uint72",
    "indexed": false
   }
  ],
  "anonymous": false,
  "type": "event"
 },
 {
  "name": "AllocationUndone",
  "inputs": [
   {
    "name": "certificate",
    "type": "uint256",
    "indexed": true
   },
   {
    "name": "attestation",
    "type": "bytes32",
    "indexed": true
   },
   {
    "name": "account",
    "type": "address",
    "indexed": true
   },
   {
    "name": "amount_ug",
    "type": "uint72",
    "indexed": false
   }
  ],
  "anonymous": false,
  "type": "event"
 },
 {
  "stateMutability": "view",
  "type": "function",
  "name": "hint_for",
  "inputs": [
   {
    "name": "book",
    "type": "bytes32"
   },
   {
    "name": "first",
    "type": "uint256"
   }
  ],
  "outputs": [
   {
    "name": "",
    "type": "uint256"
   }
  ]
 },
 {
  "stateMutability": "view",
  "type": "function",
  "name": "certificate",
  "inputs": [
   {
    "name": "id",
    "type": "uint256"
   }
  ],
  "outputs": [
   {
    "name": "",
    "type": "tuple",
    "components": [
     {
      "name": "holder",
      "type": "address"
     },
     {
      "name": "amount_ug",
      "type": "uint72"
     },
     {
      "name": "allocated_ug",
      "type": "uint72"
     },
     {
      "name": "minted_at",
      "type": "uint32"
     },
     {
      "name": "voided",
      "type": "bool"
     },
     {
      "name": "vintage",
      "type": "uint16"
     },
     {
      "name": "registry",
      "type": "bytes32"
     },
     {
      "name": "project",
      "type": "string"
     },
     {
      "name": "beneficiary",
      "type": "string"
     },
     {
      "name": "serials",
      "type": "string"
     },
     {
      "name": "retired_at",
      "type": "uint64"
     }
    ]
   }
  ]
 },
 {
  "stateMutability": "view",
  "type": "function",
  "name": "void_reason",
  "inputs": [
   {
    "name": "certificate",
    "type": "uint256"
   }
  ],
  "outputs": [
   {
    "name": "",
    "type": "uint8"
   }
  ]
 },
 {
  "stateMutability": "view",
  "type": "function",
  "name": "balanceOf",
  "inputs": [
   {
    "name": "owner",
    "type": "address"
   }
  ],
  "outputs": [
   {
    "name": "",
    "type": "uint256"
   }
  ]
 },
 {
  "stateMutability": "view",
  "type": "function",
  "name": "tokenURI",
  "inputs": [
   {
    "name": "token_id",
    "type": "uint256"
   }
  ],
  "outputs": [
   {
    "name": "",
    "type": "string"
   }
  ]
 }
] as const;

export const deskReads = [
 {
  "name": "OrderOpened",
  "inputs": [
   {
    "name": "id",
    "type": "bytes32",
    "indexed": true
   },
   {
    "name": "payer",
    "type": "address",
    "indexed": true
   },
   {
    "name": "seller",
    "type": "address",
    "indexed": true
   },
   {
    "name": "order",
    "type": "tuple",
    "components": [
     {
      "name": "seller",
      "type": "address"
     },
     {
      "name": "payer",
      "type": "address"
     },
     {
      "name": "holder",
      "type": "address"
     },
     {
      "name": "token",
      "type": "address"
     },
     {
      "name": "price",
      "type": "uint128"
     },
     {
      "name": "amount_ug",
      "type": "uint72"
     },
     {
      "name": "min_ug",
      "type": "uint72"
     },
     {
      "name": "registry",
      "type": "bytes32"
     },
     {
      "name": "project",
      "type": "string"
     },
     {
      "name": "vintage",
      "type": "uint16"
     },
     {
      "name": "beneficiary",
      "type": "string"
     },
     {
      "name": "quote_until",
      "type": "uint64"
     },
     {
      "name": "deadline",
      "type": "uint64"
     },
     {
      "name": "salt",
      "type": "bytes32"
     }
    ],
    "indexed": false
   }
  ],
  "anonymous": false,
  "type": "event"
 },
 {
  "name": "OrderFulfilled",
  "inputs": [
   {
    "name": "id",
    "type": "bytes32",
    "indexed": true
   },
   {
    "name": "certificate",
    "type": "uint256",
    "indexed": true
   },
   {
    "name": "paid",
    "type": "uint128",
    "indexed": false
   },
   {
    "name": "returned",
    "type": "uint128",
    "indexed": false
   }
  ],
  "anonymous": false,
  "type": "event"
 }
] as const;
