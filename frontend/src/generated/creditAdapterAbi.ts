// Generated from the contracts by `make generate`: do not edit.
export const creditAdapterAbi = [
 {
  "name": "ListingSet",
  "inputs": [
   {
    "name": "token",
    "type": "address",
    "indexed": true
   },
   {
    "name": "token_id",
    "type": "uint256",
    "indexed": true
   },
   {
    "name": "registry",
    "type": "bytes32",
    "indexed": true
   },
   {
    "name": "project",
    "type": "string",
    "indexed": false
   },
   {
    "name": "vintage",
    "type": "uint16",
    "indexed": false
   },
   {
    "name": "enabled",
    "type": "bool",
    "indexed": false
   }
  ],
  "anonymous": false,
  "type": "event"
 },
 {
  "name": "TokenRetired",
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
    "name": "token",
    "type": "address",
    "indexed": true
   },
   {
    "name": "amount_ug",
    "type": "uint72",
    "indexed": false
   },
   {
    "name": "reference",
    "type": "uint256",
    "indexed": false
   },
   {
    "name": "protocol_reference",
    "type": "uint256",
    "indexed": false
   }
  ],
  "anonymous": false,
  "type": "event"
 },
 {
  "stateMutability": "nonpayable",
  "type": "function",
  "name": "retire_token",
  "inputs": [
   {
    "name": "token",
    "type": "address"
   },
   {
    "name": "amount_ug",
    "type": "uint72"
   },
   {
    "name": "beneficiary",
    "type": "string"
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
  "name": "retire_token_with_permit",
  "inputs": [
   {
    "name": "token",
    "type": "address"
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
    "name": "deadline",
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
    "type": "uint256"
   }
  ]
 },
 {
  "stateMutability": "nonpayable",
  "type": "function",
  "name": "set_listing",
  "inputs": [
   {
    "name": "token",
    "type": "address"
   },
   {
    "name": "token_id",
    "type": "uint256"
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
    "name": "enabled",
    "type": "bool"
   }
  ],
  "outputs": []
 },
 {
  "stateMutability": "view",
  "type": "function",
  "name": "listing",
  "inputs": [
   {
    "name": "token",
    "type": "address"
   },
   {
    "name": "token_id",
    "type": "uint256"
   }
  ],
  "outputs": [
   {
    "name": "",
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
      "name": "enabled",
      "type": "bool"
     }
    ]
   }
  ]
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
  "name": "reference_count",
  "inputs": [],
  "outputs": [
   {
    "name": "",
    "type": "uint256"
   }
  ]
 }
] as const;
