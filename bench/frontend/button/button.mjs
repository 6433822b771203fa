// The vendor's button on plain JavaScript, the form with the least to load: it needs no React.

import { MilestonPayButton } from 'mileston-payment-client';

const element = document.querySelector('button');
const nothing = () => undefined;
// It sets the button up from its constructor on.
void new MilestonPayButton(element, { paymentUrl: location.href, theme: 'light', onPaymentComplete: nothing, onPaymentError: nothing });
