import { startDemoSite } from '../../demo-site/server.mjs';
import { freePort } from './free-port.ts';
import { type Rapport, type RapportOptions, startRapport } from './rapport.ts';

export interface Demo {
  /** `http://localhost:PORT`. */
  origin: string;
  port: number;
  close(): Promise<void>;
}

/** The demo shop in this process on a free port. */
export async function startDemo(parts: { rapportOrigin: string; siteKey: string }): Promise<Demo> {
  const failures: string[] = [];
  const site: Demo = await startDemoSite({
    ...parts,
    port: 0,
    log: (...lines: string[]) => void failures.push(...lines),
  });
  return {
    ...site,
    async close() {
      await site.close();
      if (failures.length > 0) throw new Error(`The demo site failed:\n${failures.join('\n')}`);
    },
  };
}

/**
 * Both, knowing each other: the site's origin is allowed, the shop's script tag is the site's. `through` stands
 * between them when the visitor's network is to misbehave: it gets the server's port and returns the origin to use.
 */
export async function startRapportAndDemo(
  options: RapportOptions & { through?: (port: number) => Promise<string> } = {},
): Promise<{ rapport: Rapport; demo: Demo; close(): Promise<void> }> {
  const { through, ...rapportOptions } = options;
  const port = options.port ?? (await freePort());
  const rapportOrigin = through ? await through(port) : `http://localhost:${port}`;
  const demo = await startDemo({ rapportOrigin, siteKey: 'pk_demo' });
  const rapport = await startRapport({ ...rapportOptions, port, demoOrigin: demo.origin });
  return {
    rapport,
    demo,
    async close() {
      await demo.close();
      await rapport.stop();
    },
  };
}
