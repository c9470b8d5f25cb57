// Generated from the contracts by `make generate`: do not edit.
export const creditMarketAbi = [
 {
  "name": "OfferSet",
  "inputs": [
   {
    "name": "token",
    "type": "address",
    "indexed": true
   },
   {
    "name": "carbon_class",
    "type": "address",
    "indexed": true
   }
  ],
  "anonymous": false,
  "type": "event"
 },
 {
  "name": "PaymentTokenSet",
  "inputs": [
   {
    "name": "payment_token",
    "type": "address",
    "indexed": true
   },
   {
    "name": "spender",
    "type": "address",
    "indexed": true
   }
  ],
  "anonymous": false,
  "type": "event"
 },
 {
  "name": "CreditBought",
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
    "name": "payment_token",
    "type": "address",
    "indexed": true
   },
   {
    "name": "price",
    "type": "uint256",
    "indexed": false
   }
  ],
  "anonymous": false,
  "type": "event"
 },
 {
  "stateMutability": "view",
  "type": "function",
  "name": "quote",
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
    "name": "payment_token",
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
  "name": "buy_and_retire",
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
    "name": "payment_token",
    "type": "address"
   },
   {
    "name": "max_price",
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
  "name": "buy_and_retire_with_permit",
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
    "name": "payment_token",
    "type": "address"
   },
   {
    "name": "max_price",
    "type": "uint256"
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
  "name": "set_offer",
  "inputs": [
   {
    "name": "token",
    "type": "address"
   },
   {
    "name": "carbon_class",
    "type": "address"
   }
  ],
  "outputs": []
 },
 {
  "stateMutability": "nonpayable",
  "type": "function",
  "name": "set_payment_token",
  "inputs": [
   {
    "name": "payment_token",
    "type": "address"
   },
   {
    "name": "spender",
    "type": "address"
   }
  ],
  "outputs": []
 },
 {
  "stateMutability": "view",
  "type": "function",
  "name": "offer",
  "inputs": [
   {
    "name": "token",
    "type": "address"
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
  "name": "spender",
  "inputs": [
   {
    "name": "payment_token",
    "type": "address"
   }
  ],
  "outputs": [
   {
    "name": "",
    "type": "address"
   }
  ]
 }
] as const;
