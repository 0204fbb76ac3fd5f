import { expect } from 'vitest';
import type { Agent } from './agent.ts';

/** The agent's mouse over the mirror, at a part of an element's box there. */

export interface Part {
  x: number;
  y: number;
}
export const middle: Part = { x: 0.5, y: 0.5 };

const boxOf = (element: Element) => {
  const { x, y, width, height } = element.getBoundingClientRect();
  return { x, y, width, height };
};

/** Where that part of an element of the mirror is on the agent's screen. */
export async function screenPlace(agent: Agent, selector: string, part: Part = middle): Promise<Part> {
  const room = await agent.page.locator('iframe.cobrowse-frame').evaluate(boxOf);
  const page = await agent.viewer
    .locator('.page-layer:not([data-coming]) .replayer-wrapper > iframe')
    .evaluate((frame) => {
      const { x, y, width } = frame.getBoundingClientRect();
      return { x, y, scale: width / (frame as HTMLElement).offsetWidth };
    });
  const target = await agent.mirror.locator(selector).evaluate(boxOf);
  return {
    x: room.x + page.x + (target.x + target.width * part.x) * page.scale,
    y: room.y + page.y + (target.y + target.height * part.y) * page.scale,
  };
}

export async function pressAt(agent: Agent, selector: string, part: Part = middle): Promise<void> {
  const { x, y } = await screenPlace(agent, selector, part);
  await agent.page.mouse.click(x, y);
}

export async function dragOver(agent: Agent, from: [string, Part], to: [string, Part]): Promise<void> {
  const [start, end] = [await screenPlace(agent, ...from), await screenPlace(agent, ...to)];
  await agent.page.mouse.move(start.x, start.y);
  await agent.page.mouse.down();
  await agent.page.mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2, { steps: 3 });
  await agent.page.mouse.move(end.x, end.y, { steps: 3 });
  await agent.page.mouse.up();
}

/** The visitor can see it and the agent sees the same: what is aimed at there is where it was. */
export async function showsInMirror(agent: Agent, selector: string): Promise<void> {
  await expect
    .poll(() =>
      agent.mirror.locator(selector).evaluate((element) => {
        const { top, bottom } = element.getBoundingClientRect();
        return top >= 0 && bottom <= innerHeight;
      }),
    )
    .toBe(true);
}
