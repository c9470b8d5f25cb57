// Generated from the contracts by `make generate`: do not edit.
export const creditsAbi = [
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
  "name": "RegistrySet",
  "inputs": [
   {
    "name": "registry",
    "type": "bytes32",
    "indexed": true
   },
   {
    "name": "enabled",
    "type": "bool",
    "indexed": false
   },
   {
    "name": "unit_ug",
    "type": "uint72",
    "indexed": false
   },
   {
    "name": "policy",
    "type": "bytes32",
    "indexed": false
   }
  ],
  "anonymous": false,
  "type": "event"
 },
 {
  "name": "AdapterSet",
  "inputs": [
   {
    "name": "adapter",
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
  "name": "CertificateVoided",
  "inputs": [
   {
    "name": "certificate",
    "type": "uint256",
    "indexed": true
   },
   {
    "name": "reason",
    "type": "uint8",
    "indexed": false
   }
  ],
  "anonymous": false,
  "type": "event"
 },
 {
  "name": "MetadataUpdate",
  "inputs": [
   {
    "name": "_tokenId",
    "type": "uint256",
    "indexed": false
   }
  ],
  "anonymous": false,
  "type": "event"
 },
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
  "name": "Locked",
  "inputs": [
   {
    "name": "token_id",
    "type": "uint256",
    "indexed": false
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
  "name": "SourceReleased",
  "inputs": [
   {
    "name": "certificate",
    "type": "uint256",
    "indexed": true
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
  "name": "registry",
  "inputs": [
   {
    "name": "key",
    "type": "bytes32"
   }
  ],
  "outputs": [
   {
    "name": "",
    "type": "tuple",
    "components": [
     {
      "name": "enabled",
      "type": "bool"
     },
     {
      "name": "unit_ug",
      "type": "uint72"
     },
     {
      "name": "policy",
      "type": "bytes32"
     }
    ]
   }
  ]
 },
 {
  "stateMutability": "nonpayable",
  "type": "function",
  "name": "set_registry",
  "inputs": [
   {
    "name": "key",
    "type": "bytes32"
   },
   {
    "name": "enabled",
    "type": "bool"
   },
   {
    "name": "unit_ug",
    "type": "uint72"
   },
   {
    "name": "policy",
    "type": "bytes32"
   }
  ],
  "outputs": []
 },
 {
  "stateMutability": "view",
  "type": "function",
  "name": "is_adapter",
  "inputs": [
   {
    "name": "arg0",
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
  "type": "function",
  "name": "set_adapter",
  "inputs": [
   {
    "name": "adapter",
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
  "name": "corrections",
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
  "name": "set_corrections",
  "inputs": [
   {
    "name": "corrections",
    "type": "address"
   }
  ],
  "outputs": []
 },
 {
  "stateMutability": "nonpayable",
  "type": "function",
  "name": "mark_void",
  "inputs": [
   {
    "name": "certificate",
    "type": "uint256"
   },
   {
    "name": "reason",
    "type": "uint8"
   }
  ],
  "outputs": []
 },
 {
  "stateMutability": "nonpayable",
  "type": "function",
  "name": "move",
  "inputs": [
   {
    "name": "certificate",
    "type": "uint256"
   },
   {
    "name": "to",
    "type": "address"
   }
  ],
  "outputs": []
 },
 {
  "stateMutability": "view",
  "type": "function",
  "name": "is_claimed",
  "inputs": [
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
    ]
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
  "name": "block_left_ug",
  "inputs": [
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
    ]
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
  "name": "allocation_chain",
  "inputs": [
   {
    "name": "certificate",
    "type": "uint256"
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
  "name": "ownerOf",
  "inputs": [
   {
    "name": "token_id",
    "type": "uint256"
   }
  ],
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
  "name": "locked",
  "inputs": [
   {
    "name": "token_id",
    "type": "uint256"
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
  "name": "getApproved",
  "inputs": [
   {
    "name": "token_id",
    "type": "uint256"
   }
  ],
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
  "name": "STATEMENT",
  "inputs": [],
  "outputs": [
   {
    "name": "",
    "type": "string"
   }
  ]
 },
 {
  "stateMutability": "view",
  "type": "function",
  "name": "name",
  "inputs": [],
  "outputs": [
   {
    "name": "",
    "type": "string"
   }
  ]
 },
 {
  "stateMutability": "view",
  "type": "function",
  "name": "symbol",
  "inputs": [],
  "outputs": [
   {
    "name": "",
    "type": "string"
   }
  ]
 },
 {
  "stateMutability": "view",
  "type": "function",
  "name": "supportsInterface",
  "inputs": [
   {
    "name": "interface_id",
    "type": "bytes4"
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
  "name": "isApprovedForAll",
  "inputs": [
   {
    "name": "owner",
    "type": "address"
   },
   {
    "name": "operator",
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
  "stateMutability": "payable",
  "type": "function",
  "name": "transferFrom",
  "inputs": [
   {
    "name": "owner",
    "type": "address"
   },
   {
    "name": "to",
    "type": "address"
   },
   {
    "name": "token_id",
    "type": "uint256"
   }
  ],
  "outputs": []
 },
 {
  "stateMutability": "payable",
  "type": "function",
  "name": "safeTransferFrom",
  "inputs": [
   {
    "name": "owner",
    "type": "address"
   },
   {
    "name": "to",
    "type": "address"
   },
   {
    "name": "token_id",
    "type": "uint256"
   }
  ],
  "outputs": []
 },
 {
  "stateMutability": "payable",
  "type": "function",
  "name": "safeTransferFrom",
  "inputs": [
   {
    "name": "owner",
    "type": "address"
   },
   {
    "name": "to",
    "type": "address"
   },
   {
    "name": "token_id",
    "type": "uint256"
   },
   {
    "name": "data",
    "type": "bytes"
   }
  ],
  "outputs": []
 },
 {
  "stateMutability": "payable",
  "type": "function",
  "name": "approve",
  "inputs": [
   {
    "name": "to",
    "type": "address"
   },
   {
    "name": "token_id",
    "type": "uint256"
   }
  ],
  "outputs": []
 },
 {
  "stateMutability": "nonpayable",
  "type": "function",
  "name": "setApprovalForAll",
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
  "stateMutability": "nonpayable",
  "type": "function",
  "name": "mint",
  "inputs": [
   {
    "name": "report",
    "type": "tuple",
    "components": [
     {
      "name": "holder",
      "type": "address"
     },
     {
      "name": "minter",
      "type": "address"
     },
     {
      "name": "order",
      "type": "bytes32"
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
      ]
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
      ]
     }
    ]
   },
   {
    "name": "signatures",
    "type": "bytes[]"
   },
   {
    "name": "hint",
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
  "stateMutability": "nonpayable",
  "type": "function",
  "name": "allocate",
  "inputs": [
   {
    "name": "certificate",
    "type": "uint256"
   },
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
  "name": "allocate_up_to",
  "inputs": [
   {
    "name": "certificate",
    "type": "uint256"
   },
   {
    "name": "account",
    "type": "address"
   },
   {
    "name": "footprint_hash",
    "type": "bytes32"
   },
   {
    "name": "max_ug",
    "type": "uint72"
   }
  ],
  "outputs": [
   {
    "name": "",
    "type": "uint72"
   }
  ]
 },
 {
  "stateMutability": "nonpayable",
  "type": "function",
  "name": "undo",
  "inputs": [
   {
    "name": "certificate",
    "type": "uint256"
   },
   {
    "name": "before",
    "type": "bytes32"
   },
   {
    "name": "allocations",
    "type": "tuple[]",
    "components": [
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
    ]
   }
  ],
  "outputs": []
 },
 {
  "stateMutability": "nonpayable",
  "type": "function",
  "name": "release_source",
  "inputs": [
   {
    "name": "holder",
    "type": "address"
   },
   {
    "name": "minter",
    "type": "address"
   },
   {
    "name": "order",
    "type": "bytes32"
   },
   {
    "name": "retirement_hash",
    "type": "bytes32"
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
    ]
   },
   {
    "name": "hint",
    "type": "uint256"
   }
  ],
  "outputs": []
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
      "name": "holder",
      "type": "address"
     },
     {
      "name": "minter",
      "type": "address"
     },
     {
      "name": "order",
      "type": "bytes32"
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
      ]
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
 },
 {
  "stateMutability": "nonpayable",
  "type": "function",
  "name": "mint_retired",
  "inputs": [
   {
    "name": "holder",
    "type": "address"
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
    ]
   },
   {
    "name": "reference",
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
  "name": "LEDGER",
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
  "name": "ART",
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
  "type": "constructor",
  "inputs": [
   {
    "name": "owner",
    "type": "address"
   },
   {
    "name": "council",
    "type": "address"
   },
   {
    "name": "ledger",
    "type": "address"
   },
   {
    "name": "art",
    "type": "address"
   }
  ],
  "outputs": []
 }
] as const;
