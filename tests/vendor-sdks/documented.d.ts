// Types from the vendor's documentation that its packages don't declare, at 7c33d7c (2025-07-14).

/** `GET /status`: the page "API Status Check". */
export interface Status {
  status: 'healthy' | 'unhealthy';
  service: string;
  timestamp: Date;
  environment: string;
  version: string;
  /** The number of seconds since the service started. */
  uptime: number;
  /** The memory of the service in megabytes. */
  memory: {
    used: number;
    total: number;
  };
}

/** The body of a webhook: the page "Webhooks", which shows only the payload of `paymentlink-paid`. */
export interface Webhook {
  event: 'invoice-paid' | 'paymentlink-paid' | 'recurring-paid';
  payload: {
    paymentLinkId: string;
    payer: string;
    recipientWalletAddress: string;
    amount: string;
    userUUID: string;
    transactionSignature: string;
    /** Optional in the saved payment (`SavePaymentInput`), which the payload repeats. */
    feeSignature?: string;
    subWalletUuid?: string;
    chain: string;
    env: 'test' | 'prod';
    status: 'paid';
    createdAt: Date;
  };
}
