// Generated from the contracts' ABI. Do not edit: regenerate it when a contract changes.

export const councilAbi = [
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
  }
] as const;

export const ledgerAbi = [
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
    "outputs": []
  }
] as const;

export const creditsAbi = [
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
