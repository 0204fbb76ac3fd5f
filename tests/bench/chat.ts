import { openAgent } from '../support/agent.ts';
import { launchChromium } from '../support/chromium.ts';
import { startRapportAndDemo } from '../support/demo-site.ts';
import { openVisitor } from '../support/visitor.ts';
import { startBareEcho } from './bare-echo.ts';
import { durablePerSecond } from './durable.ts';
import { percentile, rounded } from './percentile.ts';
import { shownMs } from './shown.ts';

/** Messages in each direction. */
const messages = 60;
/** Before the clock counts: the first ones load code and warm caches. */
const warmUp = 5;

export interface ChatFigures extends Record<string, number> {
  /** Key press to the frame that shows the message in the other window, both directions together. */
  shownP50Ms: number;
  shownP95Ms: number;
  /** Round trip of the same texts through a Socket.IO server that does nothing else, in the same minutes. */
  bareEchoP95Ms: number;
  /** Messages a second acknowledged with fsync, through the whole server. */
  durablePerSecond: number;
}

const shownTargetMs = 60;

/** `npm run bench -- chat` */
export const bench = {
  async run(say: (line: string) => void): Promise<ChatFigures> {
    const { rapport, demo, close } = await startRapportAndDemo({ env: { TRUST_PROXY: '1' } });
    const browser = await launchChromium();
    const echo = await startBareEcho();
    try {
      const visitor = await openVisitor(browser, demo.origin);
      await visitor.opensChat();
      await visitor.writes('Is anybody there?');
      const agent = await openAgent(browser, rapport);
      await agent.opens('Is anybody there?');

      const texts = (name: string) =>
        Array.from(
          { length: warmUp + messages },
          (_, index) => `${name} number ${index}, and some words more.`,
        );
      const write = (composer: typeof visitor.composer) => async (text: string) => {
        await composer.fill(text);
        await composer.press('Enter');
      };
      say('Visitor to agent …');
      const toAgent = await shownMs(
        { page: visitor.page, write: write(visitor.composer) },
        agent.page,
        texts('Question'),
      );
      const echoed: number[] = [];
      for (const text of texts('Echo')) echoed.push(await echo.roundTripMs(text));
      say('Agent to visitor …');
      const toVisitor = await shownMs(
        { page: agent.page, write: write(agent.composer) },
        visitor.page,
        texts('Answer'),
      );
      for (const text of texts('Echo')) echoed.push(await echo.roundTripMs(text));
      await visitor.leaves();
      await agent.context.close();

      say('Durable messages …');
      const shown = [...toAgent.slice(warmUp), ...toVisitor.slice(warmUp)];
      return {
        shownP50Ms: rounded(percentile(shown, 0.5)),
        shownP95Ms: rounded(percentile(shown, 0.95)),
        bareEchoP95Ms: rounded(percentile(echoed, 0.95)),
        durablePerSecond: Math.round(await durablePerSecond(rapport, demo.origin)),
      };
    } finally {
      echo.close();
      await browser.close();
      await close();
    }
  },

  table: (figures: ChatFigures): string =>
    [
      `message shown on the other side   p50 ${figures.shownP50Ms} ms, p95 ${figures.shownP95Ms} ms (target p95 under ${shownTargetMs} ms)`,
      `bare Socket.IO round trip         p95 ${figures.bareEchoP95Ms} ms`,
      `acknowledged with fsync           ${figures.durablePerSecond} messages a second`,
    ].join('\n'),

  misses: (figures: ChatFigures): string[] =>
    figures.shownP95Ms < shownTargetMs
      ? []
      : [`A message is shown after ${figures.shownP95Ms} ms (p95); the target is under ${shownTargetMs} ms.`],
};
