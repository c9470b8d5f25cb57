// Generated from the contracts by `make generate`: do not edit.
export const ledgerAbi = [
 {
  "name": "OwnershipTransferred",
  "inputs": [
   {
    "name": "previous_owner",
    "type": "address",
    "indexed": true
   },
   {
    "name": "new_owner",
    "type": "address",
    "indexed": true
   }
  ],
  "anonymous": false,
  "type": "event"
 },
 {
  "name": "OwnershipTransferStarted",
  "inputs": [
   {
    "name": "previous_owner",
    "type": "address",
    "indexed": true
   },
   {
    "name": "new_owner",
    "type": "address",
    "indexed": true
   }
  ],
  "anonymous": false,
  "type": "event"
 },
 {
  "name": "Paused",
  "inputs": [
   {
    "name": "account",
    "type": "address",
    "indexed": false
   }
  ],
  "anonymous": false,
  "type": "event"
 },
 {
  "name": "Unpaused",
  "inputs": [
   {
    "name": "account",
    "type": "address",
    "indexed": false
   }
  ],
  "anonymous": false,
  "type": "event"
 },
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
  "name": "OperatorSet",
  "inputs": [
   {
    "name": "account",
    "type": "address",
    "indexed": true
   },
   {
    "name": "operator",
    "type": "address",
    "indexed": true
   },
   {
    "name": "approved",
    "type": "bool",
    "indexed": false
   }
  ],
  "anonymous": false,
  "type": "event"
 },
 {
  "name": "CoverageChanged",
  "inputs": [
   {
    "name": "id",
    "type": "bytes32",
    "indexed": true
   },
   {
    "name": "covered_ug",
    "type": "uint72",
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
  "name": "owner",
  "inputs": [],
  "outputs": [
   {
    "name": "",
    "type": "address"
   }
  ]
 },
 {
  "stateMutability": "view",
  "type": "function",
  "name": "pending_owner",
  "inputs": [],
  "outputs": [
   {
    "name": "",
    "type": "address"
   }
  ]
 },
 {
  "stateMutability": "nonpayable",
  "type": "function",
  "name": "transfer_ownership",
  "inputs": [
   {
    "name": "new_owner",
    "type": "address"
   }
  ],
  "outputs": []
 },
 {
  "stateMutability": "nonpayable",
  "type": "function",
  "name": "accept_ownership",
  "inputs": [],
  "outputs": []
 },
 {
  "stateMutability": "view",
  "type": "function",
  "name": "paused",
  "inputs": [],
  "outputs": [
   {
    "name": "",
    "type": "bool"
   }
  ]
 },
 {
  "stateMutability": "nonpayable",
  "type": "function",
  "name": "pause",
  "inputs": [],
  "outputs": []
 },
 {
  "stateMutability": "nonpayable",
  "type": "function",
  "name": "unpause",
  "inputs": [],
  "outputs": []
 },
 {
  "stateMutability": "view",
  "type": "function",
  "name": "eip712Domain",
  "inputs": [],
  "outputs": [
   {
    "name": "",
    "type": "bytes1"
   },
   {
    "name": "",
    "type": "string"
   },
   {
    "name": "",
    "type": "string"
   },
   {
    "name": "",
    "type": "uint256"
   },
   {
    "name": "",
    "type": "address"
   },
   {
    "name": "",
    "type": "bytes32"
   },
   {
    "name": "",
    "type": "uint256[]"
   }
  ]
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
  "name": "accounts",
  "inputs": [
   {
    "name": "owners",
    "type": "address[]"
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
  "name": "is_recorded",
  "inputs": [
   {
    "name": "id",
    "type": "bytes32"
   }
  ],
  "outputs": [
   {
    "name": "",
    "type": "bool"
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
 },
 {
  "stateMutability": "nonpayable",
  "type": "function",
  "name": "record",
  "inputs": [
   {
    "name": "report",
    "type": "tuple",
    "components": [
     {
      "name": "account",
      "type": "address"
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
      ]
     }
    ]
   },
   {
    "name": "signatures",
    "type": "bytes[]"
   }
  ],
  "outputs": [
   {
    "name": "",
    "type": "bytes32"
   }
  ]
 },
 {
  "stateMutability": "nonpayable",
  "type": "function",
  "name": "record_for",
  "inputs": [
   {
    "name": "report",
    "type": "tuple",
    "components": [
     {
      "name": "account",
      "type": "address"
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
      ]
     }
    ]
   },
   {
    "name": "signatures",
    "type": "bytes[]"
   },
   {
    "name": "consent",
    "type": "bytes"
   }
  ],
  "outputs": [
   {
    "name": "",
    "type": "bytes32"
   }
  ]
 },
 {
  "stateMutability": "nonpayable",
  "type": "function",
  "name": "set_operator",
  "inputs": [
   {
    "name": "operator",
    "type": "address"
   },
   {
    "name": "approved",
    "type": "bool"
   }
  ],
  "outputs": []
 },
 {
  "stateMutability": "view",
  "type": "function",
  "name": "attestation_id",
  "inputs": [
   {
    "name": "account",
    "type": "address"
   },
   {
    "name": "footprint_hash",
    "type": "bytes32"
   }
  ],
  "outputs": [
   {
    "name": "",
    "type": "bytes32"
   }
  ]
 },
 {
  "stateMutability": "view",
  "type": "function",
  "name": "report_id",
  "inputs": [
   {
    "name": "report",
    "type": "tuple",
    "components": [
     {
      "name": "account",
      "type": "address"
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
      ]
     }
    ]
   }
  ],
  "outputs": [
   {
    "name": "",
    "type": "bytes32"
   }
  ]
 },
 {
  "stateMutability": "view",
  "type": "function",
  "name": "verify_workload",
  "inputs": [
   {
    "name": "report",
    "type": "tuple",
    "components": [
     {
      "name": "account",
      "type": "address"
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
      ]
     }
    ]
   },
   {
    "name": "kind",
    "type": "uint8"
   },
   {
    "name": "version",
    "type": "uint8"
   },
   {
    "name": "workload_hash",
    "type": "bytes32"
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
    "name": "proof",
    "type": "bytes32[]"
   }
  ],
  "outputs": [
   {
    "name": "",
    "type": "bool"
   }
  ]
 },
 {
  "stateMutability": "nonpayable",
  "type": "function",
  "name": "cover",
  "inputs": [
   {
    "name": "account",
    "type": "address"
   },
   {
    "name": "footprint_hash",
    "type": "bytes32"
   },
   {
    "name": "amount_ug",
    "type": "uint72"
   }
  ],
  "outputs": [
   {
    "name": "",
    "type": "bytes32"
   }
  ]
 },
 {
  "stateMutability": "nonpayable",
  "type": "function",
  "name": "uncover",
  "inputs": [
   {
    "name": "attestation",
    "type": "bytes32"
   },
   {
    "name": "account",
    "type": "address"
   },
   {
    "name": "amount_ug",
    "type": "uint72"
   }
  ],
  "outputs": []
 },
 {
  "stateMutability": "nonpayable",
  "type": "function",
  "name": "approve_methodology",
  "inputs": [
   {
    "name": "methodology",
    "type": "bytes32"
   },
   {
    "name": "uri",
    "type": "string"
   }
  ],
  "outputs": []
 },
 {
  "stateMutability": "nonpayable",
  "type": "function",
  "name": "withdraw_methodology",
  "inputs": [
   {
    "name": "methodology",
    "type": "bytes32"
   }
  ],
  "outputs": []
 },
 {
  "stateMutability": "nonpayable",
  "type": "function",
  "name": "set_credits",
  "inputs": [
   {
    "name": "credits",
    "type": "address"
   }
  ],
  "outputs": []
 },
 {
  "stateMutability": "view",
  "type": "function",
  "name": "COUNCIL",
  "inputs": [],
  "outputs": [
   {
    "name": "",
    "type": "address"
   }
  ]
 },
 {
  "stateMutability": "view",
  "type": "function",
  "name": "credits",
  "inputs": [],
  "outputs": [
   {
    "name": "",
    "type": "address"
   }
  ]
 },
 {
  "stateMutability": "view",
  "type": "function",
  "name": "is_operator",
  "inputs": [
   {
    "name": "arg0",
    "type": "address"
   },
   {
    "name": "arg1",
    "type": "address"
   }
  ],
  "outputs": [
   {
    "name": "",
    "type": "bool"
   }
  ]
 },
 {
  "stateMutability": "nonpayable",
  "type": "constructor",
  "inputs": [
   {
    "name": "owner",
    "type": "address"
   },
   {
    "name": "council",
    "type": "address"
   }
  ],
  "outputs": []
 }
] as const;
