// Generated from the contracts by `make generate`: do not edit.
export const deskAbi = [
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
 },
 {
  "name": "Owed",
  "inputs": [
   {
    "name": "token",
    "type": "address",
    "indexed": true
   },
   {
    "name": "account",
    "type": "address",
    "indexed": true
   },
   {
    "name": "amount",
    "type": "uint256",
    "indexed": false
   }
  ],
  "anonymous": false,
  "type": "event"
 },
 {
  "name": "OrderRefunded",
  "inputs": [
   {
    "name": "id",
    "type": "bytes32",
    "indexed": true
   },
   {
    "name": "declined",
    "type": "bool",
    "indexed": false
   }
  ],
  "anonymous": false,
  "type": "event"
 },
 {
  "name": "Withdrawn",
  "inputs": [
   {
    "name": "token",
    "type": "address",
    "indexed": true
   },
   {
    "name": "account",
    "type": "address",
    "indexed": true
   },
   {
    "name": "to",
    "type": "address",
    "indexed": true
   },
   {
    "name": "amount",
    "type": "uint256",
    "indexed": false
   }
  ],
  "anonymous": false,
  "type": "event"
 },
 {
  "name": "SellerSet",
  "inputs": [
   {
    "name": "seller",
    "type": "address",
    "indexed": true
   },
   {
    "name": "token",
    "type": "address",
    "indexed": true
   },
   {
    "name": "cap",
    "type": "uint128",
    "indexed": false
   }
  ],
  "anonymous": false,
  "type": "event"
 },
 {
  "name": "TokenSet",
  "inputs": [
   {
    "name": "token",
    "type": "address",
    "indexed": true
   },
   {
    "name": "allowed",
    "type": "bool",
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
  "name": "exposure",
  "inputs": [
   {
    "name": "seller",
    "type": "address"
   },
   {
    "name": "token",
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
  "name": "seller_cap",
  "inputs": [
   {
    "name": "seller",
    "type": "address"
   },
   {
    "name": "token",
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
  "name": "held",
  "inputs": [
   {
    "name": "arg0",
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
  "name": "owed",
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
    "type": "uint256"
   }
  ]
 },
 {
  "stateMutability": "nonpayable",
  "type": "function",
  "name": "open",
  "inputs": [
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
    ]
   },
   {
    "name": "quote",
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
  "name": "open_with_permit",
  "inputs": [
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
    ]
   },
   {
    "name": "quote",
    "type": "bytes"
   },
   {
    "name": "permit_deadline",
    "type": "uint256"
   },
   {
    "name": "v",
    "type": "uint8"
   },
   {
    "name": "r",
    "type": "bytes32"
   },
   {
    "name": "s",
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
  "stateMutability": "nonpayable",
  "type": "function",
  "name": "open_with_authorization",
  "inputs": [
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
    ]
   },
   {
    "name": "quote",
    "type": "bytes"
   },
   {
    "name": "valid_after",
    "type": "uint256"
   },
   {
    "name": "valid_before",
    "type": "uint256"
   },
   {
    "name": "v",
    "type": "uint8"
   },
   {
    "name": "r",
    "type": "bytes32"
   },
   {
    "name": "s",
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
  "stateMutability": "nonpayable",
  "type": "function",
  "name": "fulfil",
  "inputs": [
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
    ]
   },
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
  "name": "refund",
  "inputs": [
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
    ]
   }
  ],
  "outputs": []
 },
 {
  "stateMutability": "nonpayable",
  "type": "function",
  "name": "decline",
  "inputs": [
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
    ]
   }
  ],
  "outputs": []
 },
 {
  "stateMutability": "nonpayable",
  "type": "function",
  "name": "withdraw",
  "inputs": [
   {
    "name": "token",
    "type": "address"
   },
   {
    "name": "to",
    "type": "address"
   }
  ],
  "outputs": []
 },
 {
  "stateMutability": "nonpayable",
  "type": "function",
  "name": "deliver",
  "inputs": [
   {
    "name": "token",
    "type": "address"
   },
   {
    "name": "account",
    "type": "address"
   }
  ],
  "outputs": []
 },
 {
  "stateMutability": "view",
  "type": "function",
  "name": "order_id",
  "inputs": [
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
  "stateMutability": "nonpayable",
  "type": "function",
  "name": "set_seller",
  "inputs": [
   {
    "name": "seller",
    "type": "address"
   },
   {
    "name": "token",
    "type": "address"
   },
   {
    "name": "cap",
    "type": "uint128"
   }
  ],
  "outputs": []
 },
 {
  "stateMutability": "nonpayable",
  "type": "function",
  "name": "set_token",
  "inputs": [
   {
    "name": "token",
    "type": "address"
   },
   {
    "name": "allowed",
    "type": "bool"
   }
  ],
  "outputs": []
 },
 {
  "stateMutability": "view",
  "type": "function",
  "name": "CREDITS",
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
  "name": "order_state",
  "inputs": [
   {
    "name": "arg0",
    "type": "bytes32"
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
  "name": "is_token_allowed",
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
  "type": "constructor",
  "inputs": [
   {
    "name": "owner",
    "type": "address"
   },
   {
    "name": "credits",
    "type": "address"
   }
  ],
  "outputs": []
 }
] as const;
