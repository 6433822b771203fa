// Compiles only if the types are right. `@ts-expect-error` marks code that the types must reject.

import { Sandbox, startSandbox, type SandboxEvent, type Triggered } from 'mileston-sandbox';

export async function use(): Promise<void> {
  const sandbox: Sandbox = await startSandbox({ live: true, seed: 7, args: ['--store', 'shop.db'] as const });
  const event: SandboxEvent = 'invoice-paid';
  const paid: Triggered = await sandbox.trigger(event, { mistake: 'overpaid' });
  const now: Date = await sandbox.advance(60);
  const { id } = await sandbox.fault({ fault: '503', times: 1 });
  const text: string[] = [paid.page, now.toISOString(), String(id), sandbox.url, sandbox.env.MILESTON_KEY];
  await sandbox.control('GET', `requests?limit=${text.length}`);
  // @ts-expect-error: no such event
  await sandbox.trigger('link-paid');
  // @ts-expect-error: no such option
  await startSandbox({ ports: 1 });
  // @ts-expect-error: only `startSandbox` creates a sandbox
  new Sandbox();
  // @ts-expect-error: `url` is read-only
  sandbox.url = '';
  await sandbox.stop();
}
