// Where the vendor's types contradict its own code or documentation, or say nothing: each with the reason. An entry that
// no response needs is a failure.

const COMPONENT = 'renders elements; what it fetches goes through the functions above';
const ON_CHAIN = 'returns what a wallet or chain did; the platform is not called';

/** Methods that return nothing of the platform's. */
export const NO_RESPONSE = {
  CardPayment: COMPONENT,
  InvoiceCheckout: COMPONENT,
  MilestonPayButton: COMPONENT,
  MilestonPaymentProvider: COMPONENT,
  PayButton: COMPONENT,
  PaymentLinkCheckout: COMPONENT,
  PaymentOptions: COMPONENT,
  QrCodePayment: COMPONENT,
  SolanaWalletProvider: COMPONENT,
  SubscriptionCheckout: COMPONENT,
  SuiWalletProvider: COMPONENT,
  WalletConnectPayment: COMPONENT,
  handlePayWithEVMWalletConnect: ON_CHAIN,
  useSolanaPayment: ON_CHAIN,
  useSuiPayment: ON_CHAIN,
  usePaymentContext: 'returns the credentials that the provider was given',
};

const LIST = 'the method is declared as one object; the package has a type for the list and uses it nowhere';

/** Methods whose declared type is wrong or `any`, and the vendor's type to compare with. */
export const INSTEAD = [
  { method: 'PaymentLink.getAll', type: 'payments.GetAllPaymentLinkResponse', because: LIST },
  { method: 'Invoice.getAll', type: 'payments.GetAllInvoiceResponse', because: LIST },
  { method: 'RecurringPayment.getAll', type: 'payments.GetAllRecurringPaymentResponse', because: LIST },
  {
    method: 'Wallet.getAllSubWallets',
    type: 'payments.WalletResponse<payments.GetAllSubWalletsResponseData>',
    because: 'data is any; the package has a type for it and uses it nowhere',
  },
  {
    method: 'Wallet.deleteSubWallet',
    type: 'payments.WalletResponse<{}>',
    because: 'data is any; the page "Wallet API" shows {}',
  },
  { method: 'fetchSubWallets', type: 'client.ISubWalletResponse', because: 'any; the hook useSubWallets has this' },
  { method: 'savePayment', type: 'client.SavePaymentResponse', because: 'any; the hook useSavePayment has this' },
];

const ON_RAMP = ['getOnRampPaymentStatus', 'useGetOnRampPaymentStatus'];
const isPending = ({ data }) => data.data.status === 'PENDING';
const PENDING = 'the type knows COMPLETED only, and the component expects other statuses, which it takes for "not yet"';

/** Differences that are right. `when` is given the response. */
export const ALLOWED = [
  { kind: 'outside', methods: ON_RAMP, paths: ['data.data.status'], when: isPending, because: PENDING },
  {
    kind: 'missing',
    methods: ON_RAMP,
    paths: ['data.data.transactionHash'],
    when: isPending,
    because: `${PENDING}; there is no transaction before it is completed`,
  },
  {
    kind: 'wrong',
    methods: ['refusal'],
    paths: ['message'],
    when: ({ message }) => Array.isArray(message) && message.every((each) => typeof each === 'string'),
    because: 'NestJS gives a list of sentences for bad fields, which the code of the backend SDK joins',
  },
  {
    kind: 'extra',
    methods: ['Wallet.sendPayment', 'Wallet.sendFunds', 'Wallet.batchPayment'],
    paths: ['transactionUUID'],
    because: 'no type has it; the page "Wallet API" reads it from the response',
  },
  {
    kind: 'extra',
    methods: ['Wallet.createSubWallet', 'Wallet.createNewSubWallet', 'Wallet.getSubWallet', 'Wallet.getAllSubWallets'],
    paths: ['statusCode', 'message', 'uuid', 'address', 'balances'],
    because: 'typed flat in one place and wrapped in another: the sandbox has one form for all of them, flat',
  },
  {
    kind: 'extra',
    methods: ['fetchPayment', 'useFetchPayment'],
    paths: ['invoiceData.addPdf', 'recurringPaymentData.addPdf'],
    because: "the backend SDK's types of the same objects have it",
  },
];
