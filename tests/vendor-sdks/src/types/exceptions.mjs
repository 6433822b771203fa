// Lists the places where the vendor's types are missing, or contradict the vendor's code or documentation. Each entry
// gives the reason. An entry that no response needs makes the test fail.

const COMPONENT = 'renders elements; the responses of the functions that it calls are compared separately';
const ON_CHAIN = 'returns a result from a wallet or chain, without calling the platform';

/** Methods that don't return data from the platform. */
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
  usePaymentContext: "returns the provider's credentials",
};

const LIST = 'the method is declared to return one object; the package has an unused type for the list';

/** Methods whose declared type is wrong or `any`, each with the vendor's type to compare with instead. */
export const INSTEAD = [
  { method: 'PaymentLink.getAll', type: 'payments.GetAllPaymentLinkResponse', because: LIST },
  { method: 'Invoice.getAll', type: 'payments.GetAllInvoiceResponse', because: LIST },
  { method: 'RecurringPayment.getAll', type: 'payments.GetAllRecurringPaymentResponse', because: LIST },
  {
    method: 'Wallet.getAllSubWallets',
    type: 'payments.WalletResponse<payments.GetAllSubWalletsResponseData>',
    because: 'data is any; the package has an unused type for the data',
  },
  {
    method: 'Wallet.deleteSubWallet',
    type: 'payments.WalletResponse<{}>',
    because: 'data is any; the page "Wallet API" shows {}',
  },
  { method: 'fetchSubWallets', type: 'client.ISubWalletResponse', because: 'the declared type is any; the hook useSubWallets has this type' },
  { method: 'savePayment', type: 'client.SavePaymentResponse', because: 'the declared type is any; the hook useSavePayment has this type' },
];

const ON_RAMP = ['getOnRampPaymentStatus', 'useGetOnRampPaymentStatus'];
const isPending = ({ data }) => data.data.status === 'PENDING';
const PENDING = 'the type has only COMPLETED, but the component also expects other statuses, which it treats as "not yet"';

/** Allowed differences. `when` receives the response. */
export const ALLOWED = [
  { kind: 'outside', methods: ON_RAMP, paths: ['data.data.status'], when: isPending, because: PENDING },
  {
    kind: 'missing',
    methods: ON_RAMP,
    paths: ['data.data.transactionHash'],
    when: isPending,
    because: `${PENDING}; there is no transaction before the payment is completed`,
  },
  {
    kind: 'wrong',
    methods: ['refusal'],
    paths: ['message'],
    when: ({ message }) => Array.isArray(message) && message.every((each) => typeof each === 'string'),
    because: "for invalid fields, NestJS returns a list of sentences, which the backend SDK's code joins",
  },
  {
    kind: 'extra',
    methods: ['Wallet.sendPayment', 'Wallet.sendFunds', 'Wallet.batchPayment'],
    paths: ['transactionUUID'],
    because: 'no type declares this field; the page "Wallet API" reads it from the response',
  },
  {
    kind: 'extra',
    methods: ['Wallet.createSubWallet', 'Wallet.createNewSubWallet', 'Wallet.getSubWallet', 'Wallet.getAllSubWallets'],
    paths: ['statusCode', 'message', 'uuid', 'address', 'balances'],
    because: 'the declared type is flat in one place and wrapped in another; the sandbox always uses the flat form',
  },
  {
    kind: 'extra',
    methods: ['fetchPayment', 'useFetchPayment'],
    paths: ['invoiceData.addPdf', 'recurringPaymentData.addPdf'],
    because: "the backend SDK's types for the same objects have this field",
  },
];
