// Makes calls with the vendor's SDK, for `cargo run --release -p mileston-bench --bin node`.
//
// The arguments are the server's origin, and the settings for the calls as JSON. Each input line is
// `operation concurrency calls`. For each input line, the program prints how many nanoseconds the calls took.

import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

const require = createRequire(import.meta.url);
const { Invoice, PaymentLink, Wallet } = require('mileston-payments');
const version = (name) => `${name} ${require(`./node_modules/${name}/package.json`).version}`;

const [origin, json] = process.argv.slice(2);
const { key, business, secret, link, shop } = JSON.parse(json);

// The constructors read the hosts from these static fields.
PaymentLink.defaultBaseURL = `${origin}/payment-link`;
Invoice.defaultBaseURL = `${origin}/invoice`;
Wallet.defaultBaseURL = `${origin}/user`;

const links = new PaymentLink(key, business);
const invoices = new Invoice(key, business);
const wallets = new Wallet(key, business, secret);

const invoice = {
  amount: '200.00',
  itemName: 'Example service fee',
  customerEmail: 'customer@example.com',
  dueDate: new Date('2031-01-31T00:00:00.000Z'),
  addPdf: true,
};
const payment = {
  amount: '100.00',
  recipientAddress: '0x1111111111111111111111111111111111111111',
  walletType: 'eth',
};
const operations = {
  getPaymentLink: () => links.get(link),
  // The SDK doesn't escape the name, so its callers must.
  createInvoice: () => invoices.create(encodeURIComponent(shop), invoice),
  sendPayment: () => wallets.sendPayment(payment),
};

async function run(call, concurrency, calls) {
  let left = calls;
  const one = async () => {
    while (left > 0) {
      left -= 1;
      const answer = await call();
      if (answer.statusCode === undefined) throw new Error('unexpected response: it has no statusCode');
    }
  };
  await Promise.all(Array.from({ length: concurrency }, one));
}

console.log(`Node.js ${process.version}, ${version('mileston-payments')}, ${version('axios')}`);
for await (const line of createInterface({ input: process.stdin })) {
  const [operation, concurrency, calls] = line.split(' ');
  const start = process.hrtime.bigint();
  await run(operations[operation], Number(concurrency), Number(calls));
  console.log(String(process.hrtime.bigint() - start));
}
