// The parts of wallets and chains that the checkout SDK uses. Each payer is connected, has enough
// money and agrees to pay.
'use strict';

const PAYER = {
  evm: '0x00000000000000000000000000000000fa4e0001',
  sui: `0x${'fa4e'.padStart(64, '0')}`,
  solana: 'SandboxPayer1111111111111111111111111111111',
};

let payments = 0;
const transaction = (chain) => `fake-${chain}-transaction-${(payments += 1)}`;

/** The payers, and the wallets that are connected. Tests read and change them. */
const wallets = { PAYER, connected: { sui: false, solana: false } };

const chainIds = { avalanche: 43114, base: 8453, polygon: 137, arbitrum: 42161, mainnet: 1 };
const testChainIds = { avalancheFuji: 43113, baseSepolia: 84532, polygonAmoy: 80002, arbitrumSepolia: 421614, sepolia: 11155111 };
const chains = Object.fromEntries(
  Object.entries({ ...chainIds, ...testChainIds }).map(([name, id]) => [name, { id, name }]),
);

const evm = {
  ...chains,
  http: () => 'http',
  custom: (provider) => provider,
  encodeFunctionData: () => '0x',
  // The event that the vendor's contract emits. The SDK reports the hash in this event, not the hash from the chain.
  decodeEventLog: ({ data }) => ({ eventName: 'PaymentProcessed', args: { txHash: data } }),
  createPublicClient: () => ({
    readContract: async () => 10n ** 30n,
    estimateGas: async () => 21000n,
    getBlock: async () => ({ baseFeePerGas: 1n }),
    waitForTransactionReceipt: async ({ hash }) => ({
      transactionHash: hash,
      logs: [{ data: `processed-${hash}`, topics: [] }],
    }),
  }),
  createWalletClient: () => ({
    requestAddresses: async () => [PAYER.evm],
    sendTransaction: async () => transaction('evm'),
  }),
};

// Return the same object at each render, because otherwise the component's effect would run
// endlessly.
const account = { address: PAYER.sui };

const sui = {
  getFullnodeUrl: () => 'https://sui.invalid',
  createNetworkConfig: (networkConfig) => ({ networkConfig }),
  useCurrentAccount: () => (wallets.connected.sui ? account : null),
  useSuiClient: () => ({
    getCoins: async () => ({ data: [{ balance: '1000000000000', coinObjectId: 'coin' }] }),
  }),
  useDisconnectWallet: () => ({ mutate: () => {} }),
  useSignAndExecuteTransaction: () => ({
    mutate: (_, { onSuccess }) => onSuccess({ digest: transaction('sui') }),
  }),
};

class Transaction {
  splitCoins = (_, amounts) => amounts;
  transferObjects = () => {};
  add = () => this;
}

class PublicKey {
  constructor(text) {
    this.text = text;
  }
  toString() {
    return this.text;
  }
}

const payer = new PublicKey(PAYER.solana);
const connection = {
  getAccountInfo: async () => null,
  getLatestBlockhash: async () => ({ blockhash: 'blockhash', lastValidBlockHeight: 1 }),
  confirmTransaction: async () => ({ value: { err: null } }),
};
const solana = {
  PublicKey,
  LAMPORTS_PER_SOL: 1_000_000_000,
  SystemProgram: { transfer: () => ({}) },
  WalletAdapterNetwork: { Mainnet: 'mainnet-beta', Devnet: 'devnet' },
  clusterApiUrl: () => 'https://solana.invalid',
  getAssociatedTokenAddress: async () => new PublicKey('associated'),
  getAccount: async () => ({ amount: 10n ** 15n }),
  createAssociatedTokenAccountInstruction: () => ({}),
  createTransferInstruction: () => ({}),
  useConnection: () => ({ connection }),
  useWallet: () => ({
    publicKey: wallets.connected.solana ? payer : null,
    sendTransaction: async () => transaction('solana'),
    disconnect: () => {},
  }),
};

const useQRCode = () => 'data:image/png;base64,';

module.exports = { ...evm, ...sui, ...solana, Transaction, useQRCode, wallets };
