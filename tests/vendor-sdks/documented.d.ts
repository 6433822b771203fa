// What the vendor's documentation shows and no type of its packages declares. At 7c33d7c (2025-07-14).

/** `GET /status`: the page "API Status Check". */
export interface Status {
  status: 'healthy' | 'unhealthy';
  service: string;
  timestamp: Date;
  environment: string;
  version: string;
  /** Seconds. */
  uptime: number;
  /** Megabytes. */
  memory: {
    used: number;
    total: number;
  };
}

/** What is posted to an endpoint: the page "Webhooks", which shows the payload of `paymentlink-paid` only. */
export interface Webhook {
  event: 'invoice-paid' | 'paymentlink-paid' | 'recurring-paid';
  payload: {
    paymentLinkId: string;
    payer: string;
    recipientWalletAddress: string;
    amount: string;
    userUUID: string;
    transactionSignature: string;
    /** Optional in what is saved, which the payload repeats (`SavePaymentInput`). */
    feeSignature?: string;
    subWalletUuid?: string;
    chain: string;
    env: 'test' | 'prod';
    status: 'paid';
    createdAt: Date;
  };
}
