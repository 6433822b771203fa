// Types from the vendor's documentation (commit 7c33d7c, 2025-07-14) that the vendor's packages don't declare.

/** The response to `GET /status`, from the page "API Status Check". */
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

/** The body of a webhook, from the page "Webhooks". That page shows only the payload of `paymentlink-paid`. */
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
