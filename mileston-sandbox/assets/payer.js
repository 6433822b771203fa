// The simulated payer of test mode: a wallet and a transaction in the chain's format. Nobody has a key for such a
// wallet, and the transaction doesn't exist on any chain.

const HEX = '0123456789abcdef';
const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

export function payerOn(chain) {
  switch (chain) {
    case 'solana': return { payer: `Sandbox${text(BASE58, 36)}`, transaction: text(BASE58, 88) };
    case 'sui': return { payer: `0xfa4e${text(HEX, 60)}`, transaction: text(BASE58, 44) };
    default: return { payer: `0xfa4e${text(HEX, 36)}`, transaction: `0x${text(HEX, 64)}` };
  }
}

function text(alphabet, length) {
  // Slightly biased for 58 letters, which is fine, because the text isn't a secret.
  const bytes = crypto.getRandomValues(new Uint8Array(length));
  return Array.from(bytes, (byte) => alphabet[byte % alphabet.length]).join('');
}
