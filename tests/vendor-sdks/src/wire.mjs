// The last response on the wire, observed below the SDKs, because neither SDK returns the HTTP status to its caller.

import diagnostics from 'node:diagnostics_channel';

export const wire = { sent: 0, status: undefined };

function answered(status) {
  wire.sent += 1;
  wire.status = status;
}

// axios uses `node:http`, fetch uses undici.
diagnostics.subscribe('http.client.response.finish', ({ response }) => answered(response.statusCode));
diagnostics.subscribe('undici:request:headers', ({ response }) => answered(response.statusCode));
