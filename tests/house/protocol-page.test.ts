import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { protocolPage } from '../../server/tools/protocol-page.ts';

const file = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** `npx vitest run --project house -u` writes it anew. */
it('docs/protocol.md says what the tables say', async () => {
  const page = protocolPage(readFileSync(file('shared/protocol.ts'), 'utf8'));
  expect(page).toContain('### `message:send`');
  expect(page).toContain('Repeats with the same `clientId` return the same conversation.');
  await expect(page).toMatchFileSnapshot(file('docs/protocol.md'));
});
