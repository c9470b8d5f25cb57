// Generated from the contracts by `make generate`: do not edit.
export const councilAbi = [
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
  "name": "GuardianChanged",
  "inputs": [
   {
    "name": "guardian",
    "type": "address",
    "indexed": true
   }
  ],
  "anonymous": false,
  "type": "event"
 },
 {
  "name": "EpochStarted",
  "inputs": [
   {
    "name": "epoch",
    "type": "uint64",
    "indexed": true
   },
   {
    "name": "threshold",
    "type": "uint8",
    "indexed": false
   },
   {
    "name": "signers",
    "type": "address[]",
    "indexed": false
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
  "name": "Endorsed",
  "inputs": [
   {
    "name": "digest",
    "type": "bytes32",
    "indexed": true
   },
   {
    "name": "signer",
    "type": "address",
    "indexed": true
   },
   {
    "name": "epoch",
    "type": "uint64",
    "indexed": false
   }
  ],
  "anonymous": false,
  "type": "event"
 },
 {
  "name": "SignerRemoved",
  "inputs": [
   {
    "name": "signer",
    "type": "address",
    "indexed": true
   },
   {
    "name": "by",
    "type": "address",
    "indexed": true
   }
  ],
  "anonymous": false,
  "type": "event"
 },
 {
  "name": "EpochProposed",
  "inputs": [
   {
    "name": "proposal",
    "type": "bytes32",
    "indexed": true
   },
   {
    "name": "effective_at",
    "type": "uint64",
    "indexed": false
   },
   {
    "name": "threshold",
    "type": "uint8",
    "indexed": false
   },
   {
    "name": "members",
    "type": "tuple[]",
    "components": [
     {
      "name": "signer",
      "type": "address"
     },
     {
      "name": "is_contract",
      "type": "bool"
     },
     {
      "name": "name",
      "type": "string"
     },
     {
      "name": "url",
      "type": "string"
     }
    ],
    "indexed": false
   }
  ],
  "anonymous": false,
  "type": "event"
 },
 {
  "name": "EpochProposalCancelled",
  "inputs": [
   {
    "name": "proposal",
    "type": "bytes32",
    "indexed": true
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
  "name": "council",
  "inputs": [],
  "outputs": [
   {
    "name": "",
    "type": "tuple",
    "components": [
     {
      "name": "epoch",
      "type": "uint64"
     },
     {
      "name": "threshold",
      "type": "uint8"
     },
     {
      "name": "size",
      "type": "uint8"
     }
    ]
   }
  ]
 },
 {
  "stateMutability": "view",
  "type": "function",
  "name": "members",
  "inputs": [],
  "outputs": [
   {
    "name": "",
    "type": "tuple[]",
    "components": [
     {
      "name": "signer",
      "type": "address"
     },
     {
      "name": "is_contract",
      "type": "bool"
     },
     {
      "name": "name",
      "type": "string"
     },
     {
      "name": "url",
      "type": "string"
     }
    ]
   }
  ]
 },
 {
  "stateMutability": "view",
  "type": "function",
  "name": "is_signer",
  "inputs": [
   {
    "name": "signer",
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
  "stateMutability": "view",
  "type": "function",
  "name": "is_endorsed",
  "inputs": [
   {
    "name": "digest",
    "type": "bytes32"
   },
   {
    "name": "signer",
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
  "stateMutability": "view",
  "type": "function",
  "name": "verify",
  "inputs": [
   {
    "name": "digest",
    "type": "bytes32"
   },
   {
    "name": "signatures",
    "type": "bytes[]"
   }
  ],
  "outputs": [
   {
    "name": "",
    "type": "uint64"
   }
  ]
 },
 {
  "stateMutability": "nonpayable",
  "type": "function",
  "name": "endorse",
  "inputs": [
   {
    "name": "digest",
    "type": "bytes32"
   },
   {
    "name": "signer",
    "type": "address"
   },
   {
    "name": "signature",
    "type": "bytes"
   }
  ],
  "outputs": []
 },
 {
  "stateMutability": "view",
  "type": "function",
  "name": "proposal_id",
  "inputs": [
   {
    "name": "members",
    "type": "tuple[]",
    "components": [
     {
      "name": "signer",
      "type": "address"
     },
     {
      "name": "is_contract",
      "type": "bool"
     },
     {
      "name": "name",
      "type": "string"
     },
     {
      "name": "url",
      "type": "string"
     }
    ]
   },
   {
    "name": "threshold",
    "type": "uint8"
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
  "name": "remove",
  "inputs": [
   {
    "name": "signer",
    "type": "address"
   }
  ],
  "outputs": []
 },
 {
  "stateMutability": "nonpayable",
  "type": "function",
  "name": "propose",
  "inputs": [
   {
    "name": "members",
    "type": "tuple[]",
    "components": [
     {
      "name": "signer",
      "type": "address"
     },
     {
      "name": "is_contract",
      "type": "bool"
     },
     {
      "name": "name",
      "type": "string"
     },
     {
      "name": "url",
      "type": "string"
     }
    ]
   },
   {
    "name": "threshold",
    "type": "uint8"
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
  "name": "activate",
  "inputs": [
   {
    "name": "members",
    "type": "tuple[]",
    "components": [
     {
      "name": "signer",
      "type": "address"
     },
     {
      "name": "is_contract",
      "type": "bool"
     },
     {
      "name": "name",
      "type": "string"
     },
     {
      "name": "url",
      "type": "string"
     }
    ]
   },
   {
    "name": "threshold",
    "type": "uint8"
   }
  ],
  "outputs": []
 },
 {
  "stateMutability": "nonpayable",
  "type": "function",
  "name": "cancel",
  "inputs": [
   {
    "name": "proposal",
    "type": "bytes32"
   }
  ],
  "outputs": []
 },
 {
  "stateMutability": "nonpayable",
  "type": "function",
  "name": "set_guardian",
  "inputs": [
   {
    "name": "guardian",
    "type": "address"
   }
  ],
  "outputs": []
 },
 {
  "stateMutability": "view",
  "type": "function",
  "name": "CHANGE_DELAY",
  "inputs": [],
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
  "name": "CHANGE_WINDOW",
  "inputs": [],
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
  "name": "guardian",
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
  "name": "effective_at",
  "inputs": [
   {
    "name": "arg0",
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
  "stateMutability": "nonpayable",
  "type": "constructor",
  "inputs": [
   {
    "name": "owner",
    "type": "address"
   },
   {
    "name": "guardian",
    "type": "address"
   },
   {
    "name": "members",
    "type": "tuple[]",
    "components": [
     {
      "name": "signer",
      "type": "address"
     },
     {
      "name": "is_contract",
      "type": "bool"
     },
     {
      "name": "name",
      "type": "string"
     },
     {
      "name": "url",
      "type": "string"
     }
    ]
   },
   {
    "name": "threshold",
    "type": "uint8"
   }
  ],
  "outputs": []
 }
] as const;
