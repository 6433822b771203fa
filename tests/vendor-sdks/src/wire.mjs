// What went over the wire last, seen from below the SDKs: neither lets its caller see the status of HTTP.

import diagnostics from 'node:diagnostics_channel';

export const wire = { sent: 0, status: undefined };

function answered(status) {
  wire.sent += 1;
  wire.status = status;
}

// axios goes by `node:http`, fetch by undici.
diagnostics.subscribe('http.client.response.finish', ({ response }) => answered(response.statusCode));
diagnostics.subscribe('undici:request:headers', ({ response }) => answered(response.statusCode));
