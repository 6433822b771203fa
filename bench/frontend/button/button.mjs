// The vendor's pay button for plain JavaScript. It is the smallest of the vendor's buttons, because
// it doesn't need React.

import { MilestonPayButton } from 'mileston-payment-client';

const element = document.querySelector('button');
const nothing = () => undefined;
// The constructor sets up the button.
void new MilestonPayButton(element, { paymentUrl: location.href, theme: 'light', onPaymentComplete: nothing, onPaymentError: nothing });
