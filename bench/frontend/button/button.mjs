// The vendor's button for plain JavaScript. It is the button's smallest variant, because it doesn't need React.

import { MilestonPayButton } from 'mileston-payment-client';

const element = document.querySelector('button');
const nothing = () => undefined;
// The constructor sets up the button.
void new MilestonPayButton(element, { paymentUrl: location.href, theme: 'light', onPaymentComplete: nothing, onPaymentError: nothing });
