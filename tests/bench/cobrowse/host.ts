import { freePort } from '../../support/free-port.ts';
import { hostPage, scriptTag, startHostPages } from '../../support/host-page.ts';
import { type Rapport, startRapport } from '../../support/rapport.ts';

/** Six nodes in a row: a page as long as wanted. */
const nodesPerRow = 6;

function rows(nodes: number): string {
  return Array.from(
    { length: Math.round(nodes / nodesPerRow) },
    (_, index) =>
      `<li class="row"><a href="/part/${index}"><b>Part ${index}</b></a><span class="price">€ ${index % 97}</span></li>`,
  ).join('');
}

export interface BenchHost {
  rapport: Rapport;
  origin: string;
  close(): Promise<void>;
}

/** A host's site with pages of any length at `/NODES`, and `#tick` to change at their beginning. */
export async function startBenchHost(sizes: readonly number[]): Promise<BenchHost> {
  const port = await freePort();
  const tag = scriptTag({ origin: `http://localhost:${port}`, siteKey: 'pk_demo' });
  const pages = await startHostPages();
  for (const nodes of sizes) {
    pages.serve(`/${nodes}`, {
      html: hostPage({
        title: `A page of ${nodes} nodes`,
        head: `<style>.row{display:flex;gap:8px}.price{color:#555}</style>${tag}`,
        body: `<h1 id="tick">0</h1><ul>${rows(nodes)}</ul><p id="last">The end</p>`,
      }),
    });
  }
  const rapport = await startRapport({ port, demoOrigin: pages.origin });
  return {
    rapport,
    origin: pages.origin,
    async close() {
      await pages.close();
      await rapport.stop();
    },
  };
}
